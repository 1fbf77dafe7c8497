"""Reviews: one a quarter, in the lead's own words, and links that keep showing what they showed."""

from datetime import date

import pytest

from kept.kit.rows import remove
from kept.ledgers.journal.models import Line
from kept.ledgers.letters import skeletons
from kept.ledgers.reviews import sharing
from kept.ledgers.reviews import verbs as reviews
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.reviews.sharing import Unwritten
from kept.ledgers.reviews.verbs import AlreadySent, Words
from tests.cast import NOW, Studio, london
from tests.ledgers.acts_of_reviews import JUDGED, QUARTER, SHOWN, begun, shared, written


def test_a_quarter_begins_on_its_first_day(studio: Studio) -> None:
    with pytest.raises(ValueError, match="No quarter begins on 2026-07-02"):
        reviews.begin(studio.borealis, quarter=date(2026, 7, 2), by=studio.bo, at=NOW)


def test_it_speaks_in_the_words_of_the_clients_lead_whoever_begins_it(studio: Studio) -> None:
    assert reviews.begin(studio.borealis, quarter=QUARTER, by=studio.ada, at=NOW).lead == studio.bo


@pytest.mark.parametrize(
    ("judgement", "why"),
    [
        ("", "Write your judgement first"),
        ("It was good.", "Write your judgement first"),
        (f"{JUDGED} We look forward to [what comes next].", r"Fill in \[what comes next\]"),
    ],
)
def test_it_is_not_shared_before_somebody_judged(judgement: str, why: str, studio: Studio) -> None:
    row = reviews.write(begun(studio), words=Words(judgement=judgement), by=studio.bo, at=NOW)
    with pytest.raises(Unwritten, match=why):
        sharing.share(row, content=SHOWN, by=studio.bo, at=NOW)
    assert not Share.objects.exists()


def test_the_words_of_a_skeleton_judge_nobody(studio: Studio) -> None:
    bones = skeletons.make(name="Review", words=f"{JUDGED} [what comes next]", by=studio.ada, at=NOW)
    type(bones).objects.filter(pk=bones.pk).update(words=f"  {JUDGED.upper()}\n")
    with pytest.raises(Unwritten, match="the words of a skeleton"):
        sharing.share(written(studio), content=SHOWN, by=studio.bo, at=NOW)


def test_nor_do_words_that_stand_in_another_review(studio: Studio) -> None:
    other = reviews.begin(studio.cassini, quarter=QUARTER, by=studio.ada, at=NOW)
    reviews.write(other, words=Words(judgement=JUDGED), by=studio.ada, at=NOW)
    with pytest.raises(Unwritten, match="stand in another review"):
        sharing.share(written(studio), content=SHOWN, by=studio.bo, at=NOW)


def test_a_link_shows_what_it_showed_when_it_was_made(studio: Studio) -> None:
    row = written(studio)
    _, token = sharing.share(row, content=SHOWN | {"said": "first"}, by=studio.bo, at=NOW)
    _, later = sharing.share(row, content=SHOWN | {"said": "second"}, by=studio.bo, at=NOW)
    found = [sharing.opened(each) for each in (token, later)]
    assert [(one.number, one.content["said"]) for one in found if one] == [(1, "first"), (2, "second")]


def test_a_closed_link_and_an_invented_one_open_nothing(studio: Studio) -> None:
    row, token = sharing.share(written(studio), content=SHOWN, by=studio.bo, at=NOW)
    sharing.revoke(row, by=studio.bo, at=NOW)
    assert (sharing.opened(token), sharing.opened("invented"), sharing.opened("")) == (None, None, None)
    sharing.reopen(row, by=studio.bo, at=NOW)
    assert sharing.opened(token) == row


def test_no_token_is_kept_anywhere_and_the_journal_holds_no_hash(studio: Studio) -> None:
    row, token = sharing.share(written(studio), content=SHOWN, by=studio.bo, at=NOW)
    sharing.take_back(row, by=studio.bo, at=NOW)
    told = "".join(str((line.said, line.facts)) for line in Line.objects.filter(verb__startswith="reviews."))
    assert token not in told
    assert row.hashed not in told


def test_what_was_sent_is_not_taken_out(studio: Studio) -> None:
    row = shared(studio)
    with pytest.raises(AlreadySent):
        reviews.take_out(row.review, by=studio.bo, at=NOW)
    assert Review.objects.count() == 1


def test_only_the_last_writing_is_taken_back_however_often_one_asks(studio: Studio) -> None:
    row = written(studio)
    for words in ("First I thought this.", "Then I thought that."):
        reviews.write(row, words=Words(judgement=words), by=studio.bo, at=london(18))
    for _ in range(2):
        reviews.unwrite(row, by=studio.bo, at=london(19))
    assert row.judgement == "First I thought this."
    assert not row.picks.exists()


def test_a_novel_is_refused_and_nothing_is_changed(studio: Studio) -> None:
    row = written(studio)
    with pytest.raises(ValueError, match="Nothing was changed"):
        reviews.write(row, words=Words(ahead="word " * 2000), by=studio.bo, at=NOW)
    row.refresh_from_db()
    assert row.judgement == JUDGED


def test_what_was_taken_out_elsewhere_stays_out(studio: Studio) -> None:
    row = begun(studio)
    assert remove(Review.objects.get(pk=row.pk))
    with pytest.raises(Review.DoesNotExist):
        reviews.write(row, words=Words(judgement=JUDGED), by=studio.bo, at=NOW)
