"""Who answers people we do not know: the rota, the rules, and whose week it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.ledgers.conversations.duty import Looks, Rule, Turn
from kept.ledgers.conversations.models import Message
from kept.ledgers.team.models import KeptOut, Member
from kept.measures.rota import Place, on_duty
from kept.readings.calendars import Offices


@dataclass(frozen=True)
class Duty:
    """The rules, first to last, the rota in its order, and who takes whose place; of who is here only."""

    rules: tuple[Rule, ...]
    rota: tuple[Member, ...]
    offices: Offices

    @property
    def is_set(self) -> bool:
        """Whether anybody at all answers strangers by rota or rule."""
        return bool(self.rules or self.rota)

    def in_turn(self, at: datetime) -> list[Member]:
        """Who is on duty in that week, then who stands in for them."""
        places = [
            Place(member.pk, self.offices.calendar_of(member.office_id), works=member.weekly_hours > 0)
            for member in self.rota
        ]
        members = {member.pk: member for member in self.rota}
        return [members[pk] for pk in on_duty(places, at=at, zone=self.offices.zone)]

    def next_week(self, at: datetime) -> list[Member]:
        """The same of the week after."""
        return self.in_turn(at + timedelta(days=7))

    def takers(self, message: Message, *, at: datetime) -> list[Member]:
        """Who should look after what this message began: by the first rule that fits, then by turn."""
        by_rule = [rule.member for rule in self.rules if fits(rule, message)][:1]
        return [*by_rule, *self.in_turn(at)]


def duty(*, offices: Offices) -> Duty:
    """The rota and the rules as they stand. Two queries."""
    present = {"member__left_on": None}
    return Duty(
        rules=tuple(Rule.objects.filter(**present).select_related("member")),
        rota=tuple(turn.member for turn in Turn.objects.filter(**present).select_related("member")),
        offices=offices,
    )


def fits(rule: Rule, message: Message) -> bool:
    """Whether the message looks as the rule says; words are compared whatever their case."""
    wanted = rule.words.casefold()
    match rule.looks:
        case Looks.CHANNEL:
            return wanted in {message.channel, message.get_channel_display()}
        case Looks.SUBJECT:
            return wanted in message.subject.casefold()
        case Looks.RECIPIENT:
            return any(wanted in str(email).casefold() for _, email in (*message.to, *message.cc))
    return wanted in message.sender_email.casefold()


def kept_out(walls: Iterable[int]) -> set[tuple[int, int]]:
    """Whom these walls keep out, as (wall, member). One query."""
    return set(KeptOut.objects.filter(wall__in=list(walls)).values_list("wall_id", "member_id"))
