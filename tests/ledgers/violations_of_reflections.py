"""One wrong row for every constraint on reflections."""

from typing import Any

from kept.ledgers.reflections.models import Reflection, Wording
from tests.cast import NOW, Studio
from tests.ledgers.violations import Violation, made


def reflection(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "kind": "delight", "after_words": "Cleo sang", "by": s.bo, "at": NOW}


def wording(s: Studio) -> dict[str, Any]:
    row = Reflection.objects.create(**reflection(s))
    return {"reflection": row, "learned": "She sings", "change": "We listen", "by": s.bo, "at": NOW}


VIOLATIONS_OF_REFLECTIONS: dict[str, Violation] = {
    "reflection_kind": made(Reflection, lambda s: reflection(s) | {"kind": "mood"}),
    "reflection_says_after_what": made(Reflection, lambda s: reflection(s) | {"after_words": ""}),
    "reflection_after_a_row_or_none": made(Reflection, lambda s: reflection(s) | {"after_id": 7}),
    "wording_learned": made(Wording, lambda s: wording(s) | {"learned": ""}),
    "wording_one_change": made(Wording, lambda s: wording(s) | {"change": ""}),
}
