"""A bill is as quoted, a surprise, or not known; what they say goes before what we reckon."""

from decimal import Decimal

import pytest

from kept.measures.billing import Verdict, verdict

QUOTE = Decimal("4500.00")


@pytest.mark.parametrize("billed", [QUOTE, QUOTE - Decimal("0.01"), Decimal(0)])
def test_up_to_the_quote_it_is_as_quoted(billed: Decimal) -> None:
    assert verdict(billed, quoted=QUOTE, told=False, surprised=False) is Verdict.AS_QUOTED


def test_a_penny_above_is_a_surprise_unless_they_were_told() -> None:
    above = QUOTE + Decimal("0.01")
    assert verdict(above, quoted=QUOTE, told=False, surprised=False) is Verdict.SURPRISE
    assert verdict(above, quoted=QUOTE, told=True, surprised=False) is Verdict.AS_QUOTED


def test_a_firm_may_take_a_little_above_for_the_same() -> None:
    assert verdict(Decimal("4545.00"), quoted=QUOTE, told=False, surprised=False, within=0.01) is Verdict.AS_QUOTED
    assert verdict(Decimal("4545.01"), quoted=QUOTE, told=False, surprised=False, within=0.01) is Verdict.SURPRISE


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("quoted", [QUOTE, None])
def test_who_says_they_were_surprised_was(quoted: Decimal | None, told: bool) -> None:
    assert verdict(Decimal(1), quoted=quoted, told=told, surprised=True) is Verdict.SURPRISE


def test_without_a_quote_or_a_word_nothing_is_known() -> None:
    assert verdict(Decimal(100), quoted=None, told=False, surprised=False) is None
    assert verdict(Decimal(100), quoted=None, told=True, surprised=False) is Verdict.AS_QUOTED
