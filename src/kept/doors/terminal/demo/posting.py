"""Turns conversations into rows: messages with their words and what they answer, and what was set aside."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import batched, pairwise

from kept.doors.terminal.demo.originals import keep_originals
from kept.doors.terminal.demo.people import COLLEAGUES, DOMAIN
from kept.doors.terminal.demo.said import Said, Talk
from kept.doors.terminal.demo.stage import HOME, Stage
from kept.flows.weigh_mail import REACH
from kept.kit.words import full
from kept.ledgers.clients.models import ContactAddress
from kept.ledgers.conversations import settling, verbs
from kept.ledgers.conversations.models import Aside, Body, Conversation, Direction, Message, Reference
from kept.ledgers.journal.verbs import write
from kept.measures.text import closers, requests, subjects

FOOTER = "\n\n-- \nLarkfield Studio, Leeds and Lisbon"
EMAIL = {sheet.key: sheet.email for sheet in COLLEAGUES}

Posted = tuple[Talk, list[Message]]
Person = tuple[str, str]  # name, address


def post(stage: Stage, talks: Sequence[Talk]) -> list[Posted]:
    """Write the conversations, oldest first. Answers each with its messages."""
    ordered = sorted(talks, key=lambda talk: (talk.said[0].at, talk.client, talk.subject))
    homes = Conversation.objects.bulk_create([_conversation(stage, talk) for talk in ordered], batch_size=500)
    addresses = dict(ContactAddress.objects.values_list("contact_id", "email"))
    posted = [(talk, list(_messages(stage, talk, home, addresses))) for talk, home in zip(ordered, homes, strict=True)]
    _keep([message for _, messages in posted for message in messages])
    _bodies(posted)
    keep_originals(posted)
    for talk, messages in posted:
        _care(stage, talk, messages)
    for some in batched(homes, 500, strict=False):
        settling.recount([home.pk for home in some])
    return posted


def _conversation(stage: Stage, talk: Talk) -> Conversation:
    return Conversation(
        client=stage.clients.get(talk.client),
        subject=talk.subject,
        subject_key=subjects.key(talk.subject),
        started_at=talk.said[0].at,
        last_at=talk.said[-1].at,
    )


def _messages(stage: Stage, talk: Talk, home: Conversation, addresses: dict[int, str]) -> Iterator[Message]:
    for place, said in enumerate(talk.said):
        sender, receiver = _people(stage, talk, said, addresses)
        mark = sha256(f"{talk.client} {talk.subject} {said.at.isoformat()} {said.text}".encode()).hexdigest()
        yield Message(
            conversation=home,
            message_id=f"{mark[:16]}@{sender[1].partition('@')[2] or DOMAIN}",
            fingerprint=mark,
            at=said.at,
            direction=Direction.OUT if said.ours else Direction.IN,
            channel=said.channel,
            contact=None if said.ours else stage.contacts.get((talk.client, said.who)),
            member=stage.members[said.who] if said.ours else None,
            sender_name=sender[0],
            sender_email=sender[1],
            to=[list(receiver)],
            subject=talk.subject if not place else f"Re: {talk.subject}",
            snippet=" ".join(said.text.split())[:200],
            automatic=said.automatic,
            automatic_why=said.why,
            closing="" if said.ours or said.automatic else closers.needs_no_reply(said.text)[:100],
            asks=said.ours and said.at > stage.at - REACH and bool(requests.found(said.text)),
            size=len(said.text.encode()) + 900,  # with the headers such a letter has
        )


def _people(stage: Stage, talk: Talk, said: Said, addresses: dict[int, str]) -> tuple[Person, Person]:
    """Who wrote, and to whom."""
    us = next((one.who for one in talk.said if one.ours), talk.hand_to) or "bo"
    ours = (stage.members[said.who if said.ours else us].name, EMAIL[said.who if said.ours else us])
    theirs = _them(stage, talk, said, addresses)
    return (ours, theirs) if said.ours else (theirs, ours)


def _them(stage: Stage, talk: Talk, said: Said, addresses: dict[int, str]) -> Person:
    names = [said.who] if not said.ours else [one.who for one in talk.said if not one.ours and not one.automatic]
    contact = next((stage.contacts[talk.client, who] for who in names if (talk.client, who) in stage.contacts), None)
    if said.address or (contact is None and not talk.client):
        stranger = next((one for one in talk.said if not one.ours), said)
        return ("" if said.ours and talk.client else stranger.who, said.address or stranger.address)
    if contact is None:
        contact = next(person for (client, _), person in stage.contacts.items() if client == talk.client)
    return contact.name, addresses[contact.pk]


def _keep(rows: list[Message]) -> None:
    Message.objects.bulk_create(rows, batch_size=500)
    before: dict[int, list[str]] = {}
    references = []
    for row in rows:
        earlier = before.setdefault(row.conversation_id, [])
        references += [Reference(message=row, names=name) for name in earlier]
        earlier.append(row.message_id)
    Reference.objects.bulk_create(references, batch_size=1000)


def _bodies(posted: list[Posted]) -> None:
    """The words, each letter with the one it answers quoted below, as letters are."""
    rows = []
    for talk, messages in posted:
        quotes = ["", *(_quote(said) for said, _ in pairwise([*talk.said, talk.said[-1]]))]
        for said, message, quote in zip(talk.said, messages, quotes, strict=False):
            below = f"{FOOTER if said.ours else ''}{quote if said.channel == 'mail' and not said.automatic else ''}"
            rows.append(Body(message=message, visible=said.text, text=said.text + below))
    Body.objects.bulk_create(rows, batch_size=500)


def _quote(said: Said) -> str:
    lines = "\n".join(f"> {line}".rstrip() for line in said.text.splitlines())
    return f"\n\nOn {full(said.at, HOME)}, it was written:\n{lines}"


def _care(stage: Stage, talk: Talk, messages: list[Message]) -> None:
    """Who was asked to look after it, and how it was set aside."""
    home = messages[0].conversation
    if talk.hand_to:
        lead = home.client.lead if home.client and home.client.lead else stage.members["bo"]
        verbs.assign(home, to=stage.members[talk.hand_to], by=lead, at=messages[-1].at)
    if talk.put:
        theirs = [row for row in messages if row.direction == Direction.IN and not row.automatic]
        put, by = talk.put, stage.members[talk.put.by]
        aside = Aside.objects.create(
            message=theirs[-1], kind=put.kind, reason=put.reason, until=put.until, by=by, at=put.at
        )
        write(
            "conversations.set_aside", aside, by=by, at=put.at,
            client_id=home.client_id, said=put.reason, kind=str(put.kind),
        )  # fmt: skip
