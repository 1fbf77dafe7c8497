"""`kept review`: a quarter as PDF, as JSON, or in one sentence."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.ledgers.acts_of_reviews import JUDGED
from tests.readings.test_review import begun
from tests.studio import NOW, Studio


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def review(*words: str) -> str:
    out = StringIO()
    call_command("review", *words, stdout=out)
    return out.getvalue()


def test_it_is_written_as_paper(studio: Studio, tmp_path: Path) -> None:
    begun(studio)
    said = review("borealis", "--quarter", "2026Q3", "--pdf", str(tmp_path / "b.pdf"))
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF-")
    assert said.startswith(f"Written to {tmp_path / 'b.pdf'}, ")


def test_as_json_it_is_what_the_paper_is_made_from(studio: Studio) -> None:
    begun(studio)
    told: dict[str, Any] = json.loads(review("Borealis", "--json"))
    assert (told["head"]["client"], told["judgement"]) == ("Borealis", [JUDGED])


def test_alone_it_says_the_sentence(studio: Studio) -> None:
    begun(studio)
    assert review("Borealis").startswith("No promise fell due this quarter")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["Nobody"], "No client is called “Nobody”"),
        (["Borealis", "--quarter", "soon"], "“soon” is no quarter"),
        (["Borealis", "--quarter", "2026Q2"], "Nobody has begun the review of Borealis for April to June 2026"),
        (["Borealis", "--pdf", "/nowhere/at/all.pdf"], "could not be written"),
    ],
)
def test_what_cannot_be_is_said_plainly(words: list[str], why: str, studio: Studio) -> None:
    begun(studio)
    with pytest.raises(CommandError, match=why):
        review(*words)
