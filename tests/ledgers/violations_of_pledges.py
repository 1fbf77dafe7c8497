"""One wrong row for every constraint on the pledge."""

from datetime import timedelta
from typing import Any

from kept.ledgers.pledges.models import Edition, Sentence, Showing, Variation
from tests.cast import NOW, Studio
from tests.ledgers.violations import TODAY, Violation, made, twice


def edition(s: Studio) -> dict[str, Any]:
    return {"version": 1, "at": NOW, "by": s.bo}


def sentence(s: Studio) -> dict[str, Any]:
    draft, _ = Edition.objects.get_or_create(version=1, defaults={"at": NOW})
    return {"edition": draft, "position": 1, "words": "No bill surprises you.", "measure": "bills"}


def variation(s: Studio) -> dict[str, Any]:
    return {
        "client": s.borealis, "sentence": Sentence.objects.create(**sentence(s)), "target": 95, "since": TODAY,
        "reason": "asked for", "at": NOW,
    }  # fmt: skip


VIOLATIONS_OF_PLEDGES: dict[str, Violation] = {
    "edition_only": made(Edition, lambda s: edition(s) | {"only": False}),
    "one_draft_at_a_time": twice(Edition, edition, version=2),
    "Edition.version": twice(Edition, lambda s: edition(s) | {"published_at": NOW}),
    "edition_in_time": made(Edition, lambda s: edition(s) | {"published_at": NOW - timedelta(seconds=1)}),
    "sentence_has_words": made(Sentence, lambda s: sentence(s) | {"words": ""}),
    "sentence_measure": made(Sentence, lambda s: sentence(s) | {"measure": "love"}),
    "sentence_target": made(Sentence, lambda s: sentence(s) | {"target": 101}),
    "sentence_window": made(Sentence, lambda s: sentence(s) | {"window_days": 6}),
    "sentence_within": made(Sentence, lambda s: sentence(s) | {"within": 0}),
    "variation_has_reason": made(Variation, lambda s: variation(s) | {"reason": ""}),
    "variation_in_time": made(Variation, lambda s: variation(s) | {"until": TODAY - timedelta(days=1)}),
    "variation_target": made(Variation, lambda s: variation(s) | {"target": 0}),
    "variation_within": made(Variation, lambda s: variation(s) | {"within": 0}),
    "variation_differs": made(Variation, lambda s: variation(s) | {"left_out": True}),
    "showing_in_time": made(Showing, lambda s: {"opened_at": NOW, "closed_at": NOW - timedelta(seconds=1)}),
    "showing_open_once": twice(Showing, lambda s: {"opened_at": NOW}),
}
