"""What a process keeps of every client is what a count of all would say, whatever was done since."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Hold, LockKind, Sign, SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Kind
from kept.ledgers.journal.models import Line
from kept.ledgers.journal.verbs import write
from kept.ledgers.pulses import answering
from kept.ledgers.pulses.models import MARKS, Answer, Invitation
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.team import links
from kept.ledgers.team import verbs as team
from kept.readings import budgets, standing
from kept.readings.calendars import offices
from kept.readings.kept_by_client import MANY, ByClient, Clients, newest
from tests.acting import sold, worked, wrote
from tests.readings.feeling import asked
from tests.studio import NOW, Studio, london

TODAY = NOW.date()


class Counting:
    """Counts every client, and remembers of whom it was asked."""

    def __init__(self) -> None:
        self.asked: list[Clients] = []
        self.kept = ByClient(self.count)

    def count(self, among: Clients, day: date) -> dict[int, int]:
        self.asked.append(among)
        rows = Client.objects.all() if among is None else Client.objects.filter(pk__in=among)
        return {pk: len(self.asked) for pk in rows.values_list("pk", flat=True)}

    def __call__(self, *, day: date = TODAY) -> Clients:
        """Of whom it is asked by another look; empty: of nobody, None: of all."""
        before = len(self.asked)
        self.kept(*newest(), day)
        return self.asked[-1] if len(self.asked) > before else set()


@pytest.fixture
def look(studio: Studio) -> Counting:
    """All have been counted, and what was written before is known."""
    found = Counting()
    assert found() is None
    clients.change(studio.borealis, stage=Stage.PAUSED, by=studio.ada, at=NOW)
    found()
    return found


def test_nobody_is_counted_while_nothing_moves(look: Counting, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert look() == set()


def test_of_whom_a_line_tells_is_counted_again_and_nobody_else(look: Counting, studio: Studio) -> None:
    choices.note(studio.cassini, kind=SignKind.PRAISED, seen_at=NOW, by=studio.bo, at=NOW)
    assert look() == {studio.cassini.pk}
    assert look() == set()


def test_whose_person_wrote_is_counted_again_though_no_line_says_so(look: Counting, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo)
    assert look() == {studio.borealis.pk}


def test_what_another_count_was_told_before_is_not_taken_for_what_came_since(look: Counting, studio: Studio) -> None:
    other = Counting()
    other()
    clients.change(studio.borealis, stage=Stage.ACTIVE, by=studio.ada, at=NOW)
    look(), other()
    wrote(studio.borealis, by=studio.cleo)
    assert look() == {studio.borealis.pk}
    wrote(studio.cassini, by=studio.cora)
    assert other() == {studio.borealis.pk, studio.cassini.pk}


def test_who_came_is_there_and_who_went_is_not(look: Counting, studio: Studio) -> None:
    fresh = clients.welcome(name="Fresh", by=studio.ada, at=NOW)
    assert fresh.pk in look.kept(*newest(), TODAY)
    write("clients.gone", fresh, by=studio.ada, at=NOW, client_id=fresh.pk)
    Client.objects.filter(pk=fresh.pk).delete()
    assert fresh.pk not in look.kept(*newest(), TODAY)


def test_what_names_nobody_moves_everybody_unless_nobody_is_counted_by_it(look: Counting, studio: Studio) -> None:
    links.make_link(studio.bo, by=studio.ada, at=NOW)
    stranger = wrote(None, by=studio.zed).conversation
    conversations.assign(stranger, to=studio.bo, by=studio.ada, at=NOW)
    assert look() == set()
    team.change_member(studio.bo, by=studio.ada, at=NOW, name="Bo Hill")
    assert look() is None
    reckoning.change_number("staying.place_from", value=0.9, by=studio.ada, at=NOW)
    assert look() is None


def test_a_conversation_that_changes_hands_moves_everybody(look: Counting, studio: Studio) -> None:
    talk = wrote(studio.borealis, by=studio.cleo).conversation
    look()
    conversations.belong_to(talk, client=studio.cassini, by=studio.ada, at=NOW)
    assert look() is None


def test_of_many_at_once_all_are_counted(look: Counting, studio: Studio) -> None:
    for number in range(MANY + 1):
        clients.welcome(name=f"Client {number}", by=studio.ada, at=NOW)
    assert look() is None


def test_another_day_is_another_count(look: Counting) -> None:
    assert look(day=TODAY + timedelta(days=1)) is None


def test_a_line_that_a_slower_transaction_wrote_below_the_newest_is_noticed(look: Counting, studio: Studio) -> None:
    gap = write("clients.change", studio.borealis, by=studio.ada, at=NOW, client_id=studio.borealis.pk)
    Line.objects.filter(pk=gap.pk).delete()  # not committed yet, its number is taken
    late = {**{field.attname: getattr(gap, field.attname) for field in Line._meta.concrete_fields}, "id": gap.pk}
    write("clients.change", studio.cassini, by=studio.ada, at=NOW, client_id=studio.cassini.pk)
    # a database that gives numbers again once they are free gave the gap's to this line
    if Line.objects.filter(pk=gap.pk).exists():
        Line.objects.filter(pk=gap.pk).update(id=gap.pk + 1)
    assert look() == {studio.cassini.pk}
    Line.objects.create(**late)
    write("clients.change", studio.cassini, by=studio.ada, at=NOW, client_id=studio.cassini.pk)
    assert look() == {studio.borealis.pk, studio.cassini.pk}


@pytest.mark.parametrize("seed", range(6))
def test_after_whatever_acts_it_is_what_a_count_of_all_says(seed: int, studio: Studio) -> None:
    chance, house = Random(seed), offices()
    _a_past(studio, chance)
    for step in range(12):
        at = NOW + timedelta(minutes=step)
        for _ in range(chance.randint(1, 3)):
            chance.choice(ACTS)(studio, chance, at)
        moved, mail = newest()
        kept = standing.grounds_of_all(at=at, moved=moved, mail=mail)
        assert kept == standing.grounds_now(None, at=NOW.replace(minute=59, second=59, microsecond=999_999))
        found = budgets.running(studio.ada, at=at, offices=house, moved=moved)
        budgets._kept.cache_clear()
        assert list(map(_facts, found)) == list(
            map(_facts, budgets.running(studio.ada, at=at, offices=house, moved=moved))
        )


def _facts(one: budgets.Running) -> list[Any]:
    return [
        *(getattr(one, field.name) for field in fields(one)), one.engagement.name, one.client.name, one.client.lead,
    ]  # fmt: skip


def _a_past(studio: Studio, chance: Random) -> None:
    for number in range(4):
        clients.welcome(name=f"Client {number}", lead=studio.bo, by=studio.ada, at=NOW)
    for act in ACTS * 2:
        act(studio, chance, NOW - timedelta(days=chance.randint(1, 200)))


def _one(chance: Random, rows: Any) -> Any:
    found = list(rows.order_by("pk"))
    return chance.choice(found) if found else None


def _notes(studio: Studio, chance: Random, at: datetime) -> None:
    client = _one(chance, Client.objects)
    choices.note(client, kind=chance.choice(list(SignKind)), seen_at=at, by=studio.bo, at=at)


def _ties(studio: Studio, chance: Random, at: datetime) -> None:
    client = _one(chance, Client.objects)
    choices.tie(client, lock=chance.choice(list(LockKind)), since=at.date(), by=studio.bo, at=at)


def _takes_back(studio: Studio, chance: Random, at: datetime) -> None:
    if (row := _one(chance, chance.choice([Sign, Hold]).objects)) is not None:
        choices.take_back(row, by=studio.ada, at=at)


def _writes(studio: Studio, chance: Random, at: datetime) -> None:
    talk = _one(chance, Conversation.objects.filter(client__isnull=False)) if chance.random() < 0.4 else None
    client = talk.client if talk else _one(chance, Client.objects)
    wrote(client, by=chance.choice([studio.cleo, studio.bo]), at=at, conversation=talk)


def _gives_away(studio: Studio, chance: Random, at: datetime) -> None:
    talk = _one(chance, Conversation.objects.filter(client__wall=None))
    if talk is not None:
        conversations.belong_to(talk, client=_one(chance, Client.objects.filter(wall=None)), by=studio.ada, at=at)


def _answers(studio: Studio, chance: Random, at: datetime) -> None:
    contact = chance.choice([studio.cleo, studio.cora])
    row = asked(contact, by=studio.ada, at=at)
    write("pulses.invite", row, by=studio.ada, at=at, client_id=contact.client_id)
    answering.answer(row, marks={chance.choice(MARKS): chance.randint(0, 10)}, at=at)


def _answers_no_more(studio: Studio, chance: Random, at: datetime) -> None:
    if row := _one(chance, Answer.objects.filter(invitation__in=Invitation.objects.filter(closes_at__gt=at))):
        answering.take_back(row, at=at)


def _sells(studio: Studio, chance: Random, at: datetime) -> None:
    starts = at.date() - timedelta(days=chance.randint(0, 90))
    name, kind = f"Job {at.isoformat()} {chance.random()}", chance.choice(list(Kind))
    sold(_one(chance, Client.objects), by=studio.ada, name=name, kind=kind, starts=starts)


def _closes(studio: Studio, chance: Random, at: datetime) -> None:
    if (job := _one(chance, Engagement.objects)) is not None and job.starts <= at.date():
        engagements.reopen(job, by=studio.ada, at=at) if job.closed_on else engagements.close(
            job, on=at.date(), by=studio.ada, at=at
        )


def _works(studio: Studio, chance: Random, at: datetime) -> None:
    job = _one(chance, Engagement.objects.filter(client__wall=None))
    if job is not None:
        worked(job.client, engagement=job, member=studio.kit, day=at.date(), hours=chance.randint(1, 9))


def _moves_in(studio: Studio, chance: Random, at: datetime) -> None:
    lead = chance.choice([studio.ada, studio.bo])
    clients.change(_one(chance, Client.objects), lead=lead, since=london(1).date(), by=studio.ada, at=at)


def _renames(studio: Studio, chance: Random, at: datetime) -> None:
    team.change_member(studio.bo, by=studio.ada, at=at, name=f"Bo {chance.randint(0, 99)}")


def _changes_a_number(studio: Studio, chance: Random, at: datetime) -> None:
    reckoning.change_number("staying.place_from", value=0.5 + chance.random() / 4, by=studio.ada, at=at)


ACTS: list[Callable[[Studio, Random, datetime], None]] = [
    _notes, _ties, _takes_back, _writes, _gives_away, _answers, _answers_no_more, _sells, _closes, _works, _moves_in,
    _renames, _changes_a_number,
]  # fmt: skip
