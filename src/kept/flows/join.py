"""Welcoming one of us, and changing who they are: nobody of ours comes in by the address of somebody we serve."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kept.flows.write_from import keep_theirs
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member


@transaction.atomic
def join(*, email: str, by: Member | None, at: datetime, **facts: Any) -> Member:
    """Welcome a person to the firm; `facts` as `team.verbs.join` takes them.

    Raises SomebodyWeServe for a contact's address, AlreadyThere for one of somebody in the firm.
    """
    keep_theirs(email, by=by)
    return team.join(email=email, by=by, at=at, **facts)


@transaction.atomic
def change_member(member: Member, *, by: Member, at: datetime, **new: Any) -> Member:
    """Change what is written about a member, as `team.verbs.change_member` does. Twice is once.

    Raises SomebodyWeServe where the address becomes a contact's; one that they had before stays theirs.
    """
    if "email" in new and new["email"].strip().lower() != member.email:
        keep_theirs(new["email"], by=by)
    return team.change_member(member, by=by, at=at, **new)
