"""`kept pledge`: what the terminal says of the pledge, now and on an earlier day."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.acting import wrote
from tests.pledging import pledged
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def said(**options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("pledge", json=True, stdout=out, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_each_sentence_comes_with_its_figures_and_its_misses(studio: Studio) -> None:
    pledged(studio)
    message = wrote(studio.borealis, by=studio.cleo, at=london(15, "10:00"))
    wrote(studio.borealis, by=studio.bo, at=london(15, "15:00"), conversation=message.conversation)
    found = said()
    replies = found["sentences"][0]
    assert (found["version"], len(found["sentences"])) == (1, 5)
    assert (replies["kept"], replies["of"], replies["target"], replies["stands"]) == (0, 1, 0.9, "too little to say")
    assert replies["misses"] == [
        {
            "row": f"conversations.Message/{message.pk}", "client": "Borealis", "what": "Cleo North", "by": "1 h late",
            "at": "2026-10-15T09:00:00+00:00",
        }
    ]  # fmt: skip


def test_an_earlier_day_is_told_as_it_stood(studio: Studio) -> None:
    pledged(studio)
    assert said(at="2026-08-31") == {"version": None, "sentences": []}
    assert said(at="2026-10-01")["version"] == 1


def test_the_terminal_opens_with_a_sentence(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("pledge")
    assert "We have pledged nothing yet." in " ".join(capsys.readouterr().out.split())
    pledged(studio)
    call_command("pledge")
    text = " ".join(capsys.readouterr().out.split())
    assert "It is too early to say how we keep our five sentences." in text
    assert "No bill surprises you. Nothing to count yet: no bill since 22 July. Pledged 98 in 100." in text
