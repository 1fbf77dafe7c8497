"""How far a member's word held this quarter: of what they promised, or of the whole firm's for who sees all."""

from kept.ledgers.promises.models import Promise
from kept.readings.brief import Brief, sees_all
from kept.readings.promised import Said, Standing
from kept.readings.promises_kept import Tally, quarter_of, tally


def kept_lately(one: Brief) -> Tally:
    """What was settled this quarter and how much of it was kept, by the facts of the brief's moment.

    The same rows as the promises page counts for that member. Two queries, or four where something was released or
    moved without a yes; the open ones that broke are in the brief already.
    """
    viewer = one.member
    promises = Promise.objects.seen_by(viewer)
    opened = [item.subject for item in one.of("promise") if isinstance(item.subject, Said)]
    if not sees_all(viewer):
        promises = promises.filter(by=viewer)
        opened = [said for said in opened if said.promise.by_id == viewer.pk]
    return tally(
        promises,
        standing=[_standing(said) for said in opened],
        since=quarter_of(one.at, one.zone),
        at=one.at,
        offices=one.offices,
    )


def _standing(said: Said) -> Standing:
    row = said.promise
    return Standing(row.pk, said.judged, row.by_id, row.client_id, row.size)
