"""Nothing can sit unseen: whoever waits for us stands in somebody's inbox as theirs, whatever happened before."""

from datetime import datetime, timedelta
from random import Random

import pytest

from kept.flows.hand_out import hand_out
from kept.flows.let_in import Said, let_in
from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import handing_out, pausing, verbs
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Channel, Conversation
from kept.ledgers.team import verbs as team
from kept.ledgers.team import walls
from kept.ledgers.team.models import Member
from kept.readings.brief import brief
from kept.readings.calendars import offices
from kept.readings.inbox import Group, inbox
from tests.acting import thanked, wrote
from tests.studio import Studio, london


class World:
    """People write, are assigned, leave, are walled off; letters are put off and clocks stand still."""

    def __init__(self, studio: Studio, seed: int) -> None:
        self.studio, self.dice, self.at = studio, Random(seed), london(12, "09:00")

    def step(self) -> None:
        self.at += timedelta(minutes=self.dice.randrange(1, 500))
        acts = [self.write, self.write, self.write, self.let_in, self.assign, self.put_off, self.pause, self.thank]
        acts += [self.answer, self.rota, self.hand_out, self.lose_lead, self.leave, self.wall]
        try:
            self.dice.choice(acts)()
        except ValueError:
            return  # a refusal changes nothing

    @property
    def who(self) -> dict[str, object]:
        return {"by": self.studio.ada, "at": self.at}

    def anyone(self) -> Member:
        return self.dice.choice(list(Member.objects.present()))

    def talk(self) -> Conversation:
        talks = list(Conversation.objects.all())
        if not talks:
            raise ValueError("nobody wrote yet")
        return self.dice.choice(talks)

    def write(self) -> None:
        s = self.studio
        client, by = self.dice.choice([(s.borealis, s.cleo), (s.cassini, s.cora), (None, s.zed)])
        wrote(client, by=by, at=self.at)

    def let_in(self) -> None:
        address = self.dice.choice(
            ["cleo@borealis.example", "cora@cassini.example", "ada@larkfield.example", "z@z.example"]
        )
        said = Said(channel=Channel.FORM, key=str(self.at), at=self.at, words="Do you?", address=address)
        let_in(said, at=self.at)

    def assign(self) -> None:
        verbs.assign(self.talk(), to=self.dice.choice([None, self.anyone()]), by=self.anyone(), at=self.at)

    def put_off(self) -> None:
        verbs.set_aside(
            self.talk(), kind=AsideKind.LATER, reason="Later", by=self.anyone(), at=self.at,
            until=self.at + timedelta(days=self.dice.randrange(1, 9)),
        )  # fmt: skip

    def pause(self) -> None:
        pausing.pause(self.talk(), reason="their logo", by=self.anyone(), at=self.at)

    def thank(self) -> None:
        thanked(self.talk(), by=self.studio.zed, at=self.at)

    def answer(self) -> None:
        talk = self.talk()
        wrote(talk.client, by=self.anyone(), at=self.at, conversation=talk)

    def rota(self) -> None:
        handing_out.set_rota([self.anyone()], by=self.studio.ada, at=self.at)

    def hand_out(self) -> None:
        hand_out(at=self.at)

    def lose_lead(self) -> None:
        clients.change(self.dice.choice([self.studio.borealis, self.studio.cassini]), lead=None, **self.who)  # type: ignore[arg-type]

    def leave(self) -> None:
        if self.dice.random() < 0.3:
            team.leave(
                self.dice.choice([self.studio.bo, self.studio.fin]), on=self.at.date(), by=self.studio.ada, at=self.at
            )

    def wall(self) -> None:
        walls.keep_out_of(
            self.studio.wall, member=self.dice.choice([self.studio.bo, self.studio.fin]), by=self.studio.ada, at=self.at
        )


def seen_as_theirs(at: datetime) -> set[int]:
    """The conversations that at least one of those who are here finds in their own inbox, not among others'."""
    house, found = offices(), set()
    for member in Member.objects.present():
        rows = inbox(member, at=at, offices=house).rows
        found |= {row.conversation.pk for row in rows if row.group != Group.OTHERS}
    return found


@pytest.mark.parametrize("seed", range(8))
def test_whoever_waits_stands_in_somebodys_inbox(studio: Studio, seed: int) -> None:
    world = World(studio, seed)
    for _ in range(8):
        for _ in range(6):
            world.step()
        waiting = set(Conversation.objects.unsettled().values_list("pk", flat=True))
        assert waiting <= seen_as_theirs(world.at)
    assert Conversation.objects.unsettled().exists()


@pytest.mark.parametrize("seed", range(3))
def test_whose_clock_runs_stands_on_somebodys_today(studio: Studio, seed: int) -> None:
    world = World(studio, seed)
    for _ in range(40):
        world.step()
    running = set(Conversation.objects.waiting_at(world.at).values_list("pk", flat=True))
    shown = {
        item.row for member in Member.objects.present() for item in brief(member, at=world.at).of("waiting", "stranger")
    }
    assert running
    assert running <= shown
