"""Acts on the reckoning of trust."""

from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.reckoning.models import NumberChange
from tests.cast import Studio, london
from tests.ledgers.act import Act


def changed(s: Studio) -> NumberChange:
    """A reply weighs half by now."""
    return reckoning.change_number("streams.reply_weight", value=0.5, by=s.ada, at=london(19))


RECKONING = [
    Act(
        "reckoning.change_number",
        lambda s, _, w: reckoning.change_number("streams.reply_weight", value=0.75, why="We answer by phone.", **w),
        lambda s, _, row, w: reckoning.take_back_change(row, **w),
        "reckoning.take_back_change",
        given=changed,
    ),
    Act(
        "reckoning.set_aside",
        lambda s, _, w: reckoning.set_aside(
            s.borealis, stream="promise", row=7, reason=" They asked us to wait. ", until=london(30), **w
        ),
        lambda s, _, row, w: reckoning.let_count(row, **w),
        "reckoning.let_count",
    ),
    Act(
        "reckoning.see_alarm",
        lambda s, _, w: reckoning.see_alarm(s.borealis, part="consistency", words="We talked.", **w),
        lambda s, _, row, w: reckoning.take_back_seeing(row, **w),
        "reckoning.take_back_seeing",
    ),
]
