"""The demo's pledge: a first wording, the one that followed it and why, and what is different for Borealis."""

from datetime import time

from kept.doors.terminal.demo.stage import Stage
from kept.ledgers.pledges import drafting
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.drafting import Wording, wording_of
from kept.ledgers.pledges.models import Edition, Measure
from kept.ledgers.pledges.verbs import Difference

FIRST = (
    Wording("A person answers you within a working day.", Measure.REPLIES, target=85, within=480),
    Wording("We keep what we promise.", Measure.PROMISES, target=90),
    Wording("The people you met are the people who come.", Measure.PEOPLE, target=90),
    Wording("We come when we said we would, and in time.", Measure.MEETINGS, target=90, within=10),
    Wording("No bill surprises you.", Measure.BILLS, target=98, window_days=180),
)
NOW = {
    Measure.REPLIES: Wording("A person answers you within four working hours.", Measure.REPLIES, target=80, within=240),
    Measure.PROMISES: Wording("We keep what we promise, or ask you before it’s due.", Measure.PROMISES, target=98),
}
ADDED = (
    Wording(
        "When something felt wrong, a person speaks with you within a working day.", Measure.FEEDBACK, target=95,
        window_days=180, within=1,
    ),
    Wording(
        "In your first month we sit down with you, and ask what we got wrong.", Measure.FIRST_MONTH, target=90,
        window_days=365, within=31,
    ),
)  # fmt: skip
WHY = (
    "A working day was easy to keep and told nobody anything; and twice a client learned of a new day only when the "
    "old one had passed."
)
FIRST_MONTHS, SECOND_MONTHS = 11, 5  # before the day
DRAFTED = time(15, 10)


def pledge(stage: Stage) -> None:
    """Two editions, the page open to everybody, one difference."""
    ada, bo = stage.members["ada"], stage.members["bo"]
    begun = (stage.day - stage.month(FIRST_MONTHS)).days
    edition = drafting.draft(by=bo, at=stage.ago(begun + 4, DRAFTED))
    for wording in FIRST:
        drafting.add(edition, wording, by=bo, at=stage.ago(begun + 3, DRAFTED))
    pledges.publish(edition, by=ada, at=stage.ago(begun))
    pledges.open_page(by=ada, at=stage.ago(begun))
    second = _second(stage)
    replies = second.sentences.get(measure=Measure.REPLIES)
    since = stage.month(SECOND_MONTHS - 1)
    pledges.vary(
        stage.clients["borealis"], sentence=replies, since=since, by=bo, at=stage.ago((stage.day - since).days),
        difference=Difference(words="A person answers Cleo and Arun within two working hours.", within=120),
        reason="Cleo’s magazine goes to the printer whether we are ready or not.",
    )  # fmt: skip


def _second(stage: Stage) -> Edition:
    ada, bo = stage.members["ada"], stage.members["bo"]
    begun = (stage.day - stage.month(SECOND_MONTHS)).days
    edition = drafting.draft(by=bo, at=stage.ago(begun + 6, DRAFTED))
    for row in edition.sentences.all():
        wording = NOW.get(Measure(row.measure), wording_of(row))
        drafting.reword(row, wording, by=bo, at=stage.ago(begun + 5, DRAFTED))
    for wording in ADDED:
        drafting.add(edition, wording, by=bo, at=stage.ago(begun + 5, DRAFTED))
    return pledges.publish(edition, why=WHY, by=ada, at=stage.ago(begun))
