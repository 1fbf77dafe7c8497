"""A client's quarter, assembled from the ledgers as the client may read it, with what their lead wrote around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kept.kit.words import MONTHS, listed
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.reviews.models import Review
from kept.readings.calendars import Offices
from kept.readings.client_team import Day
from kept.readings.exchanged import LATELY
from kept.readings.replies import Reply, reply_summaries
from kept.readings.review_felt import NOUN, Heard, feelings, heard
from kept.readings.review_hours import Paid, hours, paid
from kept.readings.review_opening import Counts, opening, three
from kept.readings.review_people import days_of, people, promised_people
from kept.readings.review_pledge import by_promises, by_replies, replied, within
from kept.readings.review_promises import Owed, owed, promised, rows_of
from kept.readings.review_quarter import Quarter
from kept.readings.review_told import Head, People, Sheet, Written

PROMISE = "promises.Promise"
MOST_AHEAD = 8


@dataclass(frozen=True)
class Evidence:
    """Everything the ledgers say of one client's quarter that the client may know; `agreed` is none without hours."""

    client: Client
    quarter: Quarter
    contacts: tuple[Contact, ...]
    owed: Owed
    replies: tuple[Reply, ...]
    heard: Heard
    days: tuple[Day, ...]
    people: People | None
    agreed: Paid | None


def evidence(review: Review, *, at: datetime, offices: Offices, money: bool) -> Evidence:
    """Assemble the quarter of a review (with its client and their lead) as known at `at`.

    Ten queries, and two more for hours: `money` says whether whoever looks may know of them.
    """
    client = review.client
    quarter = Quarter(review.quarter, offices.zone_with(client), at)
    # what was asked in the quarter may be answered after it; the reading looks half a year back from its moment
    seen_at = min(at, quarter.since + LATELY)
    replies = reply_summaries([client], at=seen_at, offices=offices)[client.pk]
    days = days_of(client, quarter)
    return Evidence(
        client=client,
        quarter=quarter,
        contacts=tuple(client.contacts.filter(left_on__isnull=True)),
        owed=owed(client, quarter, offices),
        replies=tuple(replied(replies, quarter)),
        heard=heard(client, quarter),
        days=tuple(days),
        people=people(days, promised_people(client, quarter), quarter),
        agreed=paid(client, quarter) if money and review.with_hours else None,
    )


def sheet(review: Review, found: Evidence, *, offices: Offices) -> Sheet:
    """The review as its client sees it; one query, for what the lead chose to show."""
    picks = set(review.picks.values_list("noun", "row_id"))
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
        pledge=tuple(filter(None, (by_replies(found.replies, pledge), by_promises(found.owed)))),
        people=found.people,
        hours=hours(found.days, found.agreed, found.quarter) if found.agreed else None,
        ahead=Written(paragraphs(review.ahead), rows_of(ahead, found.quarter)[:MOST_AHEAD]),
    )


def head(review: Review, found: Evidence, offices: Offices) -> Head:
    """Who tells whom of what."""
    day = found.quarter.today
    return Head(
        firm=offices.firm.name if offices.firm else "",
        client=found.client.name,
        quarter=found.quarter.name,
        span=found.quarter.span,
        assembled=f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        readers=readers(found.contacts),
        lead=review.lead.name,
        lead_first=review.lead.first_name,
        mail=review.lead.email,
        within=within(offices.pledge_to(found.client)),
    )


def readers(contacts: Iterable[Contact]) -> str:
    """ "Cleo Marsh and Arun Pillai", "Cleo, Arun, Maya and 2 more": a courtesy; who has the link reads it."""
    names = [one.name for one in contacts]
    return listed(names) if len(names) < 5 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def paragraphs(text: str) -> tuple[str, ...]:
    """What was typed, a paragraph each; single line ends within one become blanks."""
    whole = (" ".join(each.split()) for each in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(each for each in whole if each)
