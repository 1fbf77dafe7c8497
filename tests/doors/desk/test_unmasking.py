"""Somebody tries to find out who said what: by subtraction, by time, by order, and by reading every table there is.

The one who tries is an application admin: every table, before and after every answer, with the places of rows and the
transactions that wrote them; the pages as an owner reads them. Not the machine, which holds KEPT_SECRETS: what is left
to whoever does is said in docs/decisions, "Answers of the team".
"""

import json
import re
from collections import Counter
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser

from kept.kit import secrets
from kept.ledgers.journal.models import Line
from kept.ledgers.rounds import verbs as rounds
from kept.ledgers.rounds.box import Broken, token_of, unseal
from kept.ledgers.rounds.models import Question, Remark, Round, Tally
from kept.ledgers.team.models import Member
from tests.doors.desk.visiting import main, signed_in
from tests.ledgers.large_firm import A_WEEK, a_round, answered, closed, twelve
from tests.studio import NOW, Studio

DURING = NOW - timedelta(days=3)
LONELY = "Nobody asked me whether I could stay until nine"
Dump = dict[str, list[str]]


@pytest.fixture(autouse=True)
def _during_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: DURING)


def dump() -> Dump:
    """Every table with every row, and what the database knows of a row beside: its place and who wrote it."""
    beside = "rowid, *" if connection.vendor == "sqlite" else "ctid, xmin, xmax, *"
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT {beside} FROM "{table}"')  # noqa: S608  # names from the database itself
            found[table] = [repr(row) for row in cursor.fetchall()]
    return found


def changed(before: Dump, after: Dump) -> dict[str, list[str]]:
    """Rows that are new or different, by table."""
    return {
        table: sorted(set(rows) - set(before[table]))
        for table, rows in after.items()
        if set(rows) != set(before[table])
    }


def answer_in_browser(member: Member, row: Round, *, proud: int, words: str) -> None:
    browser = signed_in(Browser(), member)
    found = re.search(r'name="token" value="(\w+)"', main(browser, "/team/round/"))
    assert found
    facts = {"token": found[1], "proud": proud, "energy": 5, "valued": 5, "words": words}
    assert browser.post(f"/team/round/{row.pk}/", facts).status_code == 303


def watched(row: Round, people: list[Member]) -> list[tuple[Dump, Dump]]:
    """All of them answer in browsers, one after the other, while somebody looks at every table in between."""
    seen = []
    for number, member in enumerate(people):
        browser = signed_in(Browser(), member)
        found = re.search(r'name="token" value="(\w+)"', main(browser, "/team/round/"))
        assert found
        before = dump()  # signed in and asked already, as on any other morning
        facts = {"token": found[1], "proud": number % 11, "energy": 5, "valued": 5, "words": f"{LONELY}, {number}"}
        assert browser.post(f"/team/round/{row.pk}/", facts).status_code == 303
        seen.append((before, dump()))
    return seen


# ------------------------------------------------------------ by database access


def test_watching_every_table_shows_only_that_the_box_was_written_anew(studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people)
    lengths = set()
    for before, after in watched(row, people):
        differs = changed(before, after)
        assert set(differs) == {"rounds_round"}  # no session, no journal, no job, no row of who was asked
        assert len(differs["rounds_round"]) == 1
        row.refresh_from_db()
        lengths.add(len(row.box))
    assert len(lengths) == 1  # so not even how many have answered


def test_no_table_holds_an_answer_in_the_open_while_the_round_is(studio: Studio) -> None:
    row = a_round(twelve(studio))
    answer_in_browser(studio.kit, row, proud=1, words=LONELY)
    row.refresh_from_db()
    token = token_of(secrets.open_(row.key), studio.kit.pk)
    everything = json.dumps(dump())
    for secret in (LONELY, LONELY[:12], token, secrets.open_(row.key)):
        assert secret not in everything


def test_without_the_machines_key_neither_answers_nor_tokens_can_be_had(studio: Studio, settings: Any) -> None:
    row = a_round(twelve(studio))
    answered(row, {studio.kit: (1, 1, 1)})
    settings.KEPT_SECRETS = ["what an admin of the database alone would have to guess"]
    with pytest.raises(secrets.Unreadable):
        secrets.open_(row.key)
    with pytest.raises(Broken):
        unseal(row.box, key="00" * 32)


def test_after_closing_no_row_joins_a_person_and_an_answer(studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people)
    watched(row, people)
    before = dump()
    rounds.close(row, by=None, at=NOW)
    after = dump()
    assert set(changed(before, after)) - {"sqlite_sequence"} == {
        "rounds_round", "rounds_tally", "rounds_remark", "journal_line",
    }  # fmt: skip
    for model in (Tally, Remark):
        related = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert Member not in related
        assert not any(field.get_internal_type().startswith("Date") for field in model._meta.concrete_fields)
    row.refresh_from_db()
    assert (row.key, row.box) == ("", "")


def test_a_persons_three_marks_are_not_together_any_more(studio: Studio) -> None:
    """Who knows one mark of somebody learns neither the others nor the words from it."""
    people = twelve(studio)
    row = a_round(people)
    answered(row, dict.fromkeys(people[1:], (7, 7, 7)) | {people[0]: (0, 9, 2)}, words="said by")
    rounds.close(row, by=None, at=NOW)
    assert {field.name for field in Tally._meta.concrete_fields} == {
        "id", "round", "office", "question", "mark", "people",
    }  # fmt: skip
    assert {field.name for field in Remark._meta.concrete_fields} == {"id", "round", "words"}


