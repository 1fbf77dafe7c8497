"""A pledge for the tests: the studio's five sentences, published in September through the verbs."""

from collections.abc import Sequence
from datetime import datetime

from kept.ledgers.clients.models import Client
from kept.ledgers.pledges import drafting
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.drafting import Wording
from kept.ledgers.pledges.models import Edition, Measure, Sentence, Variation
from kept.ledgers.pledges.verbs import Difference
from kept.ledgers.team.models import Member
from tests.studio import NOW, Studio, london

FIVE = (
    Wording("A person answers you within four working hours.", Measure.REPLIES, target=90, within=240),
    Wording("We keep what we promise, or ask you before it’s due.", Measure.PROMISES, target=95),
    Wording("The people you met are the people who come.", Measure.PEOPLE, target=90),
    Wording("No bill surprises you.", Measure.BILLS, target=98),
    Wording("When something felt wrong, a person calls within a working day.", Measure.FEEDBACK, target=95),
)
EIGHT = (
    *FIVE,
    Wording("We call you back within four working hours.", Measure.CALLS),
    Wording("Nobody of ours fails to come.", Measure.MEETINGS),
    Wording("In your first month we sit down with you.", Measure.FIRST_MONTH),
)
SEPTEMBER = london(1, "10:00", month=9)


def drafted(s: Studio, wordings: Sequence[Wording] = FIVE, *, at: datetime = SEPTEMBER) -> Edition:
    """A first draft with these sentences."""
    edition = drafting.draft(by=s.bo, at=at)
    for wording in wordings:
        drafting.add(edition, wording, by=s.bo, at=at)
    return edition


def pledged(s: Studio, wordings: Sequence[Wording] = FIVE, *, at: datetime = SEPTEMBER) -> Edition:
    """The same, published by the owner."""
    return pledges.publish(drafted(s, wordings, at=at), by=s.ada, at=at)


def vary(client: Client, *, by: Member) -> Variation:
    """Another target for bills with this client, of the pledge in force; it is published first where there is none."""
    edition = Edition.objects.published().first() or _published(by)
    return pledges.vary(
        client, sentence=sentence(edition, Measure.BILLS), difference=Difference(target=99), since=NOW.date(),
        reason=f"{client.name} asked for it", by=by, at=NOW,
    )  # fmt: skip


def _published(by: Member) -> Edition:
    edition = drafting.draft(by=by, at=SEPTEMBER)
    for wording in FIVE:
        drafting.add(edition, wording, by=by, at=SEPTEMBER)
    return pledges.publish(edition, by=by, at=SEPTEMBER)


def sentence(edition: Edition, measure: str) -> Sentence:
    """The sentence held against that measure."""
    return edition.sentences.get(measure=measure)
