"""What hurts at a client just now, or did lately: as long as it does, nobody there is asked how it feels."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q

from kept.kit import words
from kept.ledgers.bills.models import Surprise
from kept.ledgers.engagements.models import Replacement
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.pulses.models import FollowUp
from kept.ledgers.team.people import installation
from kept.measures.asking import Trouble
from kept.measures.promises import State
from kept.readings.calendars import Offices
from kept.readings.promised import judged
from kept.readings.waiting import waiting

type Found = Iterator[tuple[int, Trouble]]
REACH = timedelta(days=90)  # what ended longer ago keeps nobody from being asked, however long the firm's pause


def troubles_of(clients: Collection[int], *, at: datetime, offices: Offices) -> dict[int, list[Trouble]]:
    """By client: messages past our pledge, promises broken, people replaced, low answers, bills that surprised.

    Nine queries.
    """
    found: dict[int, list[Trouble]] = defaultdict(list)
    wanted = set(clients)
    for those in (_waiting, _slipped, _replaced, _followed, _surprised):
        for client, trouble in those(wanted, at, offices):
            found[client].append(trouble)
    return found


def _waiting(clients: set[int], at: datetime, offices: Offices) -> Found:
    for one in waiting(installation(), at=at, offices=offices):
        if one.client and one.client.pk in clients and one.wait.late:
            yield one.client.pk, Trouble(f"A message of {_day(one.first.at, offices)} waits past our pledge.")


def _slipped(clients: set[int], at: datetime, offices: Offices) -> Found:
    """A broken promise hurts until it ends; a larger one from its day on."""
    ended = Q(ended_at__gt=at - REACH, size=Size.MAJOR)
    rows = Promise.objects.filter(Q(ended_at=None, due__lt=at) | ended, client__in=clients)
    for said in judged(rows, at=at, offices=offices):
        state, major = said.judged.state, said.promise.size == Size.MAJOR
        if state == State.BROKEN or (major and state in {State.LATE, State.KEPT_LATE}):
            words_of_it = f"A promise was due {_day(said.judged.due, offices)}."
            yield said.promise.client_id, Trouble(words_of_it, said.promise.ended_at)


def _replaced(clients: set[int], at: datetime, offices: Offices) -> Found:
    """Promised people who were replaced lately, and of whom nobody was told before."""
    rows = Replacement.objects.filter(promised__engagement__client__in=clients, since__lte=at.date(), at__lte=at)
    columns = ("promised__engagement__client", "promised__member__name", "told_on", "since")
    for client, name, told_on, since in rows.filter(since__gt=(at - REACH).date()).values_list(*columns):
        if told_on is None or told_on >= since:
            ended = datetime.combine(since, time(12), offices.zone)
            yield client, Trouble(f"{name} was replaced without a word before.", ended)


def _followed(clients: set[int], at: datetime, offices: Offices) -> Found:
    rows = FollowUp.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at - REACH), answer__client__in=clients)
    for client, opened, ended in rows.values_list("answer__client", "opened_at", "ended_at"):
        yield client, Trouble(f"We follow up an answer of {_day(opened, offices)} that was low.", ended)


def _surprised(clients: set[int], at: datetime, offices: Offices) -> Found:
    rows = Surprise.objects.filter(Q(settled_at=None) | Q(settled_at__gt=at - REACH), opened_at__lte=at)
    columns = ("bill__client", "bill__sent_on", "settled_at")
    for client, sent_on, settled in rows.filter(bill__client__in=clients).values_list(*columns):
        day = f"{sent_on.day} {words.MONTHS[sent_on.month - 1]}"  # the number is for those who may see money
        yield client, Trouble(f"They asked about the bill of {day}.", settled, dispute=True)


def _day(at: datetime, offices: Offices) -> str:
    return words.long_day(at.astimezone(offices.zone).date())
