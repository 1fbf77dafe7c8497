"""Today as each of the firm sees it: whom to serve, how our word held; and nothing behind a wall shines through."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.doors.desk.today import SHOWN, SHOWN_ASIDE, fitting
from kept.doors.desk.today_words import left_out
from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.engagements.models import Kind
from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise
from kept.ledgers.team import verbs as team
from kept.readings import budgets, overservice
from kept.readings.brief import brief
from kept.readings.pledge_words import pledge_words
from tests.acting import promised, sold, worked, wrote
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    budgets._kept.cache_clear()
    overservice._kept.cache_clear()


def a_full_morning(studio: Studio) -> Promise:
    """Somebody of each kind: a client who waits, a stranger, a promise for this afternoon, a retainer running over."""
    wrote(studio.borealis, by=studio.cleo, at=london(19, "14:00"), text="Where are the drafts for the launch?")
    wrote(None, by=studio.zed, at=london(20, "09:10"), text="Do you make websites for bakeries?")
    overworked(studio, studio.borealis)
    return promised(
        studio.borealis, by=studio.bo, due=london(20, "15:00"), words="The drafts by three", contact=studio.cleo,
        at=london(19),
    )  # fmt: skip


def overworked(studio: Studio, client: Any, hours: float = 60) -> None:
    care = sold(client, by=studio.ada, name="Care", kind=Kind.RETAINER, hours=40, fee=4000, starts=date(2026, 7, 1))
    for day in (2, 9, 16, 19):
        worked(client, engagement=care, member=studio.ada, day=date(2026, 10, day), hours=hours / 4)


def test_the_morning_of_the_one_who_leads_it(client: Browser, studio: Studio) -> None:
    a_full_morning(studio)
    text = main(signed_in(client, studio.bo), "/")
    assert "Tuesday 20 October, 09:40" in text
    assert "Good morning, Bo. " in text
    assert "Two people are waiting for you, " in text
    assert "“Where are the drafts for the launch?”" in text
    assert "10 min past our pledge" in text
    assert "our pledge: a person answers within 4 working hours" in text
    assert "“The drafts by three”" in text
    assert "today, 15:00" in text
    assert "over by 20 h already" in text
    assert "“Do you make websites for bakeries?”" in text


def test_an_answer_begun_from_here_opens_where_its_words_are_typed(client: Browser, studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, at=london(19, "14:00"))
    text = main(signed_in(client, studio.bo), "/")
    assert f'href="/inbox/{asked.conversation_id}/#words" data-act="reply"' in text
    assert f'href="/inbox/{asked.conversation_id}/" data-open' in text


def test_nothing_to_do_is_a_good_moment(client: Browser, studio: Studio) -> None:
    text = main(signed_in(client, studio.bo), "/")
    assert "Nobody is waiting for you; a good moment for a call that isn’t about work." in text
    assert "No client is waiting for you." in text
    assert "None of your promises falls due in the next two working days." in text
    assert "No stranger is waiting for you." in text
    assert "kept this quarter" not in text
    assert "chart" not in text


def test_what_a_colleague_promised_is_not_denied_to_whom_it_does_not_concern(client: Browser, studio: Studio) -> None:
    promised(studio.cassini, by=studio.ada, due=london(20, "15:00"), at=london(19))
    text = main(signed_in(client, studio.bo), "/")
    assert "None of your promises falls due in the next two working days." in text
    assert "we promised" not in text
    assert "None of your promises" not in main(signed_in(client, studio.ada), "/")


@pytest.mark.parametrize(("many", "said"), [(1, "One stranger does"), (2, "Two strangers do")])
def test_while_a_stranger_waits_it_is_no_good_moment_for_anything_else(
    client: Browser, studio: Studio, many: int, said: str
) -> None:
    for number in range(many):
        wrote(None, by=f"stranger{number}@elsewhere.example", at=london(20, "09:10"), text="Do you make websites?")
    text = main(signed_in(client, studio.bo), "/")
    assert "No client is waiting for you." in text
    assert f"{said}: answered like everyone." in text
    assert "A good moment" not in text
    assert "No client is waiting." in main(signed_in(client, studio.ada), "/")


def test_a_promise_is_kept_from_here_and_taken_back(client: Browser, studio: Studio) -> None:
    row = a_full_morning(studio)
    address = f"/promises/{row.pk}/keeping/"
    assert f'action="{address}"' in main(signed_in(client, studio.bo), "/")
    answer = post(client, address)
    assert (answer.status_code, answer["Location"]) == (303, "http://testserver/")
    text = main(client, "/")
    assert "Kept just now:" in text
    assert "None of your promises falls due" in text
    post(client, address, undo="1")
    assert "“The drafts by three”" in main(client, "/")


def kept_and_late(studio: Studio) -> None:
    """Of Bo's four that settled this quarter three were kept, one of them moved with a yes; Kit kept one."""
    for number in range(3):
        due = london(8 + number, "17:00")
        row = promised(studio.borealis, by=studio.bo, due=due, words=f"Part {number}", at=london(1))
        if number == 1:
            promises.move(row, to=london(12, "17:00"), by=studio.bo, at=london(8), agreed="Cleo, by phone")
        promises.keep(row, by=studio.bo, at=london(11 if number == 1 else 8, "10:00"))
    promised(studio.borealis, by=studio.bo, due=london(1, "17:00"), words="Long gone", at=london(1, month=9))
    last = promised(studio.borealis, by=studio.kit, due=london(9), words="Kit's own", at=london(1))
    promises.keep(last, by=studio.kit, at=london(8))
    older = promised(studio.borealis, by=studio.bo, due=london(9, month=9), words="Summer", at=london(1, month=9))
    promises.keep(older, by=studio.bo, at=london(8, month=9))


