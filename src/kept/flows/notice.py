"""Noticing what fresh messages ask of us and promise for us; suggestions, until a person takes one up."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kept.ledgers.clients.models import Client, Contact, ContactAddress
from kept.ledgers.conversations.models import Conversation, Direction, Message, Request
from kept.ledgers.promises.models import Candidate
from kept.ledgers.team.models import Member
from kept.measures.text import promises, requests
from kept.measures.text.request_grammar import PRESSES
from kept.readings.calendars import Offices, offices

# what was said longer ago was kept or forgotten long since: to ask about it now would only be noise
REACH = timedelta(days=30)
SOURCE = "conversations.Message"
LONGEST = 500  # letters of a sentence, as its column takes them
READ = 20_000  # letters of one message that are looked at


def notice(messages: Iterable[int], *, at: datetime) -> None:
    """Read these messages, if people wrote them and not longer than a month before `at`. Twice is once.

    Of theirs it keeps the sentences that ask for something; of ours, by somebody of the team to a client, those that
    promise. Nothing found counts for anything. No query without messages, eight at most.
    """
    _keep(*_found(list(messages), at))


@transaction.atomic
def notice_again(messages: Iterable[int], *, at: datetime) -> int:
    """The same of messages whose words were read anew: what is not found in them any more waits for nobody's word.

    What was accepted or dismissed stays. Twice is once. Answers how many sentences went or are new.
    """
    keys = list(Message.objects.filter(pk__in=list(messages), at__gte=at - REACH).values_list("pk", flat=True))
    asked, said = _found(keys, at)
    stays = {(one.message_id, one.words) for one in asked}, {(one.source_id, one.words) for one in said}
    standing = Request.objects.standing().filter(message__in=keys)
    waiting = Candidate.objects.waiting().filter(source_noun=SOURCE, source_id__in=keys)
    gone = [row.pk for row in standing if (row.message_id, row.words) not in stays[0]]
    lost = [row.pk for row in waiting if (row.source_id, row.words) not in stays[1]]
    Request.objects.filter(pk__in=gone).delete()
    Candidate.objects.filter(pk__in=lost).delete()
    stood = _many(keys)
    _keep(asked, said)
    return len(gone) + len(lost) + _many(keys) - stood


def _many(keys: list[int]) -> int:
    candidates = Candidate.objects.filter(source_noun=SOURCE, source_id__in=keys)
    return Request.objects.filter(message__in=keys).count() + candidates.count()


Found = tuple[list[Request], list[Candidate]]


def _found(keys: list[int], at: datetime) -> Found:
    rows = list(_readable(keys, at)) if keys else []
    if not rows:
        return [], []
    house, ours = offices(), [row for row in rows if row.direction == Direction.OUT]
    asked = [one for row in rows if row.direction == Direction.IN for one in _asked(row, house)]
    if not ours:
        return asked, []
    team = _Team(house, dict(Member.objects.present().values_list("name", "pk")), _addressed(ours))
    return asked, [one for row in ours for one in _promised(row, team)]


def _keep(asked: list[Request], said: list[Candidate]) -> None:
    if asked or said:
        with transaction.atomic():
            Request.objects.bulk_create(asked, ignore_conflicts=True)
            Candidate.objects.bulk_create(said, ignore_conflicts=True)


def _readable(keys: list[int], at: datetime) -> QuerySet[Message]:
    """Theirs that ask for more than nothing, and those that one of ours wrote to a client."""
    asking = Q(direction=Direction.IN, closing="")
    promising = Q(direction=Direction.OUT, member__isnull=False, conversation__client__isnull=False)
    rows = Message.objects.filter(asking | promising, pk__in=keys, at__gte=at - REACH, automatic="", quiet=False)
    return rows.select_related("body", "member", "contact", "conversation__client__lead").order_by("pk")


@transaction.atomic
def follow(conversation: Conversation, *, at: datetime) -> None:
    """What was noticed goes along with a conversation that was given to another client, or to none. Twice is once.

    What was accepted or dismissed stays as it was said.
    """
    keys = list(conversation.messages.values_list("pk", flat=True))
    waiting = Candidate.objects.waiting().filter(source_noun=SOURCE, source_id__in=keys)
    waiting.exclude(client=conversation.client_id or 0).delete()
    notice(keys, at=at)


def forget(messages: Iterable[int]) -> None:
    """Let go of what was noticed in messages that go, but for what a person accepted. One query."""
    Candidate.objects.filter(source_noun=SOURCE, source_id__in=list(messages), promise=None).delete()


@dataclass(frozen=True)
class _Team:
    """Who of us there is, and whom each letter was written to."""

    offices: Offices
    members: dict[str, int]
    contacts: dict[str, Contact]


def _asked(row: Message, house: Offices) -> list[Request]:
    """What they ask us for; a day they name is one of their office's."""
    client = row.conversation.client
    sent_at = row.at.astimezone(house.zone_with(client))
    return [
        Request(
            message=row,
            words=one.sentence[:LONGEST],
            probability=one.probability,
            urgent=_hurry(one.sentence) if one.urgent else "",
            by_at=one.by,
        )
        for one in requests.found(_visible(row), sent_at=sent_at, calendar=house.calendar(client))
    ]


def _hurry(sentence: str) -> str:
    """The words that press: "asap"; a mere deadline is told by its day."""
    found = PRESSES.search(sentence)
    return found[0][:60] if found else ""


def _promised(row: Message, team: _Team) -> list[Candidate]:
    """What one of ours seems to promise; in a meeting note also what it says of a colleague."""
    member, client = row.member, row.conversation.client
    assert member is not None and client is not None  # noqa: S101, PT018  # `notice` chose it so
    theirs = _readers(row, client, team)
    found = promises.found(
        _visible(row),
        sent_at=row.at.astimezone(team.offices.zone_of(member)),
        by=member.name,
        ours=team.members,
        to=theirs[0].name if theirs else "",
        calendar=team.offices.calendar_of(member.office_id),
    )
    return [
        Candidate(
            client=client,
            contact=_meant(one.sentence, theirs),
            by_id=team.members.get(one.who, member.pk),
            words=one.sentence[:LONGEST],
            due=one.due,
            due_is_explicit=one.due_is_explicit,
            score=one.score,
            soft=one.soft,
            source_noun=SOURCE,
            source_id=row.pk,
            said_at=row.at,
        )
        for one in found
    ]


def _readers(row: Message, client: Client, team: _Team) -> list[Contact]:
    """The client's people to whom it was said, the first named first."""
    named = [row.contact, *(team.contacts.get(email.lower()) for _, email in row.to)]
    return list(dict.fromkeys(one for one in named if one and one.client_id == client.pk))


def _meant(sentence: str, theirs: Sequence[Contact]) -> Contact | None:
    """Whom the sentence names, else the first of them."""
    said = set(re.findall(r"\w+", sentence.casefold()))
    return next((one for one in theirs if one.first_name.casefold() in said), theirs[0] if theirs else None)


def _visible(row: Message) -> str:
    return row.body.visible[:READ] if hasattr(row, "body") else ""


def _addressed(rows: Sequence[Message]) -> dict[str, Contact]:
    """The contacts whom these letters were sent to, by address."""
    emails = {email.lower() for row in rows for _, email in row.to}
    found = ContactAddress.objects.filter(email__in=emails).select_related("contact")
    return {one.email.lower(): one.contact for one in found}
