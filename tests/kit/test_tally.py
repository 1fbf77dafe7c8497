"""Strokes one after another, and a share on its line."""

import pytest

from kept.kit.charts.tally import share_line, tally


def test_every_occasion_has_its_stroke_from_the_left() -> None:
    drawn = tally([True, False])
    assert drawn.strokes == (("1%", True), ("3.97%", False))
    assert not drawn.cut


def test_sixty_fill_the_line_and_of_more_the_last_are_drawn() -> None:
    assert tally([True] * 60).strokes[-1][0] == "99%"
    drawn = tally([False] * 40 + [True] * 34)
    assert drawn.cut
    assert [kept for _, kept in drawn.strokes] == [True] * 34
    assert tally([]).strokes == ()


@pytest.mark.parametrize(
    ("share", "span", "target", "begins", "mark", "where"),
    [
        (0.912, (0.87, 0.94), 0.95, "50", "82.4%", ("90%", "end")),
        (0.85, (0.76, 0.91), 0.90, "50", "70%", ("80%", "middle")),
        (0.30, (0.10, 0.50), 0.90, "0", "30%", ("90%", "end")),
        (0.95, (0.90, 0.99), 0.52, "50", "90%", ("4%", "start")),
    ],
)
def test_the_line_begins_at_a_half_unless_something_lies_below(
    share: float, span: tuple[float, float], target: float, begins: str, mark: str, where: tuple[str, str]
) -> None:
    line = share_line(share, span=span, target=target, thin=False, short=True)
    assert (line.begins, line.mark, (line.target, line.anchor), line.short) == (begins, mark, where, True)
