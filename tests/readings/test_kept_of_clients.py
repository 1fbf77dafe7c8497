"""What a process keeps of promises, clients and who waits is what all rows say, whatever was done since."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from kept.flows.notice import notice
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.conversations import asked
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.conversations.noticed import Request
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.team import verbs as team
from kept.readings import client_known, promises_open
from kept.readings.calendars import offices
from kept.readings.client_known import Wanted, known
from kept.readings.client_list import client_list
from kept.readings.kept_by_client import newest
from kept.readings.promised import standings
from kept.readings.promises_open import opened, standing
from kept.readings.unsettled import unsettled
from kept.readings.waiting_written import Written, written, written_then
from tests.acting import promised, wrote
from tests.studio import NOW, Studio, london


@pytest.mark.parametrize("seed", range(6))
def test_after_whatever_acts_it_is_what_all_rows_say(seed: int, studio: Studio) -> None:
    chance, house = Random(seed), offices()
    for act in ACTS * 2:
        act(studio, chance, NOW - timedelta(days=chance.randint(1, 30)))
    for step in range(12):
        at = NOW + timedelta(minutes=step)
        for _ in range(chance.randint(1, 3)):
            chance.choice(ACTS)(studio, chance, at)
        moved, mail = newest()
        kept = opened(at=at, moved=moved, apart=())
        assert standing(kept, at=at, offices=house) == standings(Promise.objects.open(), at=at, offices=house)
        clients_now = sorted(known(studio.ada, Wanted(), moved=moved, mail=mail, apart=()))
        talks, last = unsettled(studio.ada, at=at, near=False, besides=0, replay=False)
        for when in (
            at,
            at + timedelta(hours=chance.randint(1, 90)),
            at - timedelta(hours=chance.randint(1, 90)),
        ):  # what was put off comes back
            assert _tuples(written(talks, at=when, moved=last)) == _tuples(written_then(talks, at=when, replay=False))
        promises_open.forget()
        client_known.forget()
        assert kept == opened(at=at, moved=moved, apart=())
        assert clients_now == sorted(known(studio.ada, Wanted(), moved=moved, mail=mail, apart=()))


def test_of_a_past_moment_nothing_is_told_that_came_later(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(16), at=london(12))
    promises.move(row, to=london(22), by=studio.bo, at=london(15), agreed="")
    promised(studio.borealis, by=studio.bo, due=london(23), at=NOW)
    for at in (london(13), london(15, "12:00"), NOW):
        kept = opened(at=at, moved=newest()[0], apart=())
        rows = Promise.objects.open().order_by("due", "pk")
        assert standing(kept, at=at, offices=offices()) == standings(rows, at=at, offices=offices())


def test_rows_are_the_same_whether_one_is_made_or_all(studio: Studio) -> None:
    for number in range(5):
        client = clients.welcome(name=f"Client {number}", by=studio.ada, at=NOW)
        wrote(client, by=f"c{number}@client.example", at=london(19 - number))
        promised(client, by=studio.bo, due=london(15 + number), at=london(1))
    rows = client_list(studio.ada, at=NOW, offices=offices()).rows
    every = list(rows)
    assert [rows[place] for place in range(len(rows))] == every == rows[:]
    assert list(rows.waiting) == [row for row in every if row.waiting]
    assert list(rows.late) == [row for row in every if row.overdue]
    assert list(rows.over) == [row for row in every if row.is_over]


def _tuples(found: Mapping[int, Sequence[Written]]) -> dict[int, tuple[Written, ...]]:
    return {talk: tuple(said) for talk, said in found.items()}


def _one(chance: Random, rows: Any) -> Any:
    found = list(rows.order_by("pk"))
    return chance.choice(found) if found else None


def _promises(studio: Studio, chance: Random, at: datetime) -> None:
    client = _one(chance, Client.objects)
    promised(client, by=studio.bo, due=at + timedelta(days=chance.randint(1, 9)), at=at)


def _keeps(studio: Studio, chance: Random, at: datetime) -> None:
    if row := _one(chance, Promise.objects.open()):
        promises.keep(row, by=studio.bo, at=at)


def _moves(studio: Studio, chance: Random, at: datetime) -> None:
    if row := _one(chance, Promise.objects.open()):
        to = at + timedelta(days=chance.randint(10, 20), seconds=row.pk)
        promises.move(row, to=to, by=studio.bo, at=at, agreed=chance.choice(["", "on the phone"]))


def _takes_back(studio: Studio, chance: Random, at: datetime) -> None:
    row = _one(chance, Promise.objects.filter(outcomes__isnull=False))
    newest_of = Outcome.objects.filter(promise=row).order_by("-pk").first() if row else None
    if newest_of:
        promises.take_back(newest_of, by=studio.bo, at=at)


def _writes(studio: Studio, chance: Random, at: datetime) -> None:
    wrote(_one(chance, Client.objects), by="somebody@else.example", at=at)


def _sets_aside(studio: Studio, chance: Random, at: datetime) -> None:
    if talk := _one(chance, Conversation.objects.unsettled()):
        conversations.set_aside(talk, kind=AsideKind.NO_REPLY, reason="We spoke", by=studio.bo, at=at)


def _puts_off(studio: Studio, chance: Random, at: datetime) -> None:
    if talk := _one(chance, Conversation.objects.unsettled()):
        until = at + timedelta(hours=chance.randint(1, 60))
        conversations.set_aside(talk, kind=AsideKind.LATER, reason="Tomorrow", until=until, by=studio.bo, at=at)


def _brings_back(studio: Studio, chance: Random, at: datetime) -> None:
    if aside := _one(chance, Aside.objects):
        conversations.bring_back(aside, by=studio.bo, at=at)


def _strangers_write(studio: Studio, chance: Random, at: datetime) -> None:
    talk = _one(chance, Conversation.objects.filter(client=None)) if chance.random() < 0.5 else None
    wrote(None, by=studio.zed, at=at, conversation=talk)


def _hurries(studio: Studio, chance: Random, at: datetime) -> None:
    message = wrote(studio.cassini, by="somebody@else.example", at=at, text="Please send it by Friday, it is urgent.")
    notice([message.pk], at=at)


def _dismisses(studio: Studio, chance: Random, at: datetime) -> None:
    if request := _one(chance, Request.objects):
        asked.dismiss_request(request, by=studio.bo, at=at)


def _gives(studio: Studio, chance: Random, at: datetime) -> None:
    if talk := _one(chance, Conversation.objects.filter(client=studio.borealis)):
        conversations.belong_to(talk, client=studio.cassini, by=studio.ada, at=at)


def _changes(studio: Studio, chance: Random, at: datetime) -> None:
    lead, stage = chance.choice([studio.bo, studio.ada]), chance.choice([Stage.ACTIVE, Stage.PAUSED, Stage.PAST])
    clients.change(studio.borealis, lead=lead, stage=stage, by=studio.ada, at=at)


def _is_renamed(studio: Studio, chance: Random, at: datetime) -> None:
    team.change_member(studio.bo, name=f"Bo {chance.randint(1, 99)}", by=studio.ada, at=at)


def _comes(studio: Studio, chance: Random, at: datetime) -> None:
    clients.welcome(name=f"Client {chance.random()}", lead=studio.bo, by=studio.ada, at=at)


ACTS: list[Callable[[Studio, Random, datetime], None]] = [
    _promises, _keeps, _moves, _takes_back, _writes, _sets_aside, _puts_off, _brings_back, _strangers_write, _hurries,
    _dismisses, _gives, _changes, _is_renamed, _comes,
]  # fmt: skip
