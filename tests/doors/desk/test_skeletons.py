"""Skeletons in the settings: everybody reads them, leads write, change and retire them, and each has its way back."""

import pytest
from django.test import Client as Browser

from kept.ledgers.letters import skeletons
from kept.ledgers.letters.models import Skeleton
from kept.ledgers.team.models import Member
from tests.doors.desk.visiting import HOSTILE, main, signed_in
from tests.studio import NOW

TO = "/settings/skeletons/"
WORDS = "It moves to [the new day]."


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def bos(client: Browser, bo: Member) -> Browser:
    return signed_in(client, bo)


@pytest.fixture
def moved(bo: Member) -> Skeleton:
    return skeletons.make(name="A date moved", words=WORDS, by=bo, at=NOW)


def undo(browser: Browser) -> None:
    assert browser.post(browser.session["kept.undo"]["url"], {"undo": "1"}).status_code == 303


def test_a_skeleton_is_written_and_taken_back(bos: Browser) -> None:
    assert "No skeleton is written yet." in main(bos, TO)
    assert bos.post(TO, {"name": "A date moved", "words": WORDS}).status_code == 303
    assert Skeleton.objects.get().retired_at is None
    undo(bos)
    assert Skeleton.objects.get().retired_at is not None


def test_one_without_a_blank_is_refused_with_the_words_kept(bos: Browser) -> None:
    refused = bos.post(TO, {"name": "Canned", "words": "It moves."})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Leave at least one [blank]" in text
    assert "It moves." in text
    assert not Skeleton.objects.exists()


def test_it_is_changed_and_changed_back(bos: Browser, moved: Skeleton) -> None:
    bos.post(f"{TO}{moved.pk}/", {"name": "A date moved", "words": "Now it is [the new day]."})
    moved.refresh_from_db()
    assert moved.words == "Now it is [the new day]."
    undo(bos)
    moved.refresh_from_db()
    assert moved.words == WORDS


def test_it_is_offered_no_more_and_again(bos: Browser, moved: Skeleton) -> None:
    for _ in range(2):
        bos.post(f"{TO}{moved.pk}/retired/")
    assert "Offered no more" in main(bos, TO)
    undo_at = f"{TO}{moved.pk}/retired/"
    bos.post(undo_at, {"undo": "1"})
    moved.refresh_from_db()
    assert moved.retired_at is None


def test_a_member_reads_them_and_changes_none(kit: Member, moved: Skeleton) -> None:
    kits = signed_in(Browser(), kit)
    assert "A date moved" in main(kits, TO)
    assert "Offer it no more" not in main(kits, TO)
    for address in (TO, f"{TO}{moved.pk}/", f"{TO}{moved.pk}/retired/"):
        assert kits.post(address, {"name": "x", "words": WORDS}).status_code == 403


def test_blanks_are_marked_and_nothing_hostile_is_more_than_text(bos: Browser, bo: Member) -> None:
    skeletons.make(name=HOSTILE, words=f"{HOSTILE} [{HOSTILE}] [a day]", by=bo, at=NOW)
    text = main(bos, TO)
    assert "<script>alert" not in text
    assert "<mark>[a day]</mark>" in text
