"""All wordings of the pledge there have been, the newest first, each with what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from kept.ledgers.pledges.models import Edition, Sentence
from kept.measures.pledge_kinds import KINDS


@dataclass(frozen=True)
class Past:
    """One edition and, in words, what is other than in the one before; `until` is the edition that followed it."""

    edition: Edition
    sentences: tuple[Sentence, ...]
    changes: tuple[str, ...]
    until: Edition | None


def past() -> list[Past]:
    """Every published edition. Two queries."""
    rows = Edition.objects.published().select_related("published_by")
    editions = list(rows.prefetch_related(Prefetch("sentences", to_attr="all_sentences")))
    found: list[Past] = []
    for place, edition in enumerate(editions):
        before = editions[place + 1] if place + 1 < len(editions) else None
        now: list[Sentence] = edition.all_sentences  # type: ignore[attr-defined]  # prefetched above
        was: list[Sentence] = before.all_sentences if before else []  # type: ignore[attr-defined]
        found.append(Past(edition, tuple(now), tuple(changes(was, now)), editions[place - 1] if place else None))
    return found


def changes(was: list[Sentence], now: list[Sentence]) -> list[str]:
    """What is other in `now`, a sentence each; of a first edition nothing."""
    if not was:
        return []
    before, after = _by_root(was), _by_root(now)
    new = [f"New: “{one.words}”" for root, one in after.items() if root not in before]
    gone = [f"Gone: “{one.words}”" for root, one in before.items() if root not in after]
    other = [said for root, one in after.items() if root in before and (said := _other(before[root], one))]
    return [*new, *other, *gone]


def _by_root(rows: list[Sentence]) -> Mapping[int, Sentence]:
    return {row.root_pk: row for row in rows}


def _other(was: Sentence, now: Sentence) -> str:
    said = []
    if was.words != now.words:
        said.append(f"was “{was.words}”")
    if was.measure != now.measure:
        said.append(f"is held against {_named(now.measure)}, before against {_named(was.measure)}")
    if was.target != now.target:
        said.append(f"{now.target} in 100, before {was.target}")
    if was.within != now.within:
        said.append(f"{_timed(now)}, before {_timed(was)}")
    if was.window_days != now.window_days:
        said.append(f"over {now.window_days} days, before {was.window_days}")
    what = "; ".join(said)
    return f"“{now.words}” {what}{'' if what.endswith('”') else '.'}" if said else ""


def _timed(row: Sentence) -> str:
    """ "within 4 working hours", "without a time of its own"."""
    kind = KINDS.get(row.measure)
    if not row.within or kind is None:
        return "without a time of its own"
    return f"within {row.within / kind.step:g} {kind.unit}"


def _named(measure: str) -> str:
    return KINDS[measure].name if measure else "nothing"
