"""Signs and judgements that were taken back later, as they stood on an earlier day; the journal keeps them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from kept.ledgers.choices.models import Hold, Sign
from kept.ledgers.clients.models import Contact
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Member
from kept.readings.standing_parts import HOLD, SIGN
from kept.readings.standing_rows import Row, Rows, by_moment

Was = dict[str, Any]  # the columns of a removed row


def put_back(rows: Mapping[int, Rows], *, at: datetime, clients: Collection[int] | None) -> None:
    """Add to the rows of each client what was known at `at` and taken back after it.

    One query; two more, for names, where anything was taken back.
    """
    lines = Line.objects.filter(
        verb="choices.take_back", noun__in=[Sign._meta.label, Hold._meta.label], at__gt=at
    ).order_by()
    if clients is not None:
        lines = lines.filter(client_id__in=clients)
    found = [(noun, facts["was"]) for noun, facts in lines.values_list("noun", "facts")]
    signs = [was for noun, was in found if noun == Sign._meta.label and _known(was, "noted_at", at)]
    holds = [was for noun, was in found if noun == Hold._meta.label and _known(was, "at", at)]
    contacts = _names(Contact, (was["contact_id"] for was in signs))
    members = _names(Member, (was["by_id"] for was in holds))
    for was in signs:
        if own := rows.get(was["client_id"]):
            own.signs.append(_sign(was, contacts))
            own.signs.sort(key=by_moment)
    for was in holds:
        if own := rows.get(was["client_id"]):
            own.holds.append(_hold(was, members))
            own.holds.sort(key=by_moment)


def _known(was: Was, since: str, at: datetime) -> bool:
    return datetime.fromisoformat(was[since]) <= at


def _names(of: type[Contact] | type[Member], keys: Iterable[int | None]) -> dict[int, str]:
    wanted = {key for key in keys if key}
    return dict(of._default_manager.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _sign(was: Was, contacts: Mapping[int, str]) -> Row:
    return _row(SIGN, was, kind=was["kind"], who=contacts.get(was["contact_id"] or 0, ""))


def _hold(was: Was, members: Mapping[int, str]) -> Row:
    return _row(
        HOLD, was, kind=was["lock"], yes=was["ties"], first=_day(was["since"]), last=_day(was["until"]),
        who=members.get(was["by_id"] or 0, ""),
    )  # fmt: skip


def _row(what: int, was: Was, **columns: Any) -> Row:
    """As the query of the rows that stand gives them; what is not given is empty."""
    empty: dict[str, Any] = {"yes": None, "first": None, "last": None, "one": None, "two": None}
    told = {"pk": was["id"], "client": was["client_id"], "words": was["words"]}
    return Row(what=what, at=datetime.fromisoformat(was["at"]), **(empty | told | columns))


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
