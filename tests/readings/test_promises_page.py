"""The promises page: its groups, its filters, its pages, and the share that was kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.promises import verbs
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.team import keeping_hours
from kept.ledgers.team.models import Member
from kept.measures.promises import State
from kept.readings.calendars import offices
from kept.readings.promise_story import promise_story
from kept.readings.promised import judged
from kept.readings.promises_kept import quarter_of
from kept.readings.promises_listed import PAGE, Wanted
from kept.readings.promises_page import Promises, promises_page
from tests.acting import promised
from tests.studio import LONDON, NOW, Studio, london

MADE = london(14, "09:00", month=9)


def page(viewer: Member, *, at: datetime = NOW, everything: bool = False, **wanted: Any) -> Promises:
    return promises_page(viewer, at=at, wanted=Wanted(**wanted), offices=offices(), everything=everything)


def said(
    studio: Studio, words: str, due: datetime, *, by: Member | None = None, kept: datetime | None = None
) -> Promise:
    row = promised(studio.borealis, by=by or studio.kit, due=due, words=words, at=MADE, contact=studio.cleo)
    if kept:
        verbs.keep(row, by=row.by, at=kept)
    return row


def rows(found: Promises) -> dict[str, list[str]]:
    return {group.key: [one.promise.words for one in group.rows] for group in found.groups}


def test_promises_are_grouped_by_when_they_fall_due(studio: Studio) -> None:
    for words, due in {
        "late": london(16), "broken": london(1), "today": london(20, "15:00"), "tomorrow": london(21, "17:30"),
        "friday": london(23, "17:30"), "next week": london(26, "09:00"),
    }.items():  # fmt: skip
        said(studio, words, due)
    said(studio, "kept", london(19), kept=london(18))
    assert rows(page(studio.bo)) == {
        "late": ["broken", "late"], "near": ["today", "tomorrow"], "week": ["friday"], "later": ["next week"],
        "lately": ["kept"],
    }  # fmt: skip


def test_on_a_friday_what_falls_due_on_monday_is_near(studio: Studio) -> None:
    said(studio, "monday", london(26, "12:00"))
    said(studio, "tuesday", london(27, "12:00"))
    assert rows(page(studio.bo, at=london(23, "10:00"))) == {"near": ["monday"], "later": ["tuesday"]}


def test_the_day_is_the_readers_own(studio: Studio) -> None:
    # half past midnight in London is still the evening before in New York
    said(studio, "after midnight", london(22, "00:30"))
    assert rows(page(studio.bo)) == {"week": ["after midnight"]}
    studio.bo.office = keeping_hours.open_office(name="Hudson", zone="America/New_York", by=None, at=NOW)
    studio.bo.save()
    assert rows(page(studio.bo)) == {"near": ["after midnight"]}


def test_a_promise_moved_without_a_yes_stays_late_on_its_first_day(studio: Studio) -> None:
    row = said(studio, "slipped", london(16))
    verbs.move(row, to=london(30), by=studio.kit, at=london(15), agreed="")
    assert rows(page(studio.bo)) == {"late": ["slipped"]}
    agreed = said(studio, "moved in time", london(16))
    verbs.move(agreed, to=london(30), by=studio.kit, at=london(15), agreed="Cleo, by mail")
    assert rows(page(studio.bo))["later"] == ["moved in time"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("late", ["late"]),
        ("soon", ["today"]),
        ("moved", ["moved"]),
        ("settled", ["kept"]),
        ("", ["late", "today", "moved", "kept"]),
    ],
)
def test_a_state_narrows_the_page_to_its_rows(studio: Studio, state: str, words: list[str]) -> None:
    said(studio, "late", london(16))
    said(studio, "today", london(20, "15:00"))
    moved = said(studio, "moved", london(22))
    verbs.move(moved, to=london(30), by=studio.kit, at=london(19), agreed="Cleo, by mail")
    said(studio, "kept", london(19), kept=london(18))
    assert [one for group in rows(page(studio.bo, state=state)).values() for one in group] == words


def test_a_person_and_a_client_narrow_the_rows_the_counts_and_the_share(studio: Studio) -> None:
    said(studio, "kits", london(16))
    said(studio, "bos", london(16), by=studio.bo)
    said(studio, "bo kept", london(19), by=studio.bo, kept=london(18))
    promised(studio.cassini, by=studio.bo, due=london(16), words="to cassini", at=MADE)
    found = page(studio.bo, by=studio.bo.pk, client=studio.borealis.pk)
    assert rows(found) == {"late": ["bos"], "lately": ["bo kept"]}
    assert (found.stands, found.late, found.tally.kept, found.tally.settled) == (1, 1, 1, 1)
    assert found.makers == {studio.kit.pk, studio.bo.pk}


def test_behind_a_wall_nothing_is_listed_counted_or_named(studio: Studio) -> None:
    for kept in (None, london(18)):
        row = promised(studio.cassini, by=studio.ada, due=london(19), words="secret", at=MADE)
        if kept:
            verbs.keep(row, by=studio.ada, at=kept)
    found = page(studio.kit)
    assert (found.groups, found.stands, found.late, found.tally.settled, found.makers) == ((), 0, 0, 0, frozenset())
    assert page(studio.ada).tally.settled == 1


def test_the_first_late_and_the_first_due_today_are_named_even_where_they_are_not_listed(studio: Studio) -> None:
    said(studio, "late", london(16))
    said(studio, "today", london(20, "15:00"))
    found = page(studio.bo, state="settled")
    assert found.first_late is not None
    assert found.first_today is not None
    assert (found.first_late.promise.words, found.first_today.promise.words, found.today) == ("late", "today", 1)


def test_fifty_rows_make_a_page_and_the_opened_row_is_on_it(studio: Studio) -> None:
    all_of_them = [said(studio, f"number {n}", london(26) + timedelta(minutes=n)) for n in range(PAGE + 3)]
    first = page(studio.bo)
    assert (len(first.groups[0].rows), first.groups[0].size, first.listed, first.start) == (PAGE, PAGE + 3, PAGE + 3, 0)
    second = page(studio.bo, opened=all_of_them[-1].pk)
    assert (second.start, len(second.groups[0].rows)) == (PAGE, 3)
    assert second.row(all_of_them[-1].pk) is not None
    assert len(page(studio.bo, everything=True).groups[0].rows) == PAGE + 3


def test_an_opened_promise_that_is_not_listed_stands_on_top(studio: Studio) -> None:
    old = said(studio, "long ago", london(2, month=9), kept=london(1, month=9))
    for n in range(6):
        said(studio, f"kept {n}", london(19), kept=london(18))
    assert next(iter(rows(page(studio.bo, opened=old.pk)).items())) == ("opened", ["long ago"])


def test_the_group_says_its_first_and_last_day_and_how_many_are_large(studio: Studio) -> None:
    said(studio, "a", london(26))
    row = said(studio, "b", london(18, month=12))
    Promise.objects.filter(pk=row.pk).update(size=Size.MAJOR)
    (group,) = page(studio.bo).groups
    assert (group.earliest, group.latest, group.major) == (london(26), london(18, month=12), 1)


def settled(studio: Studio) -> set[str]:
    """One of every way a promise can be settled, or not be, this quarter; those that count, by name."""
    cleo, kit = "Cleo, by mail", studio.kit
    said(studio, "kept", london(12), kept=london(9))
    said(studio, "kept late", london(12), kept=london(13))
    said(studio, "kept late, due last quarter", london(29, month=9), kept=london(2))
    said(studio, "broken before the quarter", london(1, month=9), kept=london(2))
    said(studio, "broken in the quarter, done since", london(18, month=9), kept=london(16))
    said(studio, "kept before the quarter", london(29, month=9), kept=london(28, month=9))
    said(studio, "open and broken", london(1))
    said(studio, "open and broken before the quarter", london(1, month=9) + timedelta(days=14))
    said(studio, "only late", london(16))
    moved = said(studio, "moved in time and kept", london(9))
    verbs.move(moved, to=london(16), by=kit, at=london(8), agreed=cleo)
    verbs.keep(moved, by=kit, at=london(15))
    slipped = said(studio, "moved without a yes and kept", london(9))
    verbs.move(slipped, to=london(16), by=kit, at=london(8), agreed="")
    verbs.keep(slipped, by=kit, at=london(15))
    verbs.release(said(studio, "released", london(16)), by=kit, at=london(9), agreed=cleo)
    verbs.release(said(studio, "released late", london(12)), by=kit, at=london(14), agreed=cleo)
    verbs.release(said(studio, "released when broken", london(24, month=9)), by=kit, at=london(14), agreed=cleo)
    return {
        "kept", "kept late", "kept late, due last quarter", "broken in the quarter, done since", "open and broken",
        "moved in time and kept", "moved without a yes and kept", "released when broken",
    }  # fmt: skip


def test_the_count_of_the_quarter_is_what_judging_every_row_gives(studio: Studio) -> None:
    names = settled(studio)
    since = quarter_of(NOW, LONDON)
    slowly = [
        one
        for one in judged(Promise.objects.all(), at=NOW, offices=offices())
        if one.judged.settled_at and one.judged.settled_at >= since
    ]
    # what broke on the 15th of September plus ten working days settled on the 29th of September
    assert {one.promise.words for one in slowly} == names
    tally = page(studio.bo).tally
    assert (tally.kept, tally.settled) == (sum((one.judged.worth or 0) >= 0.8 for one in slowly), len(slowly))
    assert (tally.kept, tally.settled) == (2, 8)


def test_the_share_opens_to_its_rows_those_not_kept_first(studio: Studio) -> None:
    names = settled(studio)
    found = page(studio.bo, state="counted")
    listed = rows(found)["counted"]
    assert set(listed) == names
    assert set(listed[-2:]) == {"kept", "moved in time and kept"}
    assert found.share is not None
    assert (found.share.kept, found.share.n) == (found.tally.kept, found.tally.settled)


def test_nothing_settled_is_no_share_of_anything(studio: Studio) -> None:
    found = page(studio.bo, state="counted")
    assert (found.tally.settled, found.tally.interval.low, found.tally.interval.high) == (0, 0.0, 1.0)
    assert (found.share, found.groups) == (None, ())


@pytest.mark.parametrize(("month", "first"), [(1, 1), (3, 1), (4, 4), (6, 4), (9, 7), (12, 10)])
def test_a_quarter_begins_with_its_first_month(month: int, first: int) -> None:
    assert quarter_of(london(20, month=month), LONDON) == london(1, "00:00", month=first)


@pytest.mark.parametrize("many", [2, 60])
@pytest.mark.parametrize("state", ["", "settled", "counted"])
def test_ten_queries_find_it_all_whatever_the_history(
    studio: Studio, django_assert_max_num_queries: Any, many: int, state: str
) -> None:
    for n in range(many):
        row = said(studio, f"kept {n}", london(19), kept=london(18 if n % 2 else 20, "09:00"))
        said(studio, f"late {n}", london(16))
        if n % 3 == 0:
            verbs.move(said(studio, f"moved {n}", london(22)), to=london(30), by=row.by, at=london(19), agreed="Cleo")
    house, wanted = offices(), Wanted(state=state)
    with django_assert_max_num_queries(10):
        promises_page(studio.bo, at=NOW, wanted=wanted, offices=house)


def test_the_story_tells_what_happened_and_what_was_taken_back(studio: Studio) -> None:
    row = said(studio, "twice", london(22))
    verbs.move(row, to=london(30), by=studio.kit, at=london(15), agreed="Cleo, by mail", reason="the printer")
    kept = verbs.keep(row, by=studio.kit, at=london(16))
    verbs.take_back(kept, by=studio.bo, at=london(17))
    row.refresh_from_db()
    verbs.release(row, by=studio.ada, at=london(19), agreed="Cleo, in person")
    (one,) = judged(Promise.objects.all(), at=NOW, offices=offices())
    assert one.judged.state == State.RELEASED
    steps = promise_story(one)
    assert [(step.kind, step.by, step.taken_back) for step in steps] == [
        ("made", "Kit", False), ("moved", "Kit", False), ("kept", "", True), ("taken_back", "Bo", False),
        ("released", "Ada", False),
    ]  # fmt: skip
    assert (steps[1].was_due, steps[1].new_due, steps[1].agreed, steps[1].reason) == (
        london(22), london(30), "Cleo, by mail", "the printer",
    )  # fmt: skip


def test_the_story_of_another_promise_is_not_told(studio: Studio) -> None:
    verbs.take_back(verbs.keep(said(studio, "other", london(22)), by=studio.kit, at=london(16)), by=studio.bo, at=NOW)
    quiet = said(studio, "quiet", london(22))
    (one,) = judged(Promise.objects.filter(pk=quiet.pk), at=NOW, offices=offices())
    assert [step.kind for step in promise_story(one)] == ["made"]
