"""What hurts at a client just now, or did lately: as long as it does, nobody there is asked how it feels."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from kept.kit import words
from kept.ledgers.bills.models import Surprise
from kept.ledgers.promises.models import Promise, Promises, Size
from kept.ledgers.pulses.models import FollowUp
from kept.ledgers.team.people import installation
from kept.measures.asking import Trouble
from kept.measures.promises import State
from kept.readings.calendars import Offices
from kept.readings.promised import Said, judged
from kept.readings.waiting import waiting

REACH = timedelta(days=90)  # what ended longer ago keeps nobody from being asked, however long the firm's pause


def troubles_of(clients: Collection[int], *, at: datetime, offices: Offices) -> dict[int, list[Trouble]]:
    """By client: messages past our pledge, promises broken, low answers, bills that surprised. Eight queries."""
    found: dict[int, list[Trouble]] = defaultdict(list)
    wanted = set(clients)
    for one in waiting(installation(), at=at, offices=offices):
        if one.client and one.client.pk in wanted and one.wait.late:
            found[one.client.pk].append(Trouble(f"A message of {_day(one.first.at, offices)} waits past our pledge."))
    for said in judged(_slipped(wanted, at), at=at, offices=offices):
        if (trouble := _broken(said, offices)) is not None:
            found[said.promise.client_id].append(trouble)
    lately = at - REACH
    answers = FollowUp.objects.filter(answer__client__in=wanted).filter(Q(ended_at=None) | Q(ended_at__gt=lately))
    for client, opened, ended in answers.values_list("answer__client", "opened_at", "ended_at"):
        found[client].append(Trouble(f"We follow up an answer of {_day(opened, offices)} that was low.", ended))
    bills = Surprise.objects.filter(bill__client__in=wanted, opened_at__lte=at)
    for client, number, settled in bills.filter(Q(settled_at=None) | Q(settled_at__gt=lately)).values_list(
        "bill__client", "bill__number", "settled_at"
    ):
        found[client].append(Trouble(f"They asked about bill {number}.", settled, dispute=True))
    return found


def _slipped(clients: set[int], at: datetime) -> Promises:
    """Open promises past their day, and larger ones that ended lately."""
    ended = Q(ended_at__gt=at - REACH, size=Size.MAJOR)
    return Promise.objects.filter(Q(ended_at=None, due__lt=at) | ended, client__in=clients)


def _broken(said: Said, offices: Offices) -> Trouble | None:
    """A broken promise hurts until it ends; a larger one from its day on."""
    promise, state = said.promise, said.judged.state
    major = promise.size == Size.MAJOR
    if state == State.BROKEN or (major and state in {State.LATE, State.KEPT_LATE}):
        return Trouble(f"A promise was due {_day(said.judged.due, offices)}.", promise.ended_at)
    return None


def _day(at: datetime, offices: Offices) -> str:
    return words.long_day(at.astimezone(offices.zone).date())
