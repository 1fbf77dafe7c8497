"""When a letter of ours should come back, from how that reader answered us before it was sent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations.models import Direction, Message
from kept.measures.answering import comes_back
from kept.measures.survival import Spell
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices

LATELY = timedelta(days=180)
MOST = 3000  # messages read for the rhythms of one page, the newest first
REMEMBERED = 5000

Day = tuple[datetime, str]
# What lay before a letter does not change, so neither does its day; a later import of old mail may, until a restart.
_kept: dict[tuple[int, Calendar], Day] = {}


@dataclass(frozen=True)
class Written:
    """A letter of ours with its conversation's client, and the address and name it was written to."""

    message: Message
    address: str
    name: str

    @property
    def client(self) -> Client | None:
        return self.message.conversation.client


def suggested(letters: Sequence[Written], *, offices: Offices) -> dict[int, Day]:
    """By message the moment at which each comes back, and why. One query at most, none for letters asked for before."""
    calendars = {one.message.pk: offices.calendar(one.client) for one in letters}
    new = [one for one in letters if (one.message.pk, calendars[one.message.pk]) not in _kept]
    until = max((one.message.at for one in new), default=None)
    spoken = _spoken("sender_email", {one.address for one in new if one.address}, until=until)
    if len(_kept) > REMEMBERED:
        _kept.clear()
    for one in new:
        calendar, message = calendars[one.message.pk], one.message
        spells = _all_spells(spoken.get(one.address, {}), calendar, until=message.at)
        back = comes_back(spells, sent_at=message.at, calendar=calendar, name=one.name)
        _kept[message.pk, calendar] = (back.at, back.why)
    return {pk: _kept[pk, calendar] for pk, calendar in calendars.items()}


def if_sent_now(contact: Contact | None, *, client: Client | None, at: datetime, offices: Offices) -> Day:
    """When a letter to them that goes at this moment should come back, and why. One query; none of a stranger."""
    calendar = offices.calendar(client)
    talks = _spoken("contact_id", [contact.pk], until=at).get(contact.pk, {}) if contact else {}
    spells = _all_spells(talks, calendar, until=at)
    back = comes_back(spells, sent_at=at, calendar=calendar, name=contact.first_name if contact else "")
    return back.at, back.why


def forget() -> None:
    """Begin anew, as a new process would."""
    _kept.clear()


@dataclass(frozen=True, slots=True)
class _Word:
    at: datetime
    ours: bool
    asks: bool


def _spoken[Who](column: str, people: Iterable[Who], *, until: datetime | None) -> dict[Who, dict[int, list[_Word]]]:
    """By person (of that column) and conversation what was said until then, the oldest first, where they wrote."""
    people = set(people)
    if not people or until is None:
        return {}
    lately = {"at__gte": until - LATELY, "at__lte": until, "automatic": "", "direction": Direction.IN}
    theirs = Message.objects.filter(**{f"{column}__in": people}, **lately)
    rows = (
        Message.objects.filter(
            conversation__in=theirs.values("conversation"), at__lte=until, automatic="", undelivered=None
        )
        .order_by("-at", "-pk")
        .values_list("conversation_id", "at", "direction", "asks", column)[:MOST]
    )
    talks: dict[int, list[_Word]] = defaultdict(list)
    wrote: dict[Who, set[int]] = defaultdict(set)
    for talk, at, direction, asks, who in reversed(list(rows)):
        talks[talk].append(_Word(at, direction == Direction.OUT, asks))
        if who in people:
            wrote[who].add(talk)
    return {who: {talk: talks[talk] for talk in mine} for who, mine in wrote.items()}


def _all_spells(talks: Mapping[int, Sequence[_Word]], calendar: Calendar, *, until: datetime) -> list[Spell]:
    return [spell for words in talks.values() for spell in _spells(words, calendar, until=until)]


def _spells(words: Sequence[_Word], calendar: Calendar, *, until: datetime) -> list[Spell]:
    """How long each of our runs waited for their answer; of those still open only what asked for one."""
    found: list[Spell] = []
    first: _Word | None = None
    for word in words:
        if word.at >= until:
            break
        if word.ours:
            first = first or word
        elif first is not None:
            found.append(Spell(calendar.between(first.at, word.at)))
            first = None
    if first is not None and first.asks:
        found.append(Spell(calendar.between(first.at, until), ended=False))
    return found
