"""Every number of ours can be seen with its origin, changed within its bounds, and stored by what differs."""

import pytest

from kept.measures.parameters import DEFAULTS, Parameters, changed_numbers, numbers, with_numbers

KEYS = {number.key: number for number in numbers()}


@pytest.mark.parametrize("number", numbers(), ids=lambda each: each.key)
def test_every_number_has_words_an_origin_and_bounds_that_hold_its_default(number: object) -> None:
    told = KEYS[number.key].told  # type: ignore[attr-defined]
    assert told.says
    assert told.origin.endswith(".")
    assert told.low <= KEYS[number.key].default <= told.high  # type: ignore[attr-defined]
    assert told.low < told.high


def test_no_two_numbers_say_the_same_within_a_group() -> None:
    said = [(each.key.partition(".")[0], each.told.says) for each in numbers()]
    assert len(said) == len(set(said))


def test_the_paper_s_numbers_are_there() -> None:
    shown = {
        "streams.promise_major": 2,
        "streams.reply_half_life": 30,
        "blend.strength": 8,
        "drifting.alarm": 5,
        "hurting.feeling": 4,
        "staying.felt_bar": 0.75,
        "feeling.call_up_to": 6,
        "asking.relationship_days": 180,
        "hiding.people": 5,
    }
    assert {key: KEYS[key].value for key in shown} == shown


def test_a_changed_number_is_all_that_is_stored() -> None:
    changed = with_numbers(DEFAULTS, {"streams.reply_half_life": 45, "blend.merit": 0.5})
    assert (changed.streams.reply_half_life, changed.blend.merit) == (45, 0.5)
    assert changed_numbers(changed) == {"streams.reply_half_life": 45, "blend.merit": 0.5}
    assert with_numbers(Parameters(), changed_numbers(changed)) == changed
    assert changed_numbers(DEFAULTS) == {}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("streams.reply_half_life", 0, "from 1 to 3650"),
        ("hiding.people", 4, "from 5 to 50"),
        ("blend.nonsense", 1, "no number called"),
        ("nonsense", 1, "no number called"),
        ("blend.merit", float("nan"), "from 0.01 to 1"),
    ],
)
def test_a_number_out_of_bounds_changes_nothing(key: str, value: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        with_numbers(DEFAULTS, {"blend.quality": 0.9, key: value})


def test_parameters_can_be_kept_by() -> None:
    assert {DEFAULTS: 1}[Parameters()] == 1
