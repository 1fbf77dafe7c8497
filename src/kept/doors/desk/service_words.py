"""How a client was served, row by row: each in words with its state and what is left to do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kept.doors.desk.inbox_words import State
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.deliverables.models import Receipt, ReceiptKind
from kept.ledgers.touches.models import EndingKind
from kept.measures.billing import Verdict
from kept.measures.trust_events import Accepted, Held
from kept.readings.evidence.touches import how_it_went
from kept.readings.service_page import Met, Sent, Served, Work

A_WEEK = timedelta(days=7)
FRESH = timedelta(days=90)  # within which they are asked about: an older bill is opened by whoever mends
KEPT_WORD = {Held.AS_PROMISED: "kept", Held.LACKING: "late", Held.MISSED: "broken"}


@dataclass(frozen=True)
class Row:
    """One line of a table: five cells, what they said of it, and the one act that is left to do."""

    pk: int
    name: str
    link: str
    cells: tuple[str, str]
    when: str
    full: str
    state: State
    said: tuple[str, str] | None  # their words, and whose
    act: tuple[str, str] | None  # the words and the address
    mend: tuple[tuple[str, str], ...]  # what can be taken back, for who wants to mend


def meeting_rows(served: Served) -> list[Row]:
    return [_meeting(served, one) for one in served.meetings]


def _meeting(served: Served, one: Met) -> Row:
    row, ending = one.meeting, one.ending
    came = [name for name in one.promised if name not in one.away] + list(one.others)
    there = came if ending and ending.kind == EndingKind.HELD else []
    gone = row.planned_at <= served.at
    address = way("meeting_ending", served.client.pk, row.pk)
    asked = ending is not None and ending.help_asked and ending.words
    return Row(
        pk=row.pk,
        name=row.about,
        link="",
        cells=(words.listed(one.promised), words.listed(there)),
        when=_when(row.planned_at, served),
        full=words.full(row.planned_at, served.zone),
        state=_how(served, one, gone=gone),
        said=(ending.words, "asked how we can help") if asked and ending else None,
        act=("Say how it went", address) if ending is None and gone else None,
        mend=_back(address if ending else "", way("meeting", served.client.pk, row.pk)),
    )


def _when(at: datetime, served: Served) -> str:
    """The day; of the last week and of what is to come also the time."""
    if at < served.at - A_WEEK:
        return _day(at.astimezone(served.zone).date(), served)
    return words.sentence(words.moment(at, now=served.at, zone=served.zone))


def _how(served: Served, one: Met, *, gone: bool) -> State:
    if one.ending is None:
        return State("unknown", "nobody has said how it went") if gone else State("open", "planned")
    if one.how is None:
        why = one.ending.words
        return State("calm", one.ending.get_kind_display(), why)
    return State(KEPT_WORD[one.how], how_it_went(one.ending, streams=served.streams))


def work_rows(served: Served) -> list[Row]:
    return [_work(served, one) for one in served.work]


def _work(served: Served, one: Work) -> Row:
    row, client = one.row, served.client.pk
    receipts: list[Receipt] = list(row.receipts.all())
    newest = receipts[-1] if receipts else None
    accepted = any(one.kind == ReceiptKind.ACCEPTED for one in receipts)
    rounds = "none agreed" if row.rounds is None else words.count(row.rounds, "round")
    spoken = sorted((one for one in receipts if one.words), key=lambda one: one.kind != ReceiptKind.ACCEPTED)
    return Row(
        pk=row.pk,
        name=row.name,
        link="",
        cells=(rounds, _by_whom(newest)),
        when=words.sentence(_day(row.handed_at.astimezone(served.zone).date(), served)),
        full=words.full(row.handed_at, served.zone),
        state=_received(one, accepted=accepted),
        said=(spoken[-1].words, _by_whom(spoken[-1])) if spoken else None,  # of what was amiss before of praise
        act=None if accepted else ("What did they say?", way("receipts", client, row.pk)),
        mend=_back(way("receipt", client, row.pk, newest.pk) if newest else "", way("deliverable", client, row.pk)),
    )


def _by_whom(receipt: Receipt | None) -> str:
    if receipt is None:
        return ""
    return calling(receipt.contact.name) if receipt.contact else "somebody"


def _received(one: Work, *, accepted: bool) -> State:
    if one.received is None:
        return State("unknown", "nobody has said a word yet")
    then = ", accepted in the end" if accepted else ", not accepted yet"
    match one.received.accepted:
        case Accepted.AT_ONCE:
            return State("said", "accepted at once")
        case Accepted.EXTRA_ROUND:
            return State("late", f"one more round because of us{then}")
        case _:
            return State("broken", f"done again{then}")


def bill_rows(served: Served) -> list[Row]:
    """With amounts and words only for who may see money."""
    return [_bill(served, one) for one in served.bills]


def _bill(served: Served, one: Sent) -> Row:
    row, client, money = one.row, served.client.pk, served.money
    newest = one.surprises[-1] if one.surprises else None
    quoted = "not known" if row.quoted is None else _sum(row.quoted, row.currency)
    act: tuple[str, str] | None = ("It surprised them", way("surprises", client, row.pk))
    if one.open:
        act = ("Settle it", way("settling", client, row.pk, one.open.pk)) if money else None
    elif row.sent_on < (served.at - FRESH).date():
        act = None
    return Row(
        pk=row.pk,
        name=row.number if money else f"The bill of {row.sent_on.day} {words.MONTHS[row.sent_on.month - 1]}",
        link=row.link if money else "",
        cells=(_sum(row.amount, row.currency), quoted) if money else ("", ""),
        when=words.sentence(_day(row.sent_on, served)),
        full=f"{words.long_day(row.sent_on)} {row.sent_on.year}",
        state=_verdict(one, money=money),
        said=(newest.words, _who(newest.contact)) if newest and money else None,
        act=act,
        mend=_mend(client, one) if money else (),
    )


def _sum(amount: Decimal, currency: str) -> str:
    return words.money(amount, currency, digits=0 if amount == int(amount) else 2)


def _back(said: str, whole: str) -> tuple[tuple[str, str], ...]:
    """The newest thing that was said of a row, and the row itself."""
    return (*((("Take back", said),) if said else ()), ("Take it out", whole))


def _who(contact: object) -> str:
    return calling(str(contact)) if contact else "somebody"


def _mend(client: int, one: Sent) -> tuple[tuple[str, str], ...]:
    if not one.surprises:
        return _back("", way("bill", client, one.row.pk))
    newest = one.surprises[-1]
    said = way("surprise" if newest.settled_at is None else "settling", client, one.row.pk, newest.pk)
    return _back(said, way("bill", client, one.row.pk))


def _verdict(one: Sent, *, money: bool) -> State:
    if one.verdict is None:
        return State("unknown", "what was quoted is not known")
    if one.verdict is Verdict.AS_QUOTED:
        told = one.row.told_beforehand and one.row.quoted is not None and one.row.amount > one.row.quoted
        return State("kept", "told of the difference beforehand" if told else "as quoted")
    if one.open:
        return State("late", "a surprise, not settled")
    settled = one.surprises[-1] if one.surprises else None
    return State("late", "a surprise, settled" if settled else "a surprise", settled.how if settled and money else "")


def _day(day: date, served: Served) -> str:
    return words.day(day, today=served.at.astimezone(served.zone).date())
