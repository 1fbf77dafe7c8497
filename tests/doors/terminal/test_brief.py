"""`kept brief`: now and at any past moment, for the firm or one of it, to read and as JSON."""

import io
import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rich.console import Console

from kept.doors.terminal.management.commands.brief import moment, show
from kept.kit import words
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Contact
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.engagements.models import Kind
from kept.ledgers.promises import verbs as promises
from kept.ledgers.team import keeping_hours
from kept.ledgers.team import verbs as team
from kept.ledgers.team.people import installation
from kept.readings import budgets
from kept.readings.brief import Brief, brief
from tests.acting import promised, sold, worked, wrote
from tests.doors.terminal.homes import Home
from tests.studio import FOUNDED, NOW, Studio, london

ISSUE = ["kind", "client", "who", "why", "due", "late", "act", "url"]
BESIDE = ["what", "subject", "row"]  # what was said, where, and the key: the address alone tells no reader
STEERS = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202egnp.exe\r\x08"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    budgets._kept.cache_clear()


def told(**options: Any) -> dict[str, Any]:
    """What `kept brief --json` says."""
    said = io.StringIO()
    call_command("brief", json=True, stdout=said, **options)
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def shown(capsys: pytest.CaptureFixture[str], **options: Any) -> str:
    call_command("brief", **options)
    return capsys.readouterr().out


def a_full_morning(studio: Studio) -> Conversation:
    """A client who waits, a stranger, a promise for this afternoon, a retainer running over."""
    talk = wrote(
        studio.borealis, by=studio.cleo, at=london(19, "14:00"), subject="The launch", text="Where are the drafts?"
    ).conversation
    wrote(None, by=studio.zed, at=london(20, "09:10"), text="Do you make websites for bakeries?")
    promised(studio.borealis, by=studio.bo, due=london(20, "15:00"), words="The proofs", at=london(19))
    overworked(studio)
    return talk


def overworked(studio: Studio) -> None:
    care = sold(
        studio.borealis, by=studio.ada, name="Care", kind=Kind.RETAINER, hours=40, fee=4000, starts=date(2026, 7, 1)
    )
    for day in (2, 9, 16, 19):
        worked(studio.borealis, engagement=care, member=studio.kit, day=date(2026, 10, day), hours=15)


def test_json_has_the_shape_it_is_promised_to_have(studio: Studio) -> None:
    a_full_morning(studio)
    found = told()
    assert list(found) == ["at", "for", "sentence", "counts", "items"]
    assert found["counts"] == {"waiting": 2, "strangers": 1, "promises": 1, "hours": 1}
    assert datetime.fromisoformat(found["at"]) == NOW
    assert found["for"] is None
    assert found["sentence"].startswith("Good morning. Two people are waiting for us, Cleo the longest; ")
    assert [one["kind"] for one in found["items"]] == ["waiting", "stranger", "promise", "hours"]
    for one in found["items"]:
        assert set(one) == {*ISSUE, *BESIDE}
        assert isinstance(one["late"], bool)
        assert all(isinstance(one[name], str) and one[name] for name in ("kind", "who", "why", "act", "url"))
        assert one["due"] is None or datetime.fromisoformat(one["due"]).tzinfo


def test_each_item_says_who_why_by_when_and_what_helps(studio: Studio) -> None:
    talk = a_full_morning(studio)
    waits, stranger, promise, hours = told()["items"]
    assert datetime.fromisoformat(waits.pop("due")) == london(20, "09:30")
    assert {name: waits[name] for name in ISSUE if name != "due"} == {
        "kind": "waiting",
        "client": "Borealis",
        "who": "Cleo North",
        "why": "Cleo wrote yesterday, 14:00, and nobody has answered.",
        "late": True,
        "act": "Reply to Cleo",
        "url": f"/inbox/{talk.pk}/",
    }
    assert (waits["what"], waits["subject"], waits["row"]) == ("Where are the drafts?", "The launch", talk.pk)
    assert (promise["who"], promise["what"], promise["late"]) == ("Borealis", "The proofs", False)
    assert (stranger["client"], stranger["who"]) == (None, studio.zed)
    assert (hours["client"], hours["due"], hours["late"]) == ("Borealis", None, True)


def test_waiting_counts_strangers_as_well(studio: Studio) -> None:
    for number in range(3):
        wrote(None, by=f"zed{number}@stranger.example", at=london(20, "09:00"))
    counts = told()["counts"]
    assert (counts["waiting"], counts["strangers"]) == (3, 3)


