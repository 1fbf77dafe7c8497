"""The replies of a client's quarter: each message of theirs that was asked in it, and whether we answered in time."""

from datetime import timedelta
from typing import NamedTuple

from kept.ledgers.clients.models import Client
from kept.readings.calendars import Offices
from kept.readings.reply_facts import BEFORE, runs
from kept.readings.reply_runs import in_time
from kept.readings.review_quarter import Quarter


class Replied(NamedTuple):
    """One run of theirs that can be judged; `over` is the working time past the pledge, none where it was in time."""

    row: int  # the message that asked
    in_time: bool
    over: timedelta


def replied(client: Client, quarter: Quarter, offices: Offices) -> list[Replied]:
    """What they asked in the quarter as it is known now, the first asked first; what waits still counts in each.

    By the pledge they have now. Two queries.
    """
    calendar, pledge, at = offices.calendar(client), offices.pledge_to(client), quarter.at
    asked = [
        (run.counts_at(quarter.since), run)
        for run in runs(at=at, since=quarter.since - BEFORE, moved_since=quarter.since, clients=[client.pk])
    ]
    found = []
    for counted, run in sorted(asked, key=lambda one: (one[0], one[1].clock.started_by)):
        took = run.took(calendar, at=at, pledge=pledge)
        kept = in_time(run, took, pledge=pledge, at=at)
        if kept is not None and quarter.since <= counted < quarter.end:
            found.append(Replied(run.clock.started_by, kept, max(took - pledge, timedelta())))
    return found