def test_it_says_how_our_word_held_this_quarter_and_opens_the_rows(client: Browser, studio: Studio) -> None:
    kept_and_late(studio)
    text = main(signed_in(client, studio.ada), "/")
    assert '<a href="/promises/?state=counted">4 of 5 kept this quarter</a>' in text
    assert main(client, "/promises/?state=counted").count("data-row") == 5


def test_to_a_lead_it_says_how_their_own_word_held(client: Browser, studio: Studio) -> None:
    kept_and_late(studio)
    text = main(signed_in(client, studio.bo), "/")
    address = f"/promises/?by={studio.bo.pk}&amp;state=counted"
    assert f'<a href="{address}">3 of your 4 kept this quarter</a>' in text
    assert main(client, address.replace("&amp;", "&")).count("data-row") == 4


def test_the_count_is_the_one_the_promises_page_gives(client: Browser, studio: Studio) -> None:
    kept_and_late(studio)
    released = promised(studio.borealis, by=studio.bo, due=london(16), words="No longer wanted", at=london(1))
    promises.release(released, by=studio.bo, at=london(15), agreed="Cleo, by mail")
    slipped = promised(studio.borealis, by=studio.bo, due=london(7), words="Slipped", at=london(1))
    promises.move(slipped, to=london(15), by=studio.bo, at=london(6))
    promises.keep(slipped, by=studio.bo, at=london(14))
    assert "4 of 6 kept this quarter" in main(signed_in(client, studio.ada), "/")
    assert ">4 of 6</a> kept this quarter." in main(client, "/promises/")


def test_what_was_moved_far_away_without_a_yes_is_late_today(client: Browser, studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(16), words="The slipped one", at=london(1))
    promises.move(row, to=london(16, month=12), by=studio.bo, at=london(15))
    assert "“The slipped one”" in main(signed_in(client, studio.bo), "/")


def test_a_pledge_of_a_clients_own_is_said_beside_the_firms(client: Browser, studio: Studio) -> None:
    clients.change(studio.borealis, pledge_minutes=120, by=studio.ada, at=NOW)
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    text = main(signed_in(client, studio.bo), "/")
    assert "a person answers within 4 working hours, 2 for Borealis" in text


@pytest.mark.parametrize(
    ("firm", "own", "said"),
    [
        (60, None, "within 1 working hour"),
        (90, None, "within 1.5 working hours"),
        (20, None, "within 20 working minutes"),
        (240, 30, "within 4 working hours, 30 working minutes for Borealis"),
    ],
)
def test_a_pledge_is_said_in_the_unit_it_is_kept_in(studio: Studio, firm: int, own: int | None, said: str) -> None:
    team.change_firm(studio.firm, pledge_minutes=firm, by=studio.ada, at=NOW)
    clients.change(studio.borealis, pledge_minutes=own, by=studio.ada, at=NOW)
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    assert pledge_words(brief(studio.bo, at=NOW)) == f"our pledge: a person answers {said}"


def test_hostile_words_stay_words(client: Browser, studio: Studio) -> None:
    wrote(None, by=studio.zed, at=london(20, "09:00"), subject=HOSTILE, text=HOSTILE)
    studio.cleo.name = f"{HOSTILE} North"
    studio.cleo.save()
    clients.change(studio.borealis, name=HOSTILE, by=studio.ada, at=NOW)
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), text=HOSTILE)
    promised(studio.borealis, by=studio.bo, due=london(20, "15:00"), words=HOSTILE, contact=studio.cleo)
    overworked(studio, studio.borealis)
    text = page(signed_in(client, studio.bo), "/")
    assert HOSTILE not in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("address", ["/", "/promises/", "/inbox/"])
def test_behind_a_wall_nothing_shines_through(client: Browser, studio: Studio, address: str) -> None:
    """Neither its name nor its people nor a count, though Kit was once asked, wrote and promised there."""
    quiet = main(signed_in(client, studio.kit), address)
    talk = wrote(studio.cassini, by=studio.cora, at=london(20, "09:00"), subject="A secret matter").conversation
    wrote(studio.cassini, by=studio.kit, at=london(19), conversation=talk)
    promised(studio.cassini, by=studio.kit, due=london(20, "15:00"), words="A secret word", at=london(19))
    gone = promised(studio.cassini, by=studio.kit, due=london(19), words="A secret kept", at=london(1))
    promises.keep(gone, by=studio.kit, at=london(18))
    overworked(studio, studio.cassini)
    text = page(client, address)
    for name in ("Cassini", "Cora", "secret"):
        assert name not in text
    assert main(client, address) == quiet
    assert "Cora" in main(signed_in(client, studio.ada), "/")


