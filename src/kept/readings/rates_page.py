"""What an hour of each member costs and is sold for, now and before; for those only who may see rates."""

from dataclasses import dataclass
from datetime import date

from kept.ledgers.team.models import Member, Rate


@dataclass(frozen=True)
class Rated:
    """A member with the rates that count on the day (None: not known) and every rate there is, newest first."""

    member: Member
    cost: Rate | None
    bill: Rate | None
    history: list[Rate]


def rates(*, on: date) -> list[Rated]:
    """Everybody present, in two queries."""
    return [rated(member, on=on) for member in Member.objects.present().prefetch_related("rates")]


def rated(member: Member, *, on: date) -> Rated:
    """One member; of each kind the newest rate that has begun counts."""
    history = sorted(member.rates.all(), key=lambda rate: (rate.from_day, rate.kind), reverse=True)
    begun = [rate for rate in history if rate.from_day <= on]
    return Rated(
        member=member,
        cost=next((rate for rate in begun if rate.kind == "cost"), None),
        bill=next((rate for rate in begun if rate.kind == "bill"), None),
        history=history,
    )
