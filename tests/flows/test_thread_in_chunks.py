"""How many letters are received at once says nothing about what becomes of them: a crash may cut anywhere."""

import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest

from kept.flows import send_letters
from kept.flows.receive_mail import Incoming
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Conversation, Message
from tests.cast import NOW, Studio
from tests.flows.post import home, letter, received
from tests.flows.test_match_bounces import NILS, WENT, gone

DAY = timedelta(days=1)
PEOPLE = (
    "Cleo <cleo@borealis.example>", "Noor <noor@borealis.example>", "Cora <cora@cassini.example>",
    "ada@larkfield.example", "bo@larkfield.example", "zed@stranger.example", "hello@larkfield.example",
)  # fmt: skip
CLEO, ADA, OURS, ZED = PEOPLE[0], PEOPLE[3], PEOPLE[6], PEOPLE[5]


def post(seed: int, many: int = 40) -> list[Incoming]:
    """Letters of few subjects between few people, in no order, whose references are right, wanting or of lost ones."""
    luck = random.Random(seed)
    letters = []
    for number in range(many):
        by, *to = luck.sample(PEOPLE, luck.randint(2, 4))
        before = luck.choices(["", f"x{luck.randrange(many)}", f"lost{luck.randrange(8)}"], [4, 2, 1])[0]
        mark = luck.choice(["", "Re: ", "AW: "])
        letters.append(
            letter(
                by,
                to=", ".join(to),
                at=NOW + luck.randrange(90) * DAY,
                id=f"x{number}",
                after=before,
                subject=mark + luck.choice(["Drafts", "Invoice", "Launch", "Hosting"]),
            )
        )
    return letters


def firm() -> list[tuple[object, ...]]:
    """Every conversation: whose, how called, when begun, and the ids of its letters."""
    rows = Conversation.objects.values_list("pk", "client__name", "subject", "started_at", "last_at")
    names: dict[int, list[str]] = {}
    for of, name in Message.objects.order_by("message_id").values_list("conversation_id", "message_id"):
        names.setdefault(of, []).append(name)
    return sorted((*names.get(of, ()), "|", str(client), *rest) for of, client, *rest in rows)


def receive_in(chunks: Sequence[Sequence[Incoming]]) -> tuple[int, list[tuple[object, ...]]]:
    """Receive them chunk by chunk into an empty firm; answers how many conversations there are, and which."""
    Message.objects.all().delete()
    Conversation.objects.all().delete()
    for chunk in chunks:
        received(*chunk)
    assert settling.untrue() == []
    return Conversation.objects.count(), firm()


@pytest.mark.parametrize("seed", range(5))
def test_the_same_conversations_come_of_any_chunks(studio: Studio, seed: int) -> None:
    letters, luck = post(seed), random.Random(-seed)
    one_by_one = receive_in([[one] for one in letters])
    assert 5 < one_by_one[0] < len(letters)
    cuts = [0, *sorted(luck.sample(range(1, len(letters)), 4)), len(letters)]
    assert receive_in([letters[a:b] for a, b in pairwise(cuts)]) == one_by_one
    assert receive_in([letters]) == one_by_one


@pytest.mark.parametrize("together", [True, False])
def test_a_letter_that_comes_after_its_answer_is_joined_by_it_and_names_the_conversation(
    studio: Studio, *, together: bool
) -> None:
    answered = letter(CLEO, id="answered", subject="Re: Drafts", at=NOW + DAY)
    later = letter(CLEO, id="later", subject="Re: Drafts", at=NOW + 70 * DAY)
    asked = letter(ADA, to=CLEO, id="asked")
    for chunk in [[answered, later, asked]] if together else [[answered], [later], [asked]]:
        received(*chunk)
    assert home("asked") == home("answered") != home("later")
    assert Conversation.objects.get(pk=home("asked")).subject == "Drafts"


@pytest.mark.parametrize("together", [True, False])
def test_a_reply_that_names_a_letter_we_lack_joins_none_by_its_subject(studio: Studio, *, together: bool) -> None:
    asked = letter(ADA, to=CLEO, id="asked")
    answered = letter(CLEO, id="answered", subject="Re: Drafts", after="lost", at=NOW + DAY)
    for chunk in [[asked, answered]] if together else [[asked], [answered]]:
        received(*chunk)
    assert home("asked") != home("answered")


def test_but_it_joins_one_that_kept_sent_which_may_have_another_id_by_now(studio: Studio) -> None:
    sent = gone(studio)
    copy = letter(OURS, to=NILS, subject="Plan", id=sent.mail_id, at=WENT)
    ours = send_letters.file(sent.pk, copy=copy, at=WENT)
    assert ours is not None
    received(letter(NILS, to=OURS, subject="Re: Plan", id="answered", after="another-id", at=WENT + DAY))
    received(letter(ZED, to=f"{OURS}, {NILS}", subject="Re: Plan", id="meddled", after="a-third", at=WENT + DAY))
    assert home("answered") == ours.conversation_id == home(sent.mail_id) != home("meddled")
