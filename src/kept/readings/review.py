"""A client's quarter, assembled from the ledgers as the client may read it, with what their lead wrote around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.kit.words import MONTHS, listed
from kept.ledgers.clients.models import Client
from kept.ledgers.reviews.models import Review
from kept.readings.calendars import Offices
from kept.readings.client_team import Day
from kept.readings.review_felt import NOUN, Heard, asked_in, feelings, heard
from kept.readings.review_hours import Paid, hours, paid
from kept.readings.review_opening import Counts, opening, three
from kept.readings.review_people import days_of, people, promised_people
from kept.readings.review_pledge import Figures, by_pledge, by_promises, by_replies, within
from kept.readings.review_promises import Owed, owed, promised, rows_of
from kept.readings.review_quarter import Quarter
from kept.readings.review_replies import Replied, replied
from kept.readings.review_told import Head, People, Sheet, Vouched, Written

PROMISE = "promises.Promise"
MOST_AHEAD = 8


@dataclass(frozen=True)
class Evidence:
    """Everything the ledgers say of one client's quarter that the client may know; `agreed` is none without hours."""

    client: Client
    quarter: Quarter
    readers: tuple[str, ...]  # who of them is there
    picks: frozenset[tuple[str, int]]  # what the lead chose to show
    owed: Owed
    replies: tuple[Replied, ...]
    heard: Heard
    days: tuple[Day, ...]
    people: People | None
    pledge: tuple[Vouched, ...]
    agreed: Paid | None


def evidence(review: Review, *, at: datetime, offices: Offices, money: bool) -> Evidence:
    """Assemble the quarter of a review (with its client and their lead) as known at `at`.

    Eleven queries, two more for hours (`money` says whether whoever looks may know of them), and those of the pledge
    when a ledger moved since it was counted last.
    """
    client = review.client
    quarter = Quarter(review.quarter, offices.zone_with(client), at)
    owing, replies = owed(client, quarter, offices), tuple(replied(client, quarter, offices))
    days = days_of(client, quarter)
    contacts = client.contacts.annotate(was_asked=asked_in(quarter))
    there = list(contacts.values_list("pk", "name", "left_on", "was_asked"))
    return Evidence(
        client=client,
        quarter=quarter,
        readers=tuple(name for _, name, left_on, _ in there if left_on is None),
        picks=frozenset(review.picks.values_list("noun", "row_id")),
        owed=owing,
        replies=replies,
        heard=heard(client, quarter, asked=[pk for pk, _, _, asked in there if asked]),
        days=tuple(days),
        people=people(days, promised_people(client, quarter), quarter),
        pledge=by_pledge(client, quarter, offices=offices, beside=figures(owing, replies)),
        agreed=paid(client, quarter) if money and review.with_hours else None,
    )


def sheet(review: Review, found: Evidence, *, offices: Offices) -> Sheet:
    """The review as its client sees it; no query."""
    picks = found.picks
    pledge = offices.pledge_to(found.client)
    changed = [one for pk, one in found.owed.every.items() if (PROMISE, pk) in picks]
    ahead = [one for one in found.owed.ahead if (PROMISE, one.promise.pk) not in picks]
    counts = Counts(found.owed, found.replies, found.heard, found.days, found.agreed, pledge)
    return Sheet(
        head=head(review, found, offices),
        with_hours=found.agreed is not None,
        opening=opening(counts),
        three=three(counts),
        judgement=paragraphs(review.judgement),
        felt=feelings(found.heard, found.quarter, quoted={pk for noun, pk in picks if noun == NOUN}),
        changes=Written(paragraphs(review.changes), rows_of(changed, found.quarter)),
        promised=promised(found.owed, found.quarter),
        pledge=found.pledge or plain_pledge(found, pledge),
        people=found.people,
        hours=hours(found.days, found.agreed, found.quarter) if found.agreed else None,
        ahead=Written(paragraphs(review.ahead), rows_of(ahead, found.quarter)[:MOST_AHEAD]),
    )


def figures(owing: Owed, replies: Sequence[Replied]) -> Figures:
    """What the sections count, which the rows of the pledge count as well."""
    return owing.kept, owing.settled, sum(one.in_time for one in replies), len(replies)


def plain_pledge(found: Evidence, pledge: timedelta) -> tuple[Vouched, ...]:
    """What every firm pledges, while it has not put its own into words."""
    return tuple(filter(None, (by_replies(found.replies, pledge), by_promises(found.owed))))


def head(review: Review, found: Evidence, offices: Offices) -> Head:
    """Who tells whom of what."""
    day = found.quarter.today
    return Head(
        firm=offices.firm.name if offices.firm else "",
        client=found.client.name,
        quarter=found.quarter.name,
        span=found.quarter.span,
        assembled=f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        readers=readers(found.readers),
        lead=review.lead.name,
        lead_first=review.lead.first_name,
        mail=review.lead.email,
        within=within(offices.pledge_to(found.client)),
    )


def readers(names: Sequence[str]) -> str:
    """ "Cleo Marsh and Arun Pillai", "Cleo, Arun, Maya and 2 more": a courtesy; who has the link reads it."""
    return listed(names) if len(names) < 5 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def paragraphs(text: str) -> tuple[str, ...]:
    """What was typed, a paragraph each; single line ends within one become blanks."""
    whole = (" ".join(each.split()) for each in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(each for each in whole if each)
