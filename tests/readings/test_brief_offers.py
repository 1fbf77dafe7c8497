"""What the brief says of sentences that sound like promises: one line a member, for two weeks, and gone with a yes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Contact
from kept.ledgers.promises import candidates
from kept.ledgers.promises.models import Candidate
from kept.ledgers.team.models import Member
from kept.ledgers.team.people import installation
from kept.readings.brief import brief
from kept.readings.brief_items import Item
from tests.acting import wrote
from tests.cast import NOW, Studio, london


def said(studio: Studio, words: str, *, by: Member, to: Contact, at: datetime = london(19, "15:00")) -> Candidate:  # noqa: B008
    message = wrote(to.client, by=by, text=words, at=at)
    return Candidate.objects.create(
        client=to.client, contact=to, by=by, words=words, due=london(23), source_noun="conversations.Message",
        source_id=message.pk, said_at=at,
    )  # fmt: skip


def offers(viewer: Member, **when: Any) -> list[Item]:
    return brief(viewer, **{"at": NOW} | when).of("candidate")


def test_without_any_nothing_is_said(studio: Studio) -> None:
    assert offers(studio.bo) == []


def test_one_is_said_with_its_reader(studio: Studio) -> None:
    row = said(studio, "I'll send it.", by=studio.bo, to=studio.cleo)
    (item,) = offers(studio.bo)
    assert item.what == "One sentence to Cleo sounds like a promise of yours."
    assert (item.place, item.late, item.due) == (("desk:noticed_row", row.pk), False, None)


def test_many_are_one_line(studio: Studio) -> None:
    noor = clients.meet(studio.borealis, name="Noor Vale", by=studio.ada, at=NOW)
    said(studio, "I'll send it.", by=studio.bo, to=studio.cleo)
    said(studio, "I'll call you.", by=studio.bo, to=noor, at=london(19, "14:00"))
    (item,) = offers(studio.bo)
    assert item.what == "Two sentences to Cleo and Noor sound like promises of yours."
    assert item.why == "None counts until somebody says yes."


def test_everybody_is_asked_about_their_own_words_alone(studio: Studio) -> None:
    said(studio, "I'll send it.", by=studio.bo, to=studio.cleo)
    assert offers(studio.ada) == offers(studio.kit) == []
    (item,) = offers(installation())
    assert item.what == "One sentence to Cleo sounds like a promise of ours."


def test_it_comes_last_and_no_count_knows_it(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"))
    before = brief(studio.bo, at=NOW)
    said(studio, "I'll send it.", by=studio.bo, to=studio.cleo, at=london(16))
    one = brief(studio.bo, at=NOW)
    assert [item.kind for item in one.items] == ["waiting", "candidate"]
    assert (one.counts, one.sentence) == (before.counts, before.sentence)


def test_after_two_weeks_nobody_is_asked_every_morning(studio: Studio) -> None:
    said(studio, "I'll send it.", by=studio.bo, to=studio.cleo, at=NOW - timedelta(days=14))
    assert offers(studio.bo) == []


@pytest.mark.parametrize("how", ["accept", "dismiss"])
def test_a_word_ends_it_and_a_replay_knows_when(studio: Studio, how: str) -> None:
    row = said(studio, "I'll send it.", by=studio.bo, to=studio.cleo)
    if how == "accept":
        candidates.accept(row, due=london(23), by=studio.bo, at=london(20, "09:00"))
    else:
        candidates.dismiss(row, by=studio.bo, at=london(20, "09:00"))
    assert offers(studio.bo) == []
    assert offers(studio.bo, replay=True) == []
    assert len(offers(studio.bo, at=london(20, "08:00"), replay=True)) == 1
    assert offers(studio.bo, at=london(19, "14:00"), replay=True) == []


def test_who_was_put_behind_a_wall_is_asked_no_more(studio: Studio) -> None:
    said(studio, "I'll send it.", by=studio.kit, to=studio.cora)
    assert offers(studio.kit) == []