def test_a_past_moment_is_judged_by_what_was_known_then(studio: Studio) -> None:
    talk = a_full_morning(studio)
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:20"), conversation=talk)
    assert told()["counts"]["waiting"] == 1
    then = told(at="2026-10-20T09:00+01:00")
    assert then["counts"] == {"waiting": 1, "strangers": 0, "promises": 1, "hours": 1}
    assert [one["who"] for one in then["items"]] == ["Cleo North", "Borealis", "Borealis"]
    before = told(at="2026-10-19T08:00+01:00")
    assert before["counts"] == {"waiting": 0, "strangers": 0, "promises": 0, "hours": 1}
    assert told(at="2025-01-01")["counts"] == {"waiting": 0, "strangers": 0, "promises": 0, "hours": 0}


def test_an_archive_walked_day_by_day_says_each_day_what_it_said_then(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each evening the brief is read; in the end each evening is asked for again."""
    talk, evenings = None, []
    for day in range(5, 17):
        asked = wrote(studio.borealis, by=studio.cleo, at=london(day, "10:00"), conversation=talk)
        talk = asked.conversation
        row = promised(studio.borealis, by=studio.bo, due=london(day + 1, "12:00"), words=f"Part {day}", at=london(day))
        if day % 3:
            wrote(studio.borealis, by=studio.bo, at=london(day, "11:00"), conversation=talk)
            promises.keep(row, by=studio.bo, at=london(day, "16:00"))
        evening = london(day, "20:00")
        monkeypatch.setattr("kept.kit.clock.now", lambda at=evening: at)
        evenings.append(told())
    assert [one["counts"]["waiting"] for one in evenings] == [0 if day % 3 else 1 for day in range(5, 17)]
    for evening in evenings:
        assert told(at=evening["at"]) == evening


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-03-02", "2026-03-02T23:59:59+00:00"),
        ("2026-07-02", "2026-07-02T23:59:59+01:00"),
        (" 2026-03-02 ", "2026-03-02T23:59:59+00:00"),
        ("2026-03-02T09:40", "2026-03-02T09:40:00+00:00"),
        ("2026-03-02 09:40", "2026-03-02T09:40:00+00:00"),
        ("2026-03-02T09:40+05:00", "2026-03-02T09:40:00+05:00"),
        ("2026-03-02T09:40Z", "2026-03-02T09:40:00+00:00"),
    ],
)
def test_a_moment_without_zone_is_the_readers_and_without_time_the_days_end(
    studio: Studio, said: str, at: str
) -> None:  # fmt: skip
    assert moment(said, studio.bo) == datetime.fromisoformat(at)


def test_a_reader_elsewhere_means_their_own_day(studio: Studio) -> None:
    lisbon = keeping_hours.open_office(name="Azores", zone="Atlantic/Azores", by=None, at=FOUNDED)
    team.change_member(studio.bo, office=lisbon, by=studio.ada, at=NOW)
    assert moment("2026-03-02", studio.bo) == datetime.fromisoformat("2026-03-02T23:59:59-01:00")
    assert moment("2026-03-02", installation()) == datetime.fromisoformat("2026-03-02T23:59:59+00:00")


@pytest.mark.parametrize("said", ["yesterday", "2026-13-01", "02.03.2026", "", "2026-03-02T9"])
def test_what_is_no_moment_is_said_so_with_an_example(studio: Studio, said: str) -> None:
    with pytest.raises(CommandError, match=r"is not a moment\. Write it like 2026-03-02"):
        moment(said, studio.bo)


def test_a_members_brief_is_their_own(studio: Studio) -> None:
    a_full_morning(studio)
    found = told(member="BO@larkfield.example")
    assert found["for"] == "bo@larkfield.example"
    assert found["sentence"].startswith("Good morning, Bo. ")
    assert told(member="kit@larkfield.example")["counts"] == {"waiting": 0, "strangers": 0, "promises": 0, "hours": 0}


def test_behind_a_wall_nothing_is_said_in_any_form(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    address = {"member": "kit@larkfield.example"}
    before = told(**address), shown(capsys, **address)
    wrote(studio.cassini, by=studio.cora, at=london(20, "09:00"), subject="A secret matter")
    promised(studio.cassini, by=studio.kit, due=london(20, "15:00"), words="A secret word", at=london(19))
    assert (told(**address), shown(capsys, **address)) == before
    assert told(at="2026-10-20T09:30", **address)["items"] == []
    assert "Cassini" in shown(capsys, member="ada@larkfield.example")


def test_who_is_not_of_the_firm_has_no_brief(studio: Studio) -> None:
    with pytest.raises(CommandError, match=r"Nobody in the firm has the address zed@stranger\.example"):
        told(member=studio.zed)
    team.leave(studio.kit, on=NOW.date(), by=studio.ada, at=NOW)
    with pytest.raises(CommandError, match="Nobody in the firm"):
        told(member="kit@larkfield.example")


def test_in_the_terminal_it_reads_from_the_most_urgent_down(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    a_full_morning(studio)
    text = " ".join(shown(capsys).split())
    order = ["Good morning. Two people are waiting for us", "Waiting for us", "Cleo North", "Strangers", "Promises due"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "Hours" in text
    assert "● 10 min past our pledge" in on_a_terminal(brief(installation(), at=NOW), width=200)


def test_nobody_waits_is_said_and_no_table_drawn(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys).strip() == (
        "Good morning. Nobody is waiting for us; a good moment for a call that isn’t \nabout work."
    )


@pytest.mark.django_db
def test_before_a_firm_is_founded_it_says_that_nobody_waits(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nobody is waiting for us" in shown(capsys)


def hostile_morning(studio: Studio, words: str) -> None:
    Contact.objects.filter(pk=studio.cleo.pk).update(name=f"{words}Cleo")
    studio.cleo.refresh_from_db()
    clients.change(studio.borealis, name=f"Bor{words}ealis", by=studio.ada, at=NOW)
    wrote(studio.borealis, by=studio.cleo, at=london(19, "14:00"), subject=words, text=words)
    wrote(None, by=studio.zed, at=london(19, "14:10"), subject=f"a{words}", text="")
    promised(studio.borealis, by=studio.bo, due=london(20, "15:00"), words=f"{words}x", contact=studio.cleo)
    overworked(studio)


def on_a_terminal(one: Brief, *, colour: bool = False, width: int = 100) -> str:
    paper = io.StringIO()
    system = "standard" if colour else None
    show(one, Console(file=paper, force_terminal=colour, color_system=system, highlight=False, width=width))
    return paper.getvalue()


def test_words_from_outside_do_not_steer_the_terminal(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    hostile_morning(studio, STEERS)
    plain = shown(capsys)
    assert all(each.isprintable() or each == "\n" for each in plain)
    # of what is drawn in colour only rich's own marks are left: those of style, none that moves or names anything
    coloured = on_a_terminal(brief(installation(), at=NOW), colour=True)
    assert "\x1b[2J" not in coloured
    assert not set(coloured) & set("\x07\x9b\r\x08\u202e")
    assert coloured.count("\x1b") == coloured.count("\x1b[") == len(styles(coloured))


def styles(text: str) -> list[str]:
    return [part for part in text.split("\x1b[")[1:] if part.partition("m")[0].replace(";", "").isdigit()]


@pytest.mark.parametrize("markup", ["[red]x[/red]", "\\[red]x", "[/]", "[link=https://evil.example]x[/link]", ":bomb:"])
def test_nor_are_they_taken_for_markup(studio: Studio, capsys: pytest.CaptureFixture[str], markup: str) -> None:
    hostile_morning(studio, markup)
    text = "".join(shown(capsys).split())
    assert text.count(markup.replace(" ", "")) >= 5
    assert "\x1b]8" not in on_a_terminal(brief(installation(), at=NOW), colour=True)


def test_nor_do_they_steer_it_through_json(studio: Studio) -> None:
    hostile_morning(studio, STEERS)
    said = io.StringIO()
    call_command("brief", json=True, stdout=said)
    assert all(each.isprintable() or each == "\n" for each in said.getvalue())
    (waits, *_) = json.loads(said.getvalue())["items"]
    assert waits["subject"] == STEERS
    assert waits["who"] == f"{STEERS}Cleo"


@pytest.mark.parametrize("text", [STEERS, "Żółć, 東京 and 🎂", "\U000e0041 tag", "a\x7fb", 'quote " and \\ slash'])
def test_json_says_the_same_whatever_is_escaped(text: str) -> None:
    said = words.printable(json.dumps([text], ensure_ascii=False))
    assert json.loads(said) == [text]
    assert said.isprintable()
    assert "東京" not in text or "東京 and 🎂" in said


@pytest.mark.parametrize("much", [1, 30])
@pytest.mark.parametrize("at", [None, "2026-10-20T09:30"])
def test_its_cost_does_not_grow_with_history(
    studio: Studio, much: int, at: str | None, django_assert_max_num_queries: Any
) -> None:
    for number in range(much):
        asked = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00") + timedelta(seconds=number))
        if number % 2:
            wrote(studio.borealis, by=studio.bo, at=london(19, "10:00"), conversation=asked.conversation)
        row = promised(studio.borealis, by=studio.bo, due=london(20, "15:00"), words=f"Part {number}", at=london(19))
        if number % 2:
            promises.keep(row, by=studio.bo, at=london(19, "12:00"))
        sold(studio.borealis, by=studio.ada, name=f"Job {number}", ends=date(2026, 12, 1))
    with django_assert_max_num_queries(20):
        told(at=at)


@pytest.mark.slow
def test_typed_in_a_new_home_json_stands_alone_on_its_way_out(a_home: Home) -> None:
    done = a_home.kept("brief", "--json", "--at", "2026-03-02")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["items"] == []
    assert "Traceback" not in done.stderr
    wrong = a_home.kept("brief", "--at", "soon")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.strip().endswith("Write it like 2026-03-02 or 2026-03-02T09:40+01:00.")
