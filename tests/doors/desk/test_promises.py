"""The promises page as its readers see it, and each of its acts with its way back."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs
from kept.ledgers.promises.models import Outcome, Promise
from kept.ledgers.team import keeping_hours
from kept.ledgers.team.models import Member
from kept.measures.promises import State
from kept.readings.calendars import offices
from kept.readings.promised import judged
from tests.acting import promised, wrote
from tests.studio import NOW, Studio, london

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HOSTILE = "<script>alert('x')</script>"
MADE, AT_THREE = london(1, "09:00"), london(20, "15:00")


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def bos(client: Browser, studio: Studio) -> Browser:
    return signed_in(client, studio.bo)


def signed_in(browser: Browser, member: Member) -> Browser:
    browser.force_login(member, backend=BACKEND)
    return browser


def main(browser: Browser, address: str = "/promises/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def said(studio: Studio, words: str = "The drafts", due: datetime = AT_THREE) -> Promise:
    return promised(studio.borealis, by=studio.kit, due=due, words=words, at=MADE, contact=studio.cleo)


def line(browser: Browser) -> dict[str, Any]:
    """What the foot of the page will say."""
    return dict(browser.session["kept.undo"])


def undo(browser: Browser) -> HttpResponse:
    return browser.post(line(browser)["url"], {"undo": "1"})  # type: ignore[return-value]


def typed(studio: Studio, **other: Any) -> dict[str, Any]:
    """A form of a new promise, filled in."""
    filled = {
        "client": studio.borealis.pk, "words": "You have it on Friday", "contact": studio.cleo.pk, "size": "normal",
        "day": "2026-10-23", "time": "", "by": studio.kit.pk,
    }  # fmt: skip
    return filled | other


# ------------------------------------------------------------ what the page says


def test_the_sentence_counts_what_is_late_what_is_due_and_what_was_kept(bos: Browser, studio: Studio) -> None:
    for day in (14, 15, 16):
        said(studio, f"late {day}", london(day))
    said(studio, "one", london(20, "15:00"))
    said(studio, "two", london(20, "17:00"))
    for words, day in (("kept", 9), ("kept late", 12)):
        verbs.keep(said(studio, words, london(9)), by=studio.kit, at=london(day, "09:00"))
    text = main(bos)
    assert "Three promises are late, <a" in text
    assert ">Cleo</a>’s first; two fall due today. <a" in text
    assert ">1 of 2</a> kept this quarter." in text


@pytest.mark.parametrize(
    ("dues", "sentence"),
    [
        ([], "No promise is open."),
        ([london(30)], "Nothing is late and nothing falls due today; one promise is open."),
        ([london(30), london(29)], "Nothing is late and nothing falls due today; two promises are open."),
        ([london(20, "15:00")], "What we promised Cleo falls due at 15:00."),
        ([london(20, "15:00"), london(20, "16:00")], "Two promises fall due today."),
        ([london(16)], "Our promise to Cleo is late."),
        ([london(1, "10:00")], "Our promise to Cleo is broken."),
        ([london(16), london(20, "15:00")], "Our promise to Cleo is late; the one to Cleo falls due at 15:00."),
    ],
)
def test_the_sentence_reads_well_for_none_one_and_many(
    bos: Browser, studio: Studio, dues: list[datetime], sentence: str
) -> None:
    for due in dues:
        said(studio, due=due)
    assert plain(main(bos)).startswith(sentence)


def plain(text: str) -> str:
    """The words of the h1."""
    heading = text.partition('<h1 class="opening">')[2].partition("</h1>")[0]
    while "<" in heading:
        before, _, rest = heading.partition("<")
        heading = before + rest.partition(">")[2]
    return heading


def test_a_filter_speaks_of_those_it_shows(bos: Browser, studio: Studio) -> None:
    said(studio, "kits", london(16))
    promised(studio.cassini, by=studio.bo, due=london(16), words="bos", at=MADE)
    promised(studio.cassini, by=studio.bo, due=london(15), words="bos too", at=MADE)
    assert plain(main(bos, "/promises/?by=me")).startswith("Two of your promises are late, Cassini’s first.")
    assert plain(main(bos, f"/promises/?by={studio.kit.pk}")).startswith("Kit’s promise to Cleo is late.")
    whose = f"/promises/?by={studio.fin.pk}&client={studio.borealis.pk}"
    assert "None of Fin’s promises to Borealis is open." in main(bos, whose)
    assert "bos too" not in main(bos, f"/promises/?client={studio.borealis.pk}")


def headings(text: str) -> list[str]:
    """The headings of the groups, each with its fact."""
    heads = [part.partition("</div>")[0] for part in text.split('scope="rowgroup"><div>')[1:]]
    return [" | ".join(piece.partition("</span>")[0] for piece in head.split("<span>")[1:]) for head in heads]


def test_each_group_says_one_fact(bos: Browser, studio: Studio) -> None:
    for n, due in enumerate(
        [london(16), london(1, "10:00"), AT_THREE, london(21), london(23), london(30), london(18, month=12)]
    ):
        said(studio, f"number {n}", due)
    assert headings(main(bos)) == [
        "Late or broken | two, the oldest due 19 days ago",
        "Today and tomorrow | the next in 5 h 20",
        "Later this week | one, not a large one",
        "Later | two, the last in December",
    ]


def test_before_a_weekend_what_is_near_reaches_until_monday(
    bos: Browser, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: london(23, "16:00"))
    said(studio, due=london(26, "17:00"))
    text = main(bos)
    assert headings(text) == ["Today until Monday | not today"]
    assert "due Monday" in text


@pytest.mark.parametrize(
    ("due", "kept", "words"),
    [
        (london(20, "09:00"), None, "late since 09:00"),
        (london(19), None, "late since yesterday"),
        (london(16), None, "late since Friday"),
        (london(1, "10:00"), None, "broken, due 19 days ago"),
        (AT_THREE, None, "5 h 20 left"),
        (london(21), None, "due tomorrow"),
        (london(22, "09:00"), None, "due Thursday"),
        (london(30), None, "open"),
        (london(19, "17:00"), london(19, "12:00"), "kept"),
        (london(19), london(18), "kept, a day early"),
        (london(19), london(16), "kept, three days early"),
        (london(19, "12:00"), london(19, "15:00"), "kept, hours late"),
        (london(15), london(16), "late by a day"),
        (london(1, "10:00"), london(19), "broken; done yesterday"),
    ],
)
def test_a_state_is_said_in_words(
    bos: Browser, studio: Studio, due: datetime, kept: datetime | None, words: str
) -> None:
    row = said(studio, due=due)
    if kept:
        verbs.keep(row, by=studio.kit, at=kept)
    assert f"<span>{words}</span>" in main(bos)


@pytest.mark.parametrize(
    ("due", "is_soon"),
    [(AT_THREE, True), (london(21), True), (london(22, "09:40"), True), (london(22, "09:41"), False)],
)
def test_soon_is_within_two_working_days_on_the_page_in_its_filter_and_on_today(
    bos: Browser, studio: Studio, due: datetime, is_soon: bool
) -> None:
    said(studio, due=due, words="The map")
    for address in ("/promises/", f"/clients/{studio.borealis.pk}/", "/"):
        assert ('<use href="#soon"' in main(bos, address)) is is_soon
    for address in ("/promises/?state=soon", "/"):
        assert ("The map" in main(bos, address)) is is_soon


def test_a_quarter_in_which_all_was_kept_says_all(bos: Browser, studio: Studio) -> None:
    for n in range(3):
        verbs.keep(said(studio, f"kept {n}", london(19)), by=studio.kit, at=london(16))
    assert ">All 3</a> kept this quarter." in main(bos)


def test_the_share_opens_to_the_rows_it_is_made_of(bos: Browser, studio: Studio) -> None:
    verbs.keep(said(studio, "kept", london(19)), by=studio.kit, at=london(16))
    said(studio, "broken", london(1, "10:00"))
    said(studio, "only open", london(30))
    text = main(bos, "/promises/?state=counted")
    assert "1 of 2 kept since 1 October; 16 to 84 in 100" in text
    assert text.index("“broken”") < text.index("“kept”")
    assert "a word of ours holds in" in text
    assert "The evidence is thin." in text
    assert "only open" not in text


def test_nothing_promised_is_said_kindly_with_the_way_to_begin(bos: Browser) -> None:
    text = main(bos)
    assert "Nothing is promised, so nothing can be forgotten." in text
    assert 'href="/promises/?new=1"' in text
    assert "No promise is like that just now." in main(bos, "/promises/?state=late")


def test_an_address_that_makes_no_sense_shows_everything(bos: Browser, studio: Studio) -> None:
    said(studio)
    assert "The drafts" in main(bos, "/promises/?by=x&state=nonsense&from=-4&client=")


def test_hostile_words_are_only_words(bos: Browser, studio: Studio) -> None:
    studio.borealis.name = HOSTILE
    studio.borealis.save()
    row = said(studio, HOSTILE)
    for address in ("/promises/", f"/promises/{row.pk}/", f"/promises/?new=1&client={studio.borealis.pk}"):
        assert HOSTILE not in main(bos, address)
    assert "&lt;script&gt;" in main(bos)


@pytest.mark.parametrize("many", [3, 60])
def test_twenty_queries_are_enough_however_long_the_history(
    bos: Browser, studio: Studio, django_assert_max_num_queries: Any, many: int
) -> None:
    for n in range(many):
        verbs.keep(said(studio, f"kept {n}", london(19)), by=studio.kit, at=london(16 + n % 4, "09:00"))
        row = said(studio, f"open {n}", london(22))
    message = wrote(studio.borealis, by=studio.cleo)
    verbs.move(row, to=london(30), by=studio.kit, at=london(19), agreed="Cleo, by mail")
    Promise.objects.update(source_noun="conversations.Message", source_id=message.pk)
    of = f"client={studio.borealis.pk}"
    for address in (
        "/promises/", f"/promises/{row.pk}/?{of}", f"/promises/?state=counted&{of}", "/promises/?state=settled&new=1",
        f"/promises/?new=1&{of}",
    ):  # fmt: skip
        with django_assert_max_num_queries(20):
            main(bos, address)


def test_the_second_fifty_are_one_link_away(bos: Browser, studio: Studio) -> None:
    for n in range(53):
        said(studio, f"open {n}", london(26, f"{n // 6 + 9:02d}:{n % 6}0"))
    first = main(bos)
    assert "1 to 50 of 53" in first
    assert "open 52" not in first
    assert 'href="/promises/?from=51"' in first
    assert "open 52" in main(bos, "/promises/?from=51")


def test_the_file_holds_every_row_and_starts_no_formula(bos: Browser, studio: Studio) -> None:
    for n in range(53):
        said(studio, f"open {n}", london(26))
    said(studio, "=HYPERLINK(1)", london(20, "15:00"))
    answer = bos.get("/promises/?as=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="promises-2026-10-20.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 54
    assert rows[0] == {
        "words": "'=HYPERLINK(1)", "by": "Kit Marsh", "to": "Cleo North", "client": "Borealis", "size": "normal",
        "made": "2026-10-01T09:00+01:00", "due": "2026-10-20T15:00+01:00", "state": "soon",
        "state in words": "5 h 20 left", "ended": "",
    }  # fmt: skip


# ------------------------------------------------------------ who may see it


def test_whoever_is_not_signed_in_is_asked_to(client: Browser, studio: Studio) -> None:
    row = said(studio)
    for address in ("/promises/", f"/promises/{row.pk}/", f"/promises/{row.pk}/keeping/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")
    assert client.post(f"/promises/{row.pk}/keeping/")["Location"].startswith("/account/login/")
    assert not Outcome.objects.exists()


def test_behind_a_wall_there_is_nothing_at_all(client: Browser, studio: Studio) -> None:
    row = promised(studio.cassini, by=studio.ada, due=london(16), words="secret", at=MADE)
    kits = signed_in(client, studio.kit)
    assert "No promise is open." in main(kits)
    assert "Cassini" not in main(kits, "/promises/?new=1")
    for act in ("", "keeping/", "moving/", "release/", "writing/"):
        assert kits.get(f"/promises/{row.pk}/{act}").status_code == 404
        assert kits.delete(f"/promises/{row.pk}/{act}").status_code == (404 if act else 405)
        assert kits.post(f"/promises/{row.pk}/{act}").status_code == (404 if act else 405)
    assert kits.get(f"/promises/?client={studio.cassini.pk}").status_code == 404
    assert kits.post("/promises/", typed(studio, client=studio.cassini.pk, contact="")).status_code == 404
    assert Promise.objects.count() == 1


def test_looking_changes_nothing(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    lines = Line.objects.count()
    for act in ("keeping/", "moving/", "release/", "writing/"):
        assert bos.get(f"/promises/{row.pk}/{act}")["Location"] == f"/promises/{row.pk}/"
    assert (Line.objects.count(), Outcome.objects.count()) == (lines, 0)


# ------------------------------------------------------------ one promise, opened


def test_one_promise_is_opened_in_its_place_with_its_three_acts(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    text = main(bos, f"/promises/{row.pk}/?state=soon")
    assert "Kit said so to Cleo on Thu 1 Oct." in text
    for words in ("Kept just now", "Move it with Cleo", "Cleo released it", "Nobody promised this: take it out"):
        assert words in text
    assert 'value="/promises/?state=soon"' in text


def test_before_it_moves_the_form_says_what_that_means(bos: Browser, studio: Studio) -> None:
    coming, late, broken = said(studio), said(studio, due=london(16)), said(studio, due=london(1, "10:00"))
    assert "Only with a yes from Cleo, and before today, 15:00." in main(bos, f"/promises/{coming.pk}/")
    assert "It fell due Fri 16 Oct, 09:40." in main(bos, f"/promises/{late.pk}/")
    assert "it still counts as late" in main(bos, f"/promises/{late.pk}/")
    assert "counts as broken" in main(bos, f"/promises/{broken.pk}/")


def test_the_message_it_was_said_in_is_one_click_away(bos: Browser, studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo)
    bos.post("/promises/", typed(studio, message=message.pk))
    row = Promise.objects.get()
    assert (row.source_noun, row.source_id) == ("conversations.Message", message.pk)
    conversation = reverse("desk:conversation", args=[message.conversation_id])
    assert f'href="{conversation}"' in main(bos, f"/promises/{row.pk}/")


def test_its_story_keeps_what_was_taken_back(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    bos.post(f"/promises/{row.pk}/keeping/")
    undo(bos)
    text = main(bos, f"/promises/{row.pk}/")
    assert "Kit promised it, due today, 15:00." in text
    assert '<del class="dim">Marked as kept.</del>' in text
    assert "Bo took that back." in text


def test_what_has_ended_can_be_taken_back_from_its_story(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    bos.post(f"/promises/{row.pk}/keeping/")
    outcome = Outcome.objects.get()
    text = main(bos, f"/promises/{row.pk}/")
    assert f'action="/promises/{row.pk}/keeping/?of={outcome.pk}"' in text
    assert "Kept just now</button>" not in text


# ------------------------------------------------------------ making one


def test_a_promise_is_made_for_the_close_of_the_office_and_said_back_in_full(bos: Browser, studio: Studio) -> None:
    answer = bos.post("/promises/", typed(studio, next="/promises/?client=1"))
    assert (answer.status_code, answer["Location"]) == (303, "/promises/?client=1")
    row = Promise.objects.get()
    assert (row.words, row.contact, row.by, row.due) == (
        "You have it on Friday", studio.cleo, studio.kit, london(23, "17:30"),
    )  # fmt: skip
    assert line(bos)["said"] == "Promised to Cleo, due Friday 23 October, 17:30:"
    assert Line.objects.get(verb="promises.promise").by_name == "Bo Field"


def test_a_time_is_read_in_the_members_own_office(bos: Browser, studio: Studio) -> None:
    studio.bo.office = keeping_hours.open_office(name="Hudson", zone="America/New_York", by=None, at=MADE)
    studio.bo.save()
    bos.post("/promises/", typed(studio, time="12:00"))
    assert Promise.objects.get().due == london(23, "17:00")


def test_a_day_off_takes_the_hour_at_which_the_office_last_closed(bos: Browser, studio: Studio) -> None:
    bos.post("/promises/", typed(studio, day="2026-10-25"))
    assert Promise.objects.get().due == london(25, "17:30")


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        ({"day": "2026-10-19"}, "Monday 19 October, 17:30 has passed. Choose a moment that is still to come."),
        ({"day": "2026-10-20", "time": "09:40"}, "Tuesday 20 October, 09:40 has passed."),
        ({"day": ""}, "Say by when."),
        ({"day": "9999-12-31", "time": "23:59"}, "Look at the year again"),
        ({"day": "Friday"}, "Write the day as 2026-10-23."),
        ({"time": "noon"}, "Write the time as 15:00."),
        ({"words": " "}, "Write the promise in the words it was said in."),
        ({"by": "99999"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_said_in_place_and_the_words_are_kept(
    bos: Browser, studio: Studio, other: dict[str, str], fault: str
) -> None:
    answer = bos.post("/promises/", typed(studio, **{"words": "Said with love", **other}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert fault in text
    assert ("Said with love" in text) == ("words" not in other)
    assert not Promise.objects.exists()


def test_nobody_of_another_client_and_nobody_kept_out_can_be_chosen(client: Browser, studio: Studio) -> None:
    adas = signed_in(client, studio.ada)
    text = main(adas, f"/promises/?new=1&client={studio.cassini.pk}")
    assert "Cora Vale" in text
    assert "Cleo North" not in text
    assert ">Kit Marsh</option>" not in text
    assert adas.post("/promises/", typed(studio, client=studio.cassini.pk, contact="")).status_code == 422
    assert adas.post("/promises/", typed(studio, contact=studio.cora.pk)).status_code == 422
    assert not Promise.objects.exists()


def test_without_a_client_one_chooses_to_whom_first(bos: Browser, studio: Studio) -> None:
    text = main(bos, "/promises/?new=1")
    assert "To whom is the promise?" in text
    assert f'href="/promises/?client={studio.borealis.pk}&amp;new=1"' in text
    form = main(bos, f"/promises/?new=1&client={studio.borealis.pk}")
    assert "A promise to Borealis" in form
    assert "Left empty, 17:30, when the office closes." in form
    assert f'<option value="{studio.cleo.pk}" selected>Cleo North</option>' in form


def test_the_same_form_sent_twice_makes_one_promise(bos: Browser, studio: Studio) -> None:
    for _ in range(2):
        assert bos.post("/promises/", typed(studio)).status_code == 303
    assert Promise.objects.count() == 1


def test_what_was_just_written_down_is_taken_out_again_once(bos: Browser, studio: Studio) -> None:
    bos.post("/promises/", typed(studio))
    address = line(bos)["url"]
    here = f"http://testserver/promises/{Promise.objects.get().pk}/"
    for _ in range(2):
        answer = bos.post(address, {"undo": "1"}, headers={"referer": here})
        assert (answer.status_code, answer["Location"]) == (303, "/promises/")
    assert not Promise.objects.exists()
    assert Line.objects.filter(verb="promises.withdraw").count() == 1


def test_what_something_has_come_of_is_not_taken_out(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    verbs.keep(row, by=studio.kit, at=NOW)
    bos.delete(f"/promises/{row.pk}/writing/")
    assert "take that back first" in line(bos)["said"]
    assert Promise.objects.exists()


# ------------------------------------------------------------ keeping, moving, releasing


def state(row: Promise) -> State:
    return judged(Promise.objects.filter(pk=row.pk), at=NOW, offices=offices())[0].judged.state


def test_it_is_kept_once_and_taken_back_once(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    for _ in range(2):
        assert bos.post(f"/promises/{row.pk}/keeping/").status_code == 303
    assert (state(row), Outcome.objects.count(), line(bos)["words"]) == (State.KEPT, 1, "“The drafts”")
    address = line(bos)["url"]
    for _ in range(2):
        assert bos.delete(address).status_code == 303
    assert (state(row), line(bos)["said"]) == (State.SOON, "That was taken back already.")


def test_an_old_undo_does_not_touch_what_was_done_since(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    bos.post(f"/promises/{row.pk}/keeping/")
    old = line(bos)["url"]
    undo(bos)
    bos.post(f"/promises/{row.pk}/keeping/")
    bos.post(old, {"undo": "1"})
    assert state(row) == State.KEPT


def test_without_a_name_the_newest_outcome_is_taken_back(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    bos.post(f"/promises/{row.pk}/keeping/")
    bos.delete(f"/promises/{row.pk}/keeping/")
    assert state(row) == State.SOON


def move(browser: Browser, row: Promise, **other: str) -> HttpResponse:
    filled = {"day": "2026-10-22", "time": "12:00", "because": "two figures", "how": "on the phone"}
    return browser.post(f"/promises/{row.pk}/moving/", filled | other)  # type: ignore[return-value]


def test_it_moves_with_their_yes_and_back(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    assert move(bos, row).status_code == 303
    outcome = Outcome.objects.get()
    assert (outcome.new_due, outcome.reason, outcome.agreed) == (
        london(22, "12:00"), "two figures", "Cleo North, on the phone",
    )  # fmt: skip
    assert line(bos)["said"] == "Moved to Thursday 22 October, 12:00:"
    undo(bos)
    row.refresh_from_db()
    assert row.due == london(20, "15:00")


def test_a_promise_that_moved_says_from_when_and_who_agreed(bos: Browser, studio: Studio) -> None:
    move(bos, said(studio))
    assert "from today, Cleo agreed" in main(bos)


def test_without_their_yes_the_old_day_stands(bos: Browser, studio: Studio) -> None:
    row = said(studio, due=london(22, "15:00"))
    move(bos, row, how="no", day="2026-10-30")
    assert Outcome.objects.get().agreed == ""
    assert "Cleo has not agreed to another day" in main(bos)


def test_moved_when_it_was_late_it_stays_late(bos: Browser, studio: Studio) -> None:
    row = said(studio, due=london(16))
    move(bos, row)
    assert state(row) == State.LATE
    assert "late, now for Thu 22 Oct" in main(bos)


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        ({"day": "2026-10-16"}, "has passed. Choose a moment that is still to come."),
        ({"day": ""}, "Say by when."),
        ({"how": ""}, "Say how they agreed, or that they have not yet."),
        ({"day": "2026-10-20", "time": "15:00"}, "That is the day it is due already."),
    ],
)
def test_a_move_that_cannot_be_is_explained_in_place(
    bos: Browser, studio: Studio, other: dict[str, str], fault: str
) -> None:
    row = said(studio)
    answer = move(bos, row, **other)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert fault in text
    assert 'value="two figures"' in text
    assert not Outcome.objects.exists()


def test_they_release_it_and_that_is_taken_back(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    bos.post(f"/promises/{row.pk}/release/", {"how": "by mail"})
    assert (state(row), Outcome.objects.get().agreed) == (State.RELEASED, "Cleo North, by mail")
    undo(bos)
    assert state(row) == State.SOON


def test_a_release_says_where_they_told_us(bos: Browser, studio: Studio) -> None:
    answer = bos.post(f"/promises/{said(studio).pk}/release/")
    assert answer.status_code == 422
    assert "Say where they told you." in answer.content.decode()


def test_what_has_ended_otherwise_is_not_ended_again(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    verbs.keep(row, by=studio.kit, at=NOW)
    bos.post(f"/promises/{row.pk}/release/", {"how": "by mail"})
    assert "take that back first" in line(bos)["said"]
    move(bos, row)
    assert "take that back before you move it" in line(bos)["said"]
    assert Outcome.objects.count() == 1


def test_a_form_from_elsewhere_is_refused_and_ours_carries_its_token(studio: Studio) -> None:
    row, strict = said(studio), Browser(enforce_csrf_checks=True)
    signed_in(strict, studio.bo)
    assert strict.post(f"/promises/{row.pk}/keeping/").status_code == 403
    text = main(strict, f"/promises/{row.pk}/") + main(strict, f"/promises/?new=1&client={studio.borealis.pk}")
    forms = [form for form in text.split("<form ")[1:] if 'method="post"' in form]
    assert len(forms) >= 5
    assert all("csrfmiddlewaretoken" in form.partition("</form>")[0] for form in forms)
