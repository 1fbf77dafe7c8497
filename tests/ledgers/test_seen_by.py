"""Who may know of what: of a client behind a wall, those kept out see nothing in any ledger; all else they see."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db.models import QuerySet
from pytest_django import DjangoDbBlocker

from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Dismissal, Hold, LockKind, Sign, SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Contact, Tie, TieKind
from kept.ledgers.conversations.models import Conversation, Message, Request
from kept.ledgers.deliverables.models import Deliverable
from kept.ledgers.engagements.models import Engagement, Replacement
from kept.ledgers.hours.models import Entry
from kept.ledgers.letters.models import Letter
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.models import Variation
from kept.ledgers.pledges.verbs import Difference
from kept.ledgers.promises.models import Candidate, Promise
from kept.ledgers.pulses.models import Answer, FollowUp, Invitation, Skip, Wish
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.reckoning.models import AlarmSeen, RowSetAside
from kept.ledgers.reflections import verbs as reflections
from kept.ledgers.reflections.models import Kind, Reflection
from kept.ledgers.reviews import verbs as reviews
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.team import people, walls
from kept.ledgers.team.models import Member
from kept.ledgers.touches.models import Meeting
from tests.cast import NOW, Studio, london, promised, sold, worked, wrote
from tests.ledgers.acts_of_pulses import ask_how_it_felt
from tests.ledgers.acts_of_reflections import HAPPENED, LEARNED
from tests.ledgers.acts_of_served import serve
from tests.ledgers.telling import LEDGERS
from tests.pledging import pledged
from tests.shared_rows import made_for_all
from tests.studio import set_up_studio

CLIENT_OF = {
    Reflection: "client__name",
    Client: "name",
    Contact: "client__name",
    Tie: "to__client__name",
    Engagement: "client__name",
    Entry: "client__name",
    Conversation: "client__name",
    Message: "conversation__client__name",
    Request: "message__conversation__client__name",
    Promise: "client__name",
    Candidate: "client__name",
    Review: "client__name",
    Share: "review__client__name",
    Sign: "client__name",
    Dismissal: "client__name",
    Hold: "client__name",
    Variation: "client__name",
    Invitation: "client__name",
    Answer: "client__name",
    FollowUp: "answer__client__name",
    Skip: "client__name",
    Wish: "contact__client__name",
    Meeting: "client__name",
    Deliverable: "client__name",
    Bill: "client__name",
    Surprise: "bill__client__name",
    RowSetAside: "client__name",
    AlarmSeen: "client__name",
    Replacement: "promised__engagement__client__name",
}


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Studio]:
    with made_for_all(django_db_blocker, _busy) as made:
        yield made


@pytest.fixture
def busy(whole: Studio, db: None) -> Studio:
    """Both clients with a row in every ledger, and a stranger who wrote."""
    return deepcopy(whole)


def _busy() -> Studio:
    studio = set_up_studio()
    varied = {
        "sentence": pledged(studio).sentences.get(measure="bills"),
        "difference": Difference(left_out=True),
        "since": NOW.date(),
        "reason": "they never ask",
    }
    for client, contact in ((studio.borealis, studio.cleo), (studio.cassini, studio.cora)):
        message = wrote(client, by=contact)
        Request.objects.create(message=message, words="Could you send the new drafts?", probability=0.9)
        promised(client, by=studio.ada, due=london(23), contact=contact)
        work = sold(client, by=studio.ada)
        worked(client, member=studio.ada, day=NOW.date(), engagement=work)
        Candidate.objects.create(
            client=client, by=studio.ada, words="soon", source_noun="conversations.Message", source_id=message.pk,
            said_at=NOW,
        )  # fmt: skip
        reflections.reflect(client, kind=Kind.DELIGHT, after=HAPPENED, learned=LEARNED, by=studio.ada, at=NOW)
        pledges.vary(client, **varied, by=studio.ada, at=NOW)
        choices.note(client, kind=SignKind.PRAISED, seen_at=NOW, by=studio.ada, at=NOW)
        said = {"kind": SignKind.PRAISED, "source": ("conversations.Message", message.pk)}
        choices.dismiss(client, **said, by=studio.ada, at=NOW)
        choices.tie(client, lock=LockKind.NOTICE, since=NOW.date(), by=studio.ada, at=NOW)
        review = reviews.begin(client, quarter=date(2026, 7, 1), by=studio.ada, at=NOW)
        Share.objects.create(review=review, number=1, hashed=client.name, by=studio.ada, at=NOW, content={})
        ask_how_it_felt(client, contact=contact, by=studio.ada)
        serve(client, work=work, by=studio.ada, instead=studio.bo)
        aside = {"stream": "promise", "row": 1, "reason": "odd", "until": london(30)}
        reckoning.set_aside(client, **aside, by=studio.ada, at=NOW)
        reckoning.see_alarm(client, part="merit", by=studio.ada, at=NOW)
        other = clients.meet(client, name="Another", by=studio.ada, at=NOW)
        clients.tie(other, to=contact, kind=TieKind.OTHER, by=studio.ada, at=NOW)
    clients.tie(studio.cora, to=studio.cleo, kind=TieKind.FRIEND_OF, by=studio.ada, at=NOW)
    wrote(None, by=studio.zed)
    return studio


def seen(model: Any, viewer: Member) -> set[str | None]:
    rows: QuerySet[Any] = model.objects.seen_by(viewer)
    return set(rows.values_list(CLIENT_OF[model], flat=True))


def test_every_ledger_of_clients_says_who_sees_it() -> None:
    having = {
        model
        for label in LEDGERS
        for model in apps.get_app_config(label).get_models()
        if hasattr(model._default_manager.all(), "seen_by")
    }
    # mailboxes are ours; who sees letters, which are drafts before they go, is shown in test_letters
    assert having - {Mailbox, Letter} == set(CLIENT_OF)


@pytest.mark.parametrize("model", CLIENT_OF, ids=lambda model: model.__name__)
@pytest.mark.parametrize("role", ["owner", "lead", "member", "finance"])
def test_only_who_is_kept_out_sees_nothing_of_a_walled_client(model: Any, role: str, busy: Studio) -> None:
    strangers = {None} if model in {Conversation, Message} else set()
    walled = set() if role == "member" else {"Cassini"}
    assert seen(model, busy.people[role]) == {"Borealis"} | walled | strangers


@pytest.mark.parametrize("model", CLIENT_OF, ids=lambda model: model.__name__)
def test_once_let_in_the_member_sees_it_too(model: Any, busy: Studio) -> None:
    walls.let_in(busy.wall, member=busy.kit, by=busy.ada, at=NOW)
    assert "Cassini" in seen(model, busy.kit)


@pytest.mark.parametrize("model", CLIENT_OF, ids=lambda model: model.__name__)
def test_the_installation_sees_all(model: Any, busy: Studio) -> None:
    assert seen(model, people.installation()) >= {"Borealis", "Cassini"}


def test_a_tie_is_hidden_when_either_end_is_behind_the_wall(busy: Studio) -> None:
    assert [tie.of.client.name for tie in Tie.objects.seen_by(busy.kit)] == ["Borealis"]


def test_no_row_is_seen_twice_by_who_is_kept_out_of_several_walls(busy: Studio) -> None:
    walls.raise_wall(name="Another wall", keep_out=[busy.kit], by=busy.ada, at=NOW)
    assert Promise.objects.seen_by(busy.kit).count() == 1
    assert Entry.objects.seen_by(busy.kit).get().seconds == Decimal(3600)
