"""What Today asks of its reader quietly: the team's round, and a thought after an answer; in the rail's own query."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet, Subquery
from django.urls import reverse

from kept.doors.desk.frame import rail_of
from kept.kit.written_once import written_once
from kept.ledgers.pulses.models import Answer
from kept.ledgers.rounds.models import Round
from kept.ledgers.rounds.verbs import token_for
from kept.ledgers.team.models import Firm, Member
from kept.readings.reflections import REMINDED, worth_a_thought
from kept.readings.team_rounds import asking
from kept.readings.waiting_count import how_many


def rail_and_asked(member: Member, *, at: datetime) -> dict[str, Any]:
    """The rail; `asked`: a round that is open asks this member, who has not answered; `thought` {words, href} or None.

    One query.
    """
    found = _asked(member, at, at - REMINDED)
    firm, inbox, key, box, answer, client, name = found[0] if found else ("", 0, None, None, None, None, "")
    return {
        "rail": rail_of(member, firm=firm, inbox=inbox),
        "asked": bool(key and token_for(Round(key=key, box=box or ""), member)),
        "thought": _thought(answer, client, name) if answer else None,
    }


@written_once
def _asked(viewer: Member, at: datetime, since: datetime) -> QuerySet[Firm, tuple[Any, ...]]:
    open_round = asking(viewer, at=at)
    answers = worth_a_thought(viewer, since=since, at=at).annotate(of=F("client__name"))
    return Firm.objects.values_list(
        "name",
        Subquery(how_many(viewer, at=at)),
        *(Subquery(open_round.values(column)[:1]) for column in ("key", "box")),
        *(Subquery(answers.values(column)[:1]) for column in ("pk", "client_id", "of")),
    )


def _thought(answer: int, client: int, name: str) -> dict[str, str]:
    """The newest glad or low answer nobody has thought over."""
    after = urlencode({"after": f"{Answer._meta.label}:{answer}"})
    return {"words": name, "href": f"{reverse('desk:reflections', args=[client])}?{after}#write"}
