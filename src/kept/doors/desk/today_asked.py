"""Whether the team's round still waits for the reader of Today, asked in the query that the rail needs anyway."""

from datetime import datetime
from typing import Any

from django.db.models import Subquery

from kept.doors.desk.frame import rail_of
from kept.ledgers.rounds.models import Round
from kept.ledgers.rounds.verbs import token_for
from kept.ledgers.team.models import Firm, Member
from kept.readings.team_rounds import asking
from kept.readings.waiting_count import how_many


def rail_and_asked(member: Member, *, at: datetime) -> dict[str, Any]:
    """The rail, and `asked`: whether a round that is open asks this member, who has not answered. One query."""
    key, box = (Subquery(asking(member, at=at).values(name)[:1]) for name in ("key", "box"))
    row = Firm.objects.values_list("name", Subquery(how_many(member, at=at)), key, box).first()
    firm, inbox, key_of, box_of = row or ("", 0, None, None)
    asked = bool(key_of and token_for(Round(key=key_of, box=box_of or ""), member))
    return {"rail": rail_of(member, firm=firm, inbox=inbox), "asked": asked}
