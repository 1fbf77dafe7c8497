"""Two clients with a row in every ledger, one of them behind a wall, and who might look at them."""

import zlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client as Browser

from kept.flows.share_review import share_review
from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Dismissal, Hold, LockKind, Sign, SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Agreement, Client, Contact
from kept.ledgers.conversations import noting, pausing
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import Aside, AsideKind, Assignment
from kept.ledgers.conversations.files import Attachment
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Conversation, Message, Original, Request
from kept.ledgers.conversations.noting import Meeting
from kept.ledgers.deliverables.models import Deliverable, Receipt
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Explanation, Gift, OverReason, PromisedPerson
from kept.ledgers.hours.models import Entry
from kept.ledgers.letters import verbs as letters
from kept.ledgers.letters.enclosing import enclose
from kept.ledgers.letters.models import Bounce, Form, Letter
from kept.ledgers.pledges.models import Variation
from kept.ledgers.promises.models import Candidate, Promise
from kept.ledgers.pulses.models import FollowUp, Invitation
from kept.ledgers.reflections import verbs as reflections
from kept.ledgers.reflections.models import Kind, Reflection, Wording
from kept.ledgers.reflections.verbs import After, Learned
from kept.ledgers.reviews import verbs as reviews
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from kept.ledgers.touches.models import Meeting as Met
from kept.readings.calendars import offices
from tests.acting import promised, sold, worked, wrote
from tests.doors.side_felt import felt_by
from tests.doors.side_served import served
from tests.pledging import vary
from tests.studio import NOW, Studio, london

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VIEWERS = ("owner", "lead", "member", "walled", "finance", "out")


@dataclass(frozen=True)
class Side:
    """One client and a row of each ledger about it."""

    client: Client
    contact: Contact
    agreement: Agreement
    message: Message
    conversation: Conversation
    assignment: Assignment
    pause: Pause
    aside: Aside
    promise: Promise
    candidate: Candidate
    request: Request
    note: Message
    variation: Variation
    engagement: Engagement
    gift: Gift
    explanation: Explanation
    draft: Letter
    sent: Letter
    bounce: Bounce
    file: Attachment
    sign: Sign
    no_sign: Dismissal
    hold: Hold
    reflection: Reflection
    wording: Wording
    review: Review
    share: Share
    meeting: Met
    deliverable: Deliverable
    receipt: Receipt
    bill: Bill
    surprise: Surprise
    part: PromisedPerson
    invitation: Invitation
    follow_up: FollowUp


def side(client: Client, contact: Contact, *, by: Member) -> Side:
    """Let the client write, be promised, sold and given to; one conversation of theirs waits, one is set aside."""
    who = {"by": by, "at": NOW}
    wrote(client, by=contact, at=london(16), subject=f"{client.name} waits", text=f"Is {client.name} ready?")
    message = wrote(client, by=contact, at=london(19), subject=f"{client.name} asks", text=f"{client.name}, when?")
    conversation = message.conversation
    Original.objects.create(message=message, zipped=zlib.compress(f"Subject: {client.name}\r\n\r\nHello".encode()))
    work = sold(client, by=by, name=f"{client.name} site", hours=20)
    worked(client, member=by, day=date(2026, 10, 1), hours=24, engagement=work)
    gift = {"month": date(2026, 10, 1), "hours": Decimal(2)}
    return Side(
        client=client,
        contact=contact,
        agreement=clients.agree(contact, on=NOW.date(), channel=f"{client.name} by phone", **who),
        message=message,
        conversation=conversation,
        assignment=conversations.assign(conversation, to=by, **who),
        pause=pausing.pause(conversation, reason=f"the {client.name} logo", **who),
        aside=conversations.set_aside(conversation, kind=AsideKind.NO_REPLY, reason="Said by phone.", **who),
        promise=promised(client, by=by, due=london(21), words=f"The {client.name} drafts", contact=contact),
        candidate=Candidate.objects.create(
            client=client,
            contact=contact,
            by=by,
            words=f"We will send {client.name} the draft by Thursday.",
            due=london(22),
            source_noun="conversations.Message",
            source_id=message.pk,
            said_at=NOW,
        ),
        variation=vary(client, by=by),
        note=noting.note(client, words=f"{client.name} came by.", meeting=Meeting(london(15), [contact]), **who),
        request=Request.objects.create(message=message, words=f"{client.name}, when?", probability=0.9),
        engagement=work,
        gift=engagements.give(work, purpose="Thanks", **gift, **who),
        explanation=engagements.explain(work, reason=OverReason.REWORK, **gift, **who),
        sign=choices.note(client, kind=SignKind.PRAISED, seen_at=NOW, words=f"{client.name} beamed.", **who),
        no_sign=choices.dismiss(
            client, kind=SignKind.PRAISED, source=("conversations.Message", message.pk), words=f"{client.name} sang.",
            **who,
        ),
        hold=choices.tie(client, lock=LockKind.OUR_DATA, since=NOW.date(), words=f"{client.name} maps", **who),
        **_letters(message, by=by),
        **_thought(client, by=by),
        **_review(client, by=by),
        **served(client, work=work, by=by),
        **felt_by(contact, by=by),
        file=Attachment.objects.create(
            message=message, content=enclose(b"\x89PNG\r\n\x1a\n" + client.name.encode()), position=0,
            name=f"{client.name}.png", kind="image/png", size=len(client.name),
        ),
    )  # fmt: skip


