"""Taking imports back: what came goes, what others need stays, in whatever order."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from django.db import transaction

from kept.flows.receive_mail import Incoming, Terms
from kept.flows.undo_import import AlreadyUndone, undo_import
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry
from kept.ledgers.journal import verbs as journal
from kept.ledgers.journal.models import Batch
from tests.acting import promised, worked
from tests.flows.post import letter, received
from tests.flows.rows import budget_row, client_row, met, opened, recorded, time_row
from tests.ledgers.telling import everything, told
from tests.studio import NOW, Studio

CLEO = "Cleo North <cleo@borealis.example>"
SUGGEST = Terms(suggest_clients=True)


def held() -> dict[str, list[object]]:
    """All ledgers but the batches."""
    return {name: rows for name, rows in everything().items() if name != "journal.Batch"}


def mail(*letters: Incoming, terms: Terms = SUGGEST) -> Batch:
    """Receive the letters under a batch of their own."""
    batch = journal.open_batch("mail", "letters.mbox", by=None, at=NOW)
    received(*letters, batch=batch, terms=terms)
    return batch


def undo(batch: Batch) -> dict[str, int]:
    return undo_import(batch, by=None, at=NOW + timedelta(hours=1))


def test_mail_taken_back_leaves_the_ledgers_as_they_were(studio: Studio) -> None:
    received(letter(CLEO, id="before"))
    before = held()
    batch = mail(letter(CLEO, id="one", after="before", at=NOW + timedelta(hours=1)), letter("noor@vela.example"))
    counts = undo(batch)
    assert held() == before
    assert counts == {"put_back": 0, "messages": 2, "conversations": 1, "hours": 0, "budgets": 0, "engagements": 0,
                      "contacts": 1, "clients": 1, "stayed": 0}  # fmt: skip
    assert settling.untrue() == []


def test_it_is_done_once_and_written_down(studio: Studio) -> None:
    batch = mail(letter(CLEO))
    with told("mail.undo_import") as lines:
        undo(batch)
    assert lines[0].facts["messages"] == 1
    with told(), pytest.raises(AlreadyUndone, match="20 October 2026"):
        undo_import(Batch.objects.get(pk=batch.pk), by=None, at=NOW)


def test_mail_comes_again_after_it_was_taken_back(studio: Studio) -> None:
    one = letter("noor@vela.example")
    undo(mail(one))
    mail(one)
    assert Message.objects.get().contact == Contact.objects.get(addresses__email="noor@vela.example")


def test_a_client_to_whom_something_was_promised_stays(studio: Studio) -> None:
    batch = mail(letter("noor@vela.example"))
    vela = Client.objects.get(name="vela.example")
    promised(vela, by=studio.bo, due=NOW + timedelta(days=1), contact=vela.contacts.get())
    counts = undo(batch)
    assert (counts["clients"], counts["contacts"], counts["stayed"]) == (0, 0, 2)
    assert not Message.objects.exists()


def test_an_engagement_on_which_somebody_logged_hours_stays_and_keeps_them(studio: Studio) -> None:
    _, batch = opened(budget_row())
    website = Engagement.objects.get()
    entry = worked(studio.borealis, member=studio.kit, day=date(2026, 10, 1), engagement=website)
    counts = undo(batch)
    entry.refresh_from_db()
    assert (counts["budgets"], counts["engagements"], counts["stayed"]) == (1, 0, 1)
    assert entry.engagement == website


@pytest.mark.parametrize("kept", ["gift", "change order", "person"])
def test_an_engagement_on_which_somebody_agreed_something_stays(studio: Studio, kept: str) -> None:
    _, batch = opened(budget_row())
    website, who = Engagement.objects.get(), {"by": studio.ada, "at": NOW}
    if kept == "gift":
        engagements.give(website, month=date(2026, 10, 1), hours=Decimal(2), purpose="Welcome", **who)
    elif kept == "person":
        engagements.promise_person(website, member=studio.bo, share=Decimal("0.5"), since=date(2026, 9, 1), **who)
    else:
        more = {"hours": Decimal(5), "fee": None, "currency": "GBP", "reason": "Asked for more"}
        engagements.budget(website, starts=date(2026, 10, 1), **more, **who)
    assert undo(batch)["engagements"] == 0
    assert Engagement.objects.exists()


def test_hours_of_a_budget_taken_back_are_loose_again(studio: Studio) -> None:
    recorded(time_row(), time_row(project="Other"))
    before = held()
    _, batch = opened(budget_row())
    assert Entry.objects.exclude(engagement=None).count() == 1
    undo(batch)
    assert held() == before
    assert hours.untrue() == []


def test_imports_that_lean_on_each_other_go_in_any_order(studio: Studio) -> None:
    before = held()
    batches = {
        "mail": mail(letter("noor@vela.example"), letter("zed@lyra.example", subject="Other"), terms=Terms()),
        "time": recorded(time_row(client="Vela", project="Launch"), time_row(client="Lyra"))[1],
        "budget": opened(budget_row(client="Vela", engagement="Launch"))[1],
        "clients": met(client_row(client="Vela", domain="vela.example"), client_row(domain="lyra.example"))[1],
    }
    brought = held()
    for order in permutations(batches):
        with transaction.atomic():
            for kind in order:
                undo(Batch.objects.get(pk=batches[kind].pk))
                assert (hours.untrue(), settling.untrue()) == ([], []), order
            assert held() == before, order
            transaction.set_rollback(True)
        assert held() == brought


def test_many_letters_go_in_slices(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.flows.undo_import.SLICE", 2)
    batch = mail(*[letter(CLEO, subject=f"Letter {number}") for number in range(5)])
    assert undo(batch)["messages"] == 5
    assert not Conversation.objects.exists()