def test_a_member_sees_no_hours(client: Browser, studio: Studio) -> None:
    overworked(studio, studio.borealis)
    clients.change(studio.borealis, lead=studio.kit, by=studio.ada, at=NOW)
    assert "over by" not in main(signed_in(client, studio.kit), "/")
    assert "over by" in main(signed_in(client, studio.fin), "/")


def test_what_has_no_room_is_counted_by_kind_and_nothing_is_denied(client: Browser, studio: Studio) -> None:
    for number in range(40):
        at = london(20, "08:00") + timedelta(seconds=number)
        wrote(studio.borealis, by=studio.cleo, at=at)
        wrote(None, by=f"zed{number}@stranger.example", at=at)
    for number in range(3):
        promised(studio.borealis, by=studio.bo, due=london(20, "15:00"), words=f"Part {number}", at=london(19))
    overworked(studio, studio.borealis)
    text = main(signed_in(client, studio.bo), "/")
    assert "None of your promises" not in text
    assert text.count("“Part ") == 3
    assert "over by 20 h already" in text
    assert text.count("data-row") == SHOWN + SHOWN_ASIDE
    assert "19 people who wait in the inbox" in text
    assert "31 strangers in the inbox" in text
    assert "promises on the promises page" not in text


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [(0, 0, (0, 0)), (3, 2, (3, 2)), (30, 2, (8, 2)), (2, 30, (2, 8)), (30, 30, (5, 5)), (30, 0, (10, 0))],
)
def test_room_is_shared_and_none_is_wasted(first: int, second: int, shown: tuple[int, int]) -> None:
    some: Any = list(range(first)), list(range(second))
    found = fitting(10, waiting=some[0], promise=some[1])
    assert (len(found["waiting"]), len(found["promise"])) == shown
    assert found["waiting"] == some[0][: shown[0]]


def test_each_kind_left_out_is_counted_in_words_and_opens_its_page() -> None:
    said = [(fact.words, fact.href) for fact in left_out({"waiting": 1, "promise": 2, "hours": 13, "stranger": 0})]
    assert said == [
        ("one person who waits in the inbox", "/inbox/"),
        ("two promises on the promises page", "/promises/"),
        ("13 budgets on the money page", "/money/"),
    ]


@pytest.mark.parametrize(("clock", "drawn"), [("07:59", False), ("08:00", True), ("17:59", True), ("18:00", False)])
def test_the_day_is_drawn_while_it_runs(
    client: Browser, studio: Studio, monkeypatch: pytest.MonkeyPatch, clock: str, drawn: bool
) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(19, "14:00"))
    monkeypatch.setattr("kept.kit.clock.now", lambda: london(20, clock))
    assert (f"Today on a line, now {clock}: Cleo was due today" in main(signed_in(client, studio.bo), "/")) is False
    assert ("Today on a line" in main(client, "/")) is drawn


def test_signed_out_one_is_sent_to_the_door_and_learns_nothing(client: Browser, studio: Studio) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
    door = client.get(answer["Location"]).content.decode()
    assert "Larkfield" not in door


def test_reading_it_changes_nothing_and_nothing_else_can_be_done_here(client: Browser, studio: Studio) -> None:
    a_full_morning(studio)
    facts = [list(model.objects.values()) for model in (Promise, Conversation, Line)]
    page(signed_in(client, studio.bo), "/")
    assert [list(model.objects.values()) for model in (Promise, Conversation, Line)] == facts
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("much", [1, 30])
@pytest.mark.parametrize("who", ["ada", "bo", "kit", "fin"])
def test_its_cost_does_not_grow_with_history(
    client: Browser, studio: Studio, who: str, much: int, django_assert_max_num_queries: Any
) -> None:
    """At most twenty, also just after an act, when the forecasts are reckoned anew, and with every kind of promise."""
    for number in range(much):
        a_full_morning(studio) if not number else None
        at = london(19, "14:00") + timedelta(seconds=number)
        asked = wrote(studio.borealis, by=studio.cleo, at=at)
        if number % 2:
            wrote(studio.borealis, by=studio.bo, at=NOW, conversation=asked.conversation)
        row = promised(studio.borealis, by=studio.bo, due=london(16), words=f"Part {number}", at=london(1))
        promises.move(row, to=london(19), by=studio.bo, at=london(15))
        if number % 3:
            promises.keep(row, by=studio.bo, at=london(18))
        sold(studio.borealis, by=studio.ada, name=f"Job {number}", ends=date(2026, 12, 1))
    settled = promised(studio.borealis, by=studio.kit, due=london(16), words="Kit's", at=london(1))
    promises.release(settled, by=studio.kit, at=london(15), agreed="Cleo, by mail")
    signed_in(client, getattr(studio, who))
    with django_assert_max_num_queries(28):
        client.get("/")
    # a process that has drawn it once, and in which nothing moved since, asks for what may have changed alone
    with django_assert_max_num_queries(20):
        client.get("/")