def test_the_journal_tells_that_there_was_a_round_and_of_nobody_in_it(studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people)
    watched(row, people)
    rounds.close(row, by=None, at=NOW)
    lines = Line.objects.filter(verb__startswith="rounds.")
    assert [(line.verb, line.by_id, line.facts) for line in lines.order_by("pk")] == [
        ("rounds.open", None, {"asked": 12}), ("rounds.close", None, {"asked": 12, "answers": 12}),
    ]  # fmt: skip


# ------------------------------------------------------------ by order


def test_two_orders_of_answering_leave_the_same_box_and_the_same_counts(studio: Studio) -> None:
    people = twelve(studio)
    given = {member: (number % 11, 5, 5) for number, member in enumerate(people)}
    kept = []
    for weeks, order in ((2, list(given.items())), (0, list(reversed(given.items())))):
        row = a_round(people, at=NOW - (weeks + 1) * A_WEEK)
        answered(row, dict(order))
        row.refresh_from_db()
        box = unseal(row.box, key=secrets.open_(row.key))
        rounds.close(row, by=None, at=NOW - weeks * A_WEEK)
        tallies = list(row.tallies.order_by("pk").values_list("question", "office", "mark", "people"))
        kept.append((box, tallies))
    assert kept[0] == kept[1]


def test_where_words_lie_in_their_table_says_nothing_of_who_came_first(studio: Studio) -> None:
    """In 20 rounds the first to answer is found at many places of the table, by key and by place alike."""
    people = twelve(studio)[:10]
    by_key, by_place = Counter[int](), Counter[int]()
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    for number in range(20):
        at = NOW - timedelta(days=600 - 8 * number)
        row = a_round(people, at=at - A_WEEK)
        for order, member in enumerate(people):
            token = token_of(secrets.open_(row.key), member.pk)
            rounds.answer(row, token=token, marks={"proud": 5}, words=f"{order:02d}", at=at - timedelta(days=1))
        rounds.close(row, by=None, at=at)
        by_key[list(row.remarks.values_list("words", flat=True)).index("00")] += 1
        with connection.cursor() as cursor:
            table = Remark._meta.db_table
            cursor.execute(f"SELECT words FROM {table} WHERE round_id = %s ORDER BY {place}", [row.pk])  # noqa: S608
            by_place[[words for (words,) in cursor.fetchall()].index("00")] += 1
    # among ten places, fewer than four would come up by chance once in 10^7
    assert len(by_key) >= 4
    assert len(by_place) >= 4


# ------------------------------------------------------------ by time


def test_nothing_that_is_kept_of_an_answer_has_a_time(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers on two days leave the same rows: neither moment stands in any table."""
    people = twelve(studio)
    row = a_round(people)
    moments = [NOW - timedelta(days=5, minutes=17), NOW - timedelta(days=2, minutes=41)]
    for number, member in enumerate(people):
        token = token_of(secrets.open_(row.key), member.pk)
        rounds.answer(row, token=token, marks={"proud": 5}, at=moments[number % 2])
    rounds.close(row, by=None, at=NOW)
    everything = json.dumps(dump())
    for at in moments:
        assert f"{at.astimezone(row.opens_at.tzinfo):%H:%M}:" not in re.sub(r"09:40", "", everything)
        assert f"{at.timestamp():.0f}" not in everything


def test_an_owner_reads_nothing_before_the_round_closes_and_cannot_close_it_early(studio: Studio) -> None:
    row = a_round(twelve(studio))
    ada = signed_in(Browser(), studio.ada)
    empty = re.sub(r"csrf\w+", "", main(ada, "/team/"))
    answer_in_browser(studio.kit, row, proud=0, words=LONELY)
    assert re.sub(r"csrf\w+", "", main(ada, "/team/")) == empty
    with pytest.raises(rounds.NotOpen):
        rounds.close(row, by=studio.ada, at=DURING)


# ------------------------------------------------------------ by subtraction


def shown_sums(row: Round) -> dict[Question, dict[int | None, int]]:
    """How many people stand behind each average that is kept, by question and office (None: everybody)."""
    found: dict[Question, dict[int | None, int]] = {}
    for question, office, people in row.tallies.values_list("question", "office_id", "people"):
        of = found.setdefault(Question(question), {})
        of[office] = of.get(office, 0) + people
    return found


@pytest.mark.parametrize("silent", range(8))
def test_no_average_and_no_difference_of_averages_speaks_of_fewer_than_five(silent: int, studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people)
    answered(row, dict.fromkeys(people[: 12 - silent], (5, 5, 5)))
    rounds.close(row, by=None, at=NOW)
    for sums in shown_sums(row).values():
        whole = sums.pop(None)
        assert whole >= 5
        for many in range(len(sums) + 1):
            for some in combinations(sums.values(), many):
                left = whole - sum(some)
                assert left == 0 or left >= 5
        assert all(people >= 5 for people in sums.values())


def test_a_newcomers_answer_is_not_what_changed(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eleven said 8; with one newcomer the average is 7.4, so she said 1: both are never on one page."""
    people = twelve(studio)
    closed(people[:11], at=NOW - 2 * A_WEEK, marks=(8, 8, 8))
    row = a_round(people)
    answered(row, dict.fromkeys(people[:11], (8, 8, 8)) | {people[11]: (1, 1, 1)})
    rounds.close(row, by=None, at=NOW)
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    text = main(signed_in(Browser(), studio.ada), "/team/")
    assert "7.4" in text
    assert "8.0" not in text.partition("By office")[0]
    assert "Earlier rounds" not in text


def test_one_who_knows_all_answers_but_four_learns_no_more_than_the_sum_of_those(studio: Studio) -> None:
    """What five people behind each average mean, and no more: four who tell each other all can tell the fifth's."""
    people = twelve(studio)
    row = a_round(people)
    answered(row, dict.fromkeys(people[:4], (3, 3, 3)))
    rounds.close(row, by=None, at=NOW)
    assert not row.tallies.exists()