def _review(client: Client, *, by: Member) -> dict[str, Any]:
    """The last quarter told to the client, with a link to it."""
    review = reviews.begin(client, quarter=date(2026, 7, 1), by=by, at=NOW)
    judged = f"{client.name}, you said in September that you want to know before you have to ask, and you were right."
    reviews.write(review, words=reviews.Words(judgement=judged), by=by, at=NOW)
    share, _ = share_review(review, by=by, at=NOW, offices=offices())
    return {"review": review, "share": share}


def _thought(client: Client, *, by: Member) -> dict[str, Any]:
    """What was learned from the client, in its one wording."""
    after, learned = After(f"{client.name} sang"), Learned(f"{client.name} sings", "We listen")
    row = reflections.reflect(client, kind=Kind.DELIGHT, after=after, learned=learned, by=by, at=NOW)
    return {"reflection": row, "wording": row.wordings.get()}


def _letters(message: Message, *, by: Member) -> dict[str, Any]:
    """An answer being written, one on its way by the same hand, and what a server said of it."""
    draft = letters.begin(form=Form.REPLY, by=by, at=NOW, answers=message, words=f"{message.subject}: soon.")
    sent = letters.begin(form=Form.FORWARD, by=by, at=NOW, answers=message, to=[("", message.sender_email)])
    letters.send_off(sent, by=by, at=NOW, go_at=london(21))
    return {
        "draft": draft,
        "sent": sent,
        "bounce": Bounce.objects.create(letter=sent, email=message.sender_email, status="5.1.1", at=NOW),
    }


def forget(one: Side) -> None:
    """Let the client never have been."""
    of = {"client": one.client}
    Letter.objects.filter(**of).delete()
    for rows in (Promise.objects.filter(**of), Entry.objects.filter(**of), Conversation.objects.filter(**of)):
        rows.delete()
    Engagement.objects.filter(**of).delete()
    one.client.delete()


def viewers(studio: Studio) -> dict[str, Browser]:
    """A browser for each viewer; `walled` is kept from Cassini, `member` from nobody, `out` is signed out."""
    ivy = team.join(name="Ivy Hart", email="ivy@larkfield.example", office=studio.office, by=studio.ada, at=NOW)
    people: dict[str, Any] = {
        "owner": studio.ada, "lead": studio.bo, "member": ivy, "walled": studio.kit, "finance": studio.fin,
    }  # fmt: skip
    browsers = {name: Browser() for name in VIEWERS}
    for name, member in people.items():
        browsers[name].force_login(member, backend=BACKEND)
    return browsers
