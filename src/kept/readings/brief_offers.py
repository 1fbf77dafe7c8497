"""What the brief says of sentences that sound like promises: one item a member, gone after two weeks."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from kept.kit import words
from kept.kit.names import calling
from kept.kit.written_once import written_once
from kept.ledgers.journal.models import Line
from kept.ledgers.promises.models import Candidate
from kept.ledgers.team.models import Member
from kept.measures.attention import Kind, Matter
from kept.readings.brief_items import Item
from kept.readings.brief_list import Found

PUSHED = timedelta(days=14)  # who has not said yes or no by then is not asked every morning
NAMED = 3
WAITING = Q(promise=None, dismissed_at=None)


def offers_of(viewer: Member, *, at: datetime, zone: ZoneInfo, replay: bool = False) -> dict[Matter, Found]:
    """The one item, or none: what the viewer said within two weeks and nobody has counted or dismissed. One query."""
    rows = _own(viewer, at - PUSHED, at, anybodys=viewer.pk is None, replay=replay)
    if not rows:
        return {}
    newest = rows[0]
    return {Matter(kind=Kind.CANDIDATE, row=newest.pk): Found(rows, partial(_item, viewer=viewer, at=at, zone=zone))}


@written_once
def _own(viewer: Member, begins: datetime, at: datetime, *, anybodys: bool, replay: bool) -> QuerySet[Candidate]:
    """Said lately by the viewer; without one by anybody. The newest first."""
    rows = Candidate.objects.seen_by(viewer).filter(said_at__gt=begins, said_at__lte=at)
    mine = (rows if anybodys else rows.filter(by=viewer)).filter(_waiting_at(at) if replay else WAITING)
    return mine.exclude(client__stage="past").select_related("client", "contact").order_by("-said_at", "-pk")


def _waiting_at(at: datetime) -> Q:
    """Those nobody had counted or dismissed by that moment; the journal knows when somebody counted one."""
    later = Line.objects.filter(verb="promises.accept", noun=Candidate._meta.label, row_id=OuterRef("pk"), at__gt=at)
    return (Q(promise=None) | Q(Exists(later))) & (Q(dismissed_at=None) | Q(dismissed_at__gt=at))


def _item(rows: list[Candidate], *, viewer: Member, at: datetime, zone: ZoneInfo) -> Item:
    newest, many = rows[0], len(rows)
    whom = list(dict.fromkeys(calling(row.contact.name) if row.contact else row.client.name for row in rows))
    named = words.listed([*whom[:NAMED], "others"] if len(whom) > NAMED else whom)
    sounds = "sounds like a promise" if many == 1 else "sound like promises"
    whose = "yours" if viewer.pk else "ours"
    said = words.day(newest.said_at.astimezone(zone).date(), today=at.astimezone(zone).date(), article=True)
    return Item(
        kind="candidate",
        row=newest.pk,
        client=None,
        who=named,
        what=f"{words.sentence(words.count(many, 'sentence'))} to {named} {sounds} of {whose}.",
        why="It counts when somebody says yes." if many == 1 else "None counts until somebody says yes.",
        state="calm",
        says="yes or no",
        by=f"said {said}" if many == 1 else f"the newest said {said}",
        due=None,
        late=False,
        act="Say yes or no",
        place=("desk:noticed_row", newest.pk),
    )
