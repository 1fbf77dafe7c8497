"""Writing the letter that asks how it felt, or asks once more: words, the link that is its reader's alone, and off."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from kept.flows.pulse_tongues import LETTERS, Letters
from kept.ledgers.clients.models import Contact
from kept.ledgers.letters import verbs as letters
from kept.ledgers.letters.linking import HERE, row_of
from kept.ledgers.letters.models import Form, Letter
from kept.ledgers.pulses.models import Language, Occasion
from kept.ledgers.pulses.tokens import Token
from kept.ledgers.team.models import Firm, Member

# one feeling a moment, so that one tap is enough: being listened to in a meeting, gladness about what was made
TAPPED = {Occasion.MEETING: "cherished", Occasion.MILESTONE: "delighted"}


@dataclass(frozen=True)
class Asking:
    """Who is asked about what, in which language and in whose name."""

    contact: Contact
    occasion: Occasion
    about: str
    language: Language
    by: Member


def write(one: Asking, *, token: Token, at: datetime, go_at: datetime, again: Letter | None = None) -> Letter:
    """Send it off, as every automatic letter goes. Raises NotReady when it may not go now, and Overtaken.

    `again`: the letter in which it was asked before; then this says so, and comes to lie beside it.
    """
    words = LETTERS[one.language]
    subject, body = _words(one, words)
    if again is not None:
        greeting, _, rest = body.partition("\n\n")
        body = f"{greeting}\n\n{words.again}\n\n{rest}"
    address = one.contact.addresses.order_by("pk").values_list("email", flat=True).first() or ""
    row = letters.begin(
        form=Form.NEW, by=one.by, at=at, client=one.contact.client, conversation=again.conversation if again else None,
        to=[(one.contact.name, address)], subject=subject, words=body, automatic=True, link=link_of(token),
    )  # fmt: skip
    return letters.send_off(row, by=one.by, at=at, go_at=go_at)


def link_of(token: Token) -> str:
    """The page on which whoever has the token answers."""
    return f"{settings.KEPT_URL}{reverse('public:pulse', args=[token.plain])}"


def _words(one: Asking, words: Letters) -> tuple[str, str]:
    firm = Firm.objects.first()
    facts = {"name": _name(one), "firm": firm.name if firm else "", "about": _plain(one.about), "link": HERE}
    tapped = TAPPED.get(one.occasion)
    if tapped is None or not facts["about"]:
        subject, body = words.subject, words.relationship
    else:
        says, low, high = words.scales[tapped]
        facts |= {"says": says, "low": low, "high": high, "row": row_of(tapped)}
        subject, body = words.subject_moment, words.moment
    # paragraphs are written over several lines here, and go as one: programs break lines where they like
    text = "\n\n".join(" ".join(part.split("\n")) for part in body.format(**facts).split("\n\n"))
    return subject.format(**facts), f"{text}\n\n{one.by.name}\n{facts['firm']}".rstrip()


def _name(one: Asking) -> str:
    """By first name where that is how one writes, else by the whole: "Guten Tag Cleo North"."""
    return _plain(one.contact.first_name if one.language == Language.ENGLISH else one.contact.name)


def _plain(words: str) -> str:
    """On one line; without square brackets, which stand for what is still to be filled in."""
    return " ".join(words.replace("[", "(").replace("]", ")").split())
