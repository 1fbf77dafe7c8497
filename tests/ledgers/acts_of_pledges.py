"""Acts on the pledge: its drafts, its publication, what differs for a client, who may read it."""

from typing import Any

from kept.ledgers.pledges import drafting
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.drafting import Wording
from kept.ledgers.pledges.models import Edition, Measure, Sentence, Showing, Variation
from kept.ledgers.pledges.verbs import Difference
from tests.cast import NOW, Studio, london
from tests.ledgers.act import Act
from tests.pledging import drafted, pledged, sentence

TODAY = NOW.date()
CALLS = Wording("We call you back within four working hours.", Measure.CALLS, within=240)


def draft(s: Studio) -> Edition:
    """A draft of which the sentences were in force before."""
    pledged(s)
    return drafting.draft(by=s.bo, at=london(19))


def bills(s: Studio) -> Sentence:
    return sentence(draft(s), Measure.BILLS)


def replies(s: Studio) -> Sentence:
    return sentence(pledged(s), Measure.REPLIES)


def vary(s: Studio, row: Sentence, w: dict[str, Any]) -> Variation:
    two_hours = Difference(within=120, words="A person answers Cleo within two working hours.")
    return pledges.vary(s.borealis, sentence=row, difference=two_hours, since=TODAY, reason="print days", **w)


def varied(s: Studio) -> Variation:
    return vary(s, replies(s), {"by": s.bo, "at": NOW})


def opened(s: Studio) -> Showing:
    return pledges.open_page(by=s.ada, at=london(19))


PLEDGES = [
    Act(
        "pledges.draft",
        lambda s, _, w: drafting.draft(**w),
        lambda s, _, row, w: drafting.drop(row, **w),
        "pledges.drop",
        pledged,
    ),
    Act(
        "pledges.drop",
        lambda s, row, w: drafting.drop(row, **w),
        lambda s, _, line, w: drafting.take_up(line, **w),
        "pledges.take_up",
        draft,
    ),
    Act(
        "pledges.add",
        lambda s, row, w: drafting.add(row, CALLS, **w),
        lambda s, _, row, w: drafting.strike(row, **w),
        "pledges.strike",
        draft,
    ),
    Act(
        "pledges.reword",
        lambda s, row, w: drafting.reword(row, Wording("Bills are as we said.", Measure.BILLS, target=99), **w),
        lambda s, row, _, w: drafting.reword(row, Wording("No bill surprises you.", Measure.BILLS, target=98), **w),
        "pledges.reword",
        bills,
    ),
    Act(
        "pledges.place",
        lambda s, row, w: drafting.place(row, after=0, **w),
        lambda s, row, stood, w: drafting.place(row, after=stood, **w),
        "pledges.place",
        bills,
    ),
    Act(
        "pledges.strike",
        lambda s, row, w: drafting.strike(row, **w),
        lambda s, row, _, w: drafting.put_back(row, **w),
        "pledges.put_back",
        bills,
    ),
    Act(
        "pledges.publish",
        lambda s, row, w: pledges.publish(row, why="People asked about bills.", **w),
        lambda s, row, _, w: pledges.take_back_publication(row, **w),
        "pledges.take_back_publication",
        draft,
    ),
    Act(
        "pledges.vary",
        vary,
        lambda s, _, row, w: pledges.take_back_variation(row, **w),
        "pledges.take_back_variation",
        replies,
    ),
    Act(
        "pledges.end_variation",
        lambda s, row, w: pledges.end_variation(row, on=TODAY, **w),
        lambda s, row, _, w: pledges.end_variation(row, on=None, **w),
        "pledges.end_variation",
        varied,
    ),
    Act(
        "pledges.open_page",
        lambda s, _, w: pledges.open_page(**w),
        lambda s, _, row, w: pledges.take_back_opening(row, **w),
        "pledges.take_back_opening",
    ),
    Act(
        "pledges.close_page",
        lambda s, row, w: pledges.close_page(row, **w),
        lambda s, row, _, w: pledges.reopen_page(row, **w),
        "pledges.reopen_page",
        opened,
    ),
]
PLEDGE_BEGINNINGS = [Act("pledges.add", lambda s, row, w: drafting.add(row, CALLS, **w), given=drafted)]
