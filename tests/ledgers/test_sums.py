"""The sums kept for speed stay what is counted, whatever people do in whatever order."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random

import pytest

from kept.ledgers.conversations import settling
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Outcome, Promise
from tests.cast import NOW, Studio, promised, sold, wrote

STEPS = 60
SEEDS = range(6)


class Walk:
    """Somebody does one thing after another, now and then from a page that is old."""

    def __init__(self, studio: Studio, seed: int) -> None:
        self.studio, self.random, self.at = studio, Random(seed), NOW
        self.engagement = sold(studio.borealis, by=studio.ada)

    def walk(self, acts: list[Callable[[], object]], *, check: Callable[[], object]) -> None:
        for _ in range(STEPS):
            self.at += timedelta(minutes=self.random.randrange(1, 600))
            act = self.random.choice(acts)
            with suppress(ValueError):  # a refusal is an answer too; the sums stay true
                act()
            assert not check(), act.__name__

    def any[Row](self, rows: list[Row]) -> Row:
        """One of the rows; a refusal when there is none."""
        if not rows:
            raise ValueError("nothing there")
        return self.random.choice(rows)

    @property
    def who(self) -> dict[str, object]:
        return {"by": self.studio.bo, "at": self.at}

    def soon(self) -> datetime:
        return self.at + timedelta(days=self.random.randrange(-1, 9))


class Talking(Walk):
    """Letters come and go in five conversations, also late and out of order."""

    def letter(self) -> None:
        s, talks = self.studio, list(Conversation.objects.all())
        talk = self.random.choice([*talks, None]) if len(talks) < 5 else self.random.choice(talks)
        wrote(
            s.borealis,
            by=self.random.choice([s.cleo, s.cleo, s.bo, s.zed]),
            at=self.at - timedelta(hours=self.random.choice([0, 0, 1, 90])),
            conversation=talk,
            automatic=self.random.choice(["", "", "", "bounce"]),
            quiet=self.random.random() < 0.2,
        )

    def aside(self) -> None:
        talk, kind = self.any(list(Conversation.objects.all())), self.random.choice(AsideKind.values)
        conversations.set_aside(talk, kind=AsideKind(kind), reason="spoke", until=self.soon(), **self.who)

    def bring_back(self) -> None:
        conversations.bring_back(self.any(list(Aside.objects.all())), **self.who)

    def assign(self) -> None:
        conversations.assign(self.any(list(Conversation.objects.all())), to=self.studio.kit, **self.who)


class Promising(Walk):
    """Promises are made, moved, ended and taken back; outcomes and promises are held for long before they are used."""

    def __init__(self, studio: Studio, seed: int) -> None:
        super().__init__(studio, seed)
        self.pages: list[Promise] = []
        self.outcomes: list[Outcome] = []

    def promise(self) -> None:
        self.pages.append(promised(self.studio.borealis, by=self.studio.bo, due=self.soon(), at=self.at))

    def open_page(self) -> None:
        self.pages.append(Promise.objects.get(pk=self.any(list(Promise.objects.all())).pk))

    def keep(self) -> None:
        self.outcomes.append(promises.keep(self.page(), **self.who))

    def release(self) -> None:
        self.outcomes.append(promises.release(self.page(), agreed="Cleo", **self.who))

    def move(self) -> None:
        self.outcomes.append(promises.move(self.page(), to=self.soon(), **self.who))

    def take_back(self) -> None:
        outcome = self.any(self.outcomes)
        if Promise.objects.filter(pk=outcome.promise_id).exists():
            promises.take_back(outcome, **self.who)

    def withdraw(self) -> None:
        promises.withdraw(self.page(), **self.who)

    def page(self) -> Promise:
        page = self.any(self.pages)
        if not Promise.objects.filter(pk=page.pk).exists():
            raise ValueError("withdrawn")
        return page


class Working(Walk):
    """Hours are logged, brought in, struck and gathered, over three months."""

    def day(self) -> date:
        return date(2026, 8, 1) + timedelta(days=self.random.randrange(90))

    def log(self) -> None:
        s, work = self.studio, self.random.choice([None, self.engagement])
        seconds = self.random.randrange(1, 30_000)
        hours.log(s.borealis, member=s.kit, day=self.day(), seconds=seconds, engagement=work, **self.who)

    def strike(self) -> None:
        hours.strike(self.any(list(Entry.objects.all())), **self.who)

    def bring_in(self) -> None:
        s = self.studio
        rows = [
            Entry(
                client=self.random.choice([s.borealis, s.cassini]), person="Kit", day=self.day(), seconds=600,
                project=self.random.choice(["website", "Logo"]), source="csv",
                external_id=str(self.random.randrange(99)),
            )
            for _ in range(5)
        ]  # fmt: skip
        hours.add(rows)
        hours.recount({row.client_id for row in rows})

    def gather(self) -> None:
        hours.gather(self.engagement, **self.who)


@pytest.mark.parametrize("seed", SEEDS)
def test_when_a_conversation_is_settled_stays_true(studio: Studio, seed: int) -> None:
    walk = Talking(studio, seed)
    walk.walk([walk.letter, walk.letter, walk.aside, walk.bring_back, walk.assign], check=settling.untrue)
    assert Conversation.objects.count() > 2


@pytest.mark.parametrize("seed", SEEDS)
def test_when_a_promise_is_due_and_ended_stays_true(studio: Studio, seed: int) -> None:
    walk = Promising(studio, seed)
    acts = [walk.promise, walk.open_page, walk.keep, walk.release, walk.move, walk.move, walk.take_back, walk.withdraw]
    walk.walk(acts, check=promises.untrue)
    assert walk.outcomes


@pytest.mark.parametrize("seed", SEEDS)
def test_the_months_worked_stay_true(studio: Studio, seed: int) -> None:
    walk = Working(studio, seed)
    walk.walk([walk.log, walk.strike, walk.bring_in, walk.gather], check=hours.untrue)
    assert MonthTotal.objects.exists()


def test_a_tampered_promise_is_found(studio: Studio) -> None:
    fine, tampered = (promised(studio.borealis, by=studio.bo, due=NOW + timedelta(days=1)) for _ in range(2))
    promises.move(fine, to=NOW + timedelta(days=2), by=studio.bo, at=NOW)
    promises.keep(fine, by=studio.bo, at=NOW)
    assert promises.untrue() == []
    Promise.objects.filter(pk=tampered.pk).update(due=NOW)
    assert promises.untrue() == [tampered.pk]
    Promise.objects.filter(pk=tampered.pk).update(due=tampered.due, ended_at=NOW)
    assert promises.untrue() == [tampered.pk]
    Promise.objects.update(ended_at=None)
    assert promises.untrue() == [fine.pk]
