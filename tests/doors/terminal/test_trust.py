"""`kept trust`: one client or all, now or as of a day, as JSON and to read."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Size
from tests.acting import promised
from tests.studio import NOW, Studio, london

ASKED = ["trust", "low", "high", "evidence", "pillars", "baseline", "contributions", "alarms"]


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def told(*names: str, **options: Any) -> Any:
    """What `kept trust --json` says."""
    said = io.StringIO()
    call_command("trust", *names, json=True, stdout=said, **options)
    return json.loads(said.getvalue())


def shown(capsys: pytest.CaptureFixture[str], *names: str, **options: Any) -> str:
    call_command("trust", *names, **options)
    return " ".join(capsys.readouterr().out.split())


def a_broken_word(studio: Studio) -> int:
    row = promises.promise(
        studio.borealis, words="The \x1b[31mlaunch", due=london(1, "12:00"), by=studio.bo, at=london(1, "09:00"),
        size=Size.MAJOR,
    )  # fmt: skip
    return row.pk


def test_one_client_is_an_object_whose_points_add_up(studio: Studio) -> None:
    row = a_broken_word(studio)
    found = told("borealis")
    assert list(found) == ["client", *ASKED]
    assert found["client"] == "Borealis"
    assert set(found["pillars"]) == {"quality", "consistency", "merit"}
    assert found["contributions"] == [{"row": row, "stream": "promise", "points": found["contributions"][0]["points"]}]
    points = sum(each["points"] for each in found["contributions"])
    assert points == pytest.approx(found["trust"] - found["baseline"], abs=1e-9)
    assert [each["kind"] for each in found["alarms"]] == ["incident"]


def test_all_is_a_list_with_whoever_may_trust_us_least_first(studio: Studio) -> None:
    a_broken_word(studio)
    found = told(all=True)
    assert [each["client"] for each in found] == ["Borealis", "Cassini"]
    assert [each["low"] for each in found] == sorted(each["low"] for each in found)


def test_an_earlier_day_is_told_as_it_was(studio: Studio) -> None:
    a_broken_word(studio)
    assert told("Borealis", at="2026-10-14")["contributions"] == []
    assert len(told("Borealis", at="2026-10-15")["contributions"]) == 1


def test_a_beginning_is_enough_where_only_one_name_has_it(studio: Studio) -> None:
    assert told("bor")["client"] == "Borealis"


def test_an_unknown_name_is_answered_with_those_near_it(studio: Studio) -> None:
    with pytest.raises(CommandError, match=r"no client called “Borelis”\. Did you mean Borealis\?"):
        told("Borelis")
    with pytest.raises(CommandError, match="`kept trust --all` names them all"):
        told("Xyz")


def test_either_a_name_or_all_must_be_asked_for(studio: Studio) -> None:
    with pytest.raises(CommandError, match="Name one client, or ask for --all"):
        told()
    with pytest.raises(CommandError, match="Name one client, or ask for --all"):
        told("Borealis", all=True)


def test_in_the_terminal_it_is_a_sentence_and_its_rows_which_cannot_steer_it(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    a_broken_word(studio)
    promises.keep(promised(studio.borealis, by=studio.bo, due=london(9), at=london(2)), by=studio.bo, at=london(8))
    said = shown(capsys, "Borealis")
    assert "mostly the firm's average so far" in said
    assert "major broken promise" in said
    assert "[31mlaunch" in said
    assert "\x1b[31m" not in said
    assert "Thu 8 Oct" in said
    assert "kept promise “I will send you the drafts”" in said


def test_a_firm_without_clients_is_told_so(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no client yet." in shown(capsys, all=True)
    assert told(all=True) == []
