"""Team as a page: kind to small firms, plain about what was said, silent about anybody by name."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.rounds import verbs as rounds
from kept.readings import team_hours
from tests.acting import worked
from tests.doors.desk.visiting import HOSTILE, main, page, rail, signed_in
from tests.ledgers.large_firm import A_WEEK, a_round, answered, closed, twelve
from tests.readings.test_team_page import TUESDAY, evening
from tests.studio import NOW, Studio


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    team_hours._pieces.cache_clear()


def test_a_small_firm_is_told_kindly_why_it_is_not_asked(client: Browser, studio: Studio) -> None:
    text = main(signed_in(client, studio.kit), "/team/")
    assert "There are four of us, too few to be asked without everybody knowing who said what." in text
    assert "From ten people on, Kept asks everybody once a fortnight" in text


def test_its_words_say_the_numbers_that_hold(client: Browser, studio: Studio) -> None:
    people = twelve(studio)
    closed(people, at=NOW, marks=(8, 8, 8))
    a_round(people, at=NOW - timedelta(days=1))
    numbers = {"hiding.people": 6.0, "hiding.words_people": 11.0, "hiding.firm": 13.0}
    for key, value in numbers.items():
        reckoning.change_number(key, value=value, by=studio.ada, at=NOW)
    kit = signed_in(client, studio.kit)
    text = main(kit, "/team/")
    assert "Twelve of us were asked in the last round. The team is asked from 13 people on" in text
    assert "From thirteen people on" in text
    assert "Averages are shown from six answers on and words from eleven" in text
    asked = main(kit, "/team/round/")
    assert "once eleven have answered" in asked
    assert "only averages of six people or more are kept, and words, mixed, from eleven on" in asked


def test_the_rail_leads_here_and_marks_the_place(client: Browser, studio: Studio) -> None:
    assert 'href="/team/" aria-current="page"' in rail(signed_in(client, studio.kit), "/team/")


def test_the_sentence_tells_averages_and_the_rows_their_ranges(client: Browser, studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people)
    answered(row, {member: (6 + number % 3, 5, 9) for number, member in enumerate(people)}, words="More daylight")
    rounds.close(row, by=None, at=NOW)
    text = main(signed_in(client, studio.kit), "/team/")
    assert "Twelve of us said how it is: proud 7.0, energy 5.0 and valued 9.0, of 10." in text
    assert "12 of 12 answered in the round that closed today." in text
    assert '<td class="n dim">6.5 to 7.5</td>' in text
    assert text.count('<blockquote class="said') == 12


def test_what_went_down_for_sure_is_said(client: Browser, studio: Studio) -> None:
    people = twelve(studio)
    closed(people, at=NOW - 2 * A_WEEK, marks=(8, 8, 8))
    closed(people, at=NOW, marks=(8, 3, 8))
    text = main(signed_in(client, studio.kit), "/team/")
    assert "of 10. Energy went down." in text
    assert "Earlier rounds" in text


def test_a_round_with_too_few_answers_says_that_nothing_was_kept(client: Browser, studio: Studio) -> None:
    row = a_round(twelve(studio))
    answered(row, dict.fromkeys(twelve(studio)[:3], (1, 1, 1)))
    rounds.close(row, by=None, at=NOW)
    text = main(signed_in(client, studio.ada), "/team/")
    assert "Of 12 of us three people answered, too few to show anything" in text
    assert "<table class=" not in text.partition("Your own weeks")[0]


def test_an_earlier_round_that_could_point_at_a_newcomer_is_said_to_stand_apart(
    client: Browser, studio: Studio
) -> None:
    people = twelve(studio)
    closed(people[:11], at=NOW - 2 * A_WEEK)
    closed(people, at=NOW)
    text = main(signed_in(client, studio.ada), "/team/")
    assert "One earlier round is not set beside these: fewer than five people came or went between" in text


def test_hostile_words_are_shown_as_words(client: Browser, studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people)
    answered(row, dict.fromkeys(people, (5, 5, 5)), words=HOSTILE)
    rounds.close(row, by=None, at=NOW)
    text = main(signed_in(client, studio.kit), "/team/")
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text


def test_own_weeks_are_on_nobody_elses_page(client: Browser, studio: Studio) -> None:
    for day in range(5):
        worked(studio.borealis, member=studio.kit, day=TUESDAY + timedelta(days=day - 1), hours=11)
    assert "138% of your 40 hours, over one week" in main(signed_in(client, studio.kit), "/team/")
    for viewer in (studio.ada, studio.bo, studio.fin):
        text = main(signed_in(client, viewer), "/team/")
        assert "138%" not in text
        assert "Kit" not in text


def test_what_clients_take_is_a_sentence_and_for_leads_a_table(client: Browser, studio: Studio) -> None:
    people = twelve(studio)
    for member in people[:7]:
        evening(studio.borealis, member, length=3)
    for member in people[7:]:
        worked(studio.cassini, member=member, day=TUESDAY, hours=1)
    ada = main(signed_in(client, studio.ada), "/team/")
    assert "At least 21 hours of evenings, weekends and holidays went to clients in four weeks" in ada
    assert "of 5 more the time of day is not recorded; Borealis caused 21 of them." in ada
    assert "Nothing beyond anybody’s contract." in ada
    assert ada.count("<tr data-row") == 2 + 1  # her own hours for Borealis are a row of their own
    fin = main(signed_in(client, studio.fin), "/team/")
    assert "By client this is shown to leads and owners" in fin
    assert "Borealis caused" not in fin


def test_the_table_can_be_taken_away(client: Browser, studio: Studio) -> None:
    people = twelve(studio)
    for member in people:
        evening(studio.borealis, member, length=3)
    answer = signed_in(client, studio.ada).get("/team/?as=csv")
    assert answer.content.decode().splitlines()[1] == "Borealis,12,36.0,0.0,0.0"
    assert len(signed_in(client, studio.fin).get("/team/?as=csv").content.decode().splitlines()) == 1


def test_without_records_of_time_nothing_is_made_up(client: Browser, studio: Studio) -> None:
    text = main(signed_in(client, studio.ada), "/team/")
    assert "No hours of yours are recorded in the last weeks." in text
    assert "Fewer than five of us recorded hours in these four weeks" in text


def test_evenings_are_called_not_known_where_no_record_has_a_time(client: Browser, studio: Studio) -> None:
    for member in twelve(studio):
        worked(studio.borealis, member=member, day=TUESDAY, hours=4)
    text = main(signed_in(client, studio.ada), "/team/")
    assert "How many evenings clients took is not known: the time records name no time of day." in text


def test_today_asks_in_one_quiet_line_until_one_has_answered(client: Browser, studio: Studio) -> None:
    row = a_round(twelve(studio), at=NOW - timedelta(days=1))
    kit = signed_in(client, studio.kit)
    assert "Two taps, without your name." in page(kit, "/")
    answered(row, {studio.kit: (7, 7, 7)})
    assert "Two taps, without your name." not in page(kit, "/")
    assert "Two taps, without your name." in page(signed_in(client, studio.bo), "/")


def test_queries_stay_few_whatever_the_history(
    client: Browser, studio: Studio, django_assert_max_num_queries: Any
) -> None:
    people = twelve(studio)
    ada = signed_in(client, studio.ada)
    for weeks in (6, 4, 2):
        closed(people, at=NOW - weeks * A_WEEK)
        with django_assert_max_num_queries(20):
            page(ada, "/team/")


def test_signed_out_one_is_led_to_the_door(client: Browser, studio: Studio) -> None:
    assert client.get("/team/")["Location"] == "/account/login/?next=/team/"
