"""What was noticed in each message of a conversation, as it stands beneath it: what they ask, and what we offer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from kept.doors.desk.conversation_mails import Mail
from kept.doors.desk.noticed import doubt
from kept.doors.desk.promise_days import Here
from kept.doors.desk.ways import way
from kept.ledgers.conversations.models import Request
from kept.ledgers.promises.models import Candidate
from kept.measures.wishes import named
from kept.readings.noticed import noticed_in
from kept.readings.wanted_words import wanted_words


@dataclass(frozen=True)
class Asks:
    """A sentence of theirs that asks for something. `promise` leads to the form that promises it; "" without a client.

    `by` says until when, or how much it hurries.
    """

    words: str
    by: str
    promise: str
    dismissal: str


@dataclass(frozen=True)
class Sounds:
    """A sentence of ours that sounds like a promise, with its day in full; without `acceptance` its day is to be said.

    `day` and `time` are what one tap counts it with; `elsewhere` is where another day can be said.
    """

    words: str
    due: str
    doubt: str
    day: str
    time: str
    acceptance: str
    dismissal: str
    elsewhere: str


@dataclass(frozen=True)
class NoticedInMail:
    """What desk/parts/noticed_in_mail.html draws beneath one message."""

    asks: tuple[Asks, ...] = ()
    sounds: tuple[Sounds, ...] = ()


def with_noticed(mails: Sequence[Mail], here: Here, *, client: int | None) -> list[Mail]:
    """These messages, each with what was noticed in it; `client` is whose conversation it is. Two queries."""
    seen = noticed_beside([mail.pk for mail in mails], here, client=client)
    return [replace(mail, seen=seen[mail.pk]) if mail.pk in seen else mail for mail in mails]


def noticed_beside(messages: Sequence[int], here: Here, *, client: int | None) -> dict[int, NoticedInMail]:
    """By message, where anything was noticed in it. Two queries."""
    found = noticed_in(messages)
    return {
        key: NoticedInMail(
            asks=tuple(_asks(one, here, client) for one in found.requests.get(key, ())),
            sounds=tuple(_sounds(one, here) for one in found.promises.get(key, ())),
        )
        for key in messages
        if key in found.requests or key in found.promises
    }


def _asks(one: Request, here: Here, client: int | None) -> Asks:
    return Asks(
        words=one.words,
        by=until(one, here),
        promise=f"{reverse('desk:promising', args=[client])}?of={one.pk}" if client else "",
        dismissal=way("no_request", one.pk),
    )


def until(one: Request, here: Here) -> str:
    """ "by Friday", "by 15:00", "“asap”"; "" where it does not hurry."""
    if one.by_at is not None:
        wanted = named(one.by_at.astimezone(here.zone), here.calendar)
        return wanted_words(wanted, now=here.at, zone=here.zone)
    return f"“{one.urgent}”" if one.urgent else ""


def _sounds(one: Candidate, here: Here) -> Sounds:
    due = one.due.astimezone(here.zone) if one.due else None
    ahead = due is not None and due > here.at
    return Sounds(
        words=one.words,
        due=here.full(due) if due else "",
        doubt=doubt(one) if ahead or due is None else "That day has passed. Say a new one, if it still stands.",
        day=f"{due:%Y-%m-%d}" if due and ahead else "",
        time=f"{due:%H:%M}" if due and ahead else "",
        acceptance=way("acceptance", one.pk) if ahead else "",
        dismissal=way("dismissal", one.pk),
        elsewhere=f"{way('noticed_row', one.pk)}#offer-{one.pk}",
    )
