"""What a member is writing, and what became of what was sent: drafts, letters under way, letters that came back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from kept.ledgers.clients.models import Contact, ContactAddress
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.letters.models import Bounce, Letter, LetterFile
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.team.models import Member

SUGGESTED = 300  # people a browser offers while one types


@dataclass(frozen=True)
class Written:
    """The letters of one conversation as one viewer may know of them."""

    drafts: tuple[Letter, ...] = ()  # the viewer's own, the one last touched first
    under_way: tuple[Letter, ...] = ()  # sent off by anybody, and not (yet) taken by a server
    files: dict[int, list[LetterFile]] = field(default_factory=dict)  # by letter
    bounces: dict[int, list[Bounce]] = field(default_factory=dict)  # by the message that did not arrive


def drafts(viewer: Member) -> QuerySet[Letter]:
    """The viewer's own drafts, the one last touched first, with whom they are about."""
    own = Letter.objects.seen_by(viewer).drafts().filter(by=viewer)
    return own.select_related("client", "conversation__client").order_by("-changed_at", "-pk")


def draft_count(viewer: Member) -> int:
    """How many drafts the viewer has. One query."""
    return Letter.objects.seen_by(viewer).drafts().filter(by=viewer).count()


def on_their_way(viewer: Member) -> QuerySet[Letter]:
    """The viewer's own letters that no server has taken yet or none would take, the next to go first."""
    own = Letter.objects.seen_by(viewer).filter(by=viewer, go_at__isnull=False, accepted_at=None, dropped_at=None)
    return own.select_related("client", "conversation__client", "by").order_by("go_at", "pk")


def returned(viewer: Member) -> QuerySet[Bounce]:
    """What servers said of the viewer's own letters, and they have not marked as read."""
    own = Letter.objects.seen_by(viewer).filter(by=viewer)
    unseen = Bounce.objects.filter(letter__in=own, seen_at=None)
    return unseen.select_related("letter__conversation", "letter__client", "letter__by").order_by("-at", "-pk")


def letters_of(conversation: Conversation, *, viewer: Member, messages: Sequence[Message]) -> Written:
    """The letters of a conversation beside its messages on the page.

    One query, and one each for files and for what came back, where there are any.
    """
    unsent = Q(by=viewer, go_at=None, dropped_at=None)
    gone = Q(go_at__isnull=False, message=None, dropped_at=None)
    back = Q(message__in=[message.pk for message in messages], returned=True)
    known = Letter.objects.seen_by(viewer).filter(conversation=conversation)
    rows = known.annotate(returned=Exists(Bounce.objects.filter(letter=OuterRef("pk"))), enclosed=Count("files"))
    found = list(rows.filter(unsent | gone | back).select_related("by"))
    mine = sorted((one for one in found if one.go_at is None), key=lambda one: (one.changed_at, one.pk), reverse=True)
    return Written(
        drafts=tuple(mine),
        under_way=tuple(one for one in found if one.go_at is not None and one.message_id is None),
        files=files_of([one for one in found if one.enclosed]),  # type: ignore[attr-defined]  # annotated above
        bounces=_bounces([one for one in found if one.message_id]),
    )


def files_of(letters: Sequence[Letter]) -> dict[int, list[LetterFile]]:
    """The files that go along, by letter. One query; none without letters."""
    found: dict[int, list[LetterFile]] = {}
    if letters:
        for file in LetterFile.objects.filter(letter__in=letters).select_related("content").defer("content__zipped"):
            found.setdefault(file.letter_id, []).append(file)
    return found


def mailboxes_of(viewer: Member) -> QuerySet[Mailbox]:
    """The mailboxes the viewer may send by: the shared ones and their own."""
    usable = Mailbox.objects.seen_by(viewer).running().filter(Q(member=None) | Q(member=viewer))
    return usable.only("address", "name", "kind", "member", "smtp_host")


def people(viewer: Member, *, client: int | None = None) -> list[tuple[str, str, str]]:
    """Whom one may write to, as (name, address, client): the people of one client, or of all the viewer may know of."""
    seen = Contact.objects.seen_by(viewer).filter(left_on=None)
    rows = ContactAddress.objects.filter(contact__in=seen.filter(client=client) if client else seen)
    columns = ("contact__name", "email", "contact__client__name")
    return list(rows.order_by("contact__name", "pk").values_list(*columns)[:SUGGESTED])


def contact_of(viewer: Member, addresses: Sequence[str]) -> Contact | None:
    """The first of these addresses' people whom the viewer may know of, with their client. One query."""
    typed = [email.lower() for email in addresses][:20]
    seen = Contact.objects.seen_by(viewer)
    known = ContactAddress.objects.filter(contact__in=seen).annotate(folded=Lower("email")).filter(folded__in=typed)
    found = list(known.select_related("contact__client__lead"))
    found.sort(key=lambda one: (typed.index(one.email.lower()), one.pk))
    return found[0].contact if found else None


def _bounces(letters: Sequence[Letter]) -> dict[int, list[Bounce]]:
    found: dict[int, list[Bounce]] = {}
    for bounce in Bounce.objects.filter(letter__in=letters).select_related("letter__by") if letters else ():
        found.setdefault(bounce.letter.message_id or 0, []).append(bounce)
    return found
