"""Who answers people we do not know: the rota and the rules, set and taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kept.kit import words as say
from kept.kit.called import called
from kept.kit.rows import remove
from kept.ledgers.conversations.duty import Looks, Rule, Turn
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Firm, Member


@transaction.atomic
def set_rota(members: Sequence[Member], *, by: Member, at: datetime) -> list[Member]:
    """Say who takes turns, in this order; answers who took turns before, in theirs. Twice is once.

    Undone by setting what it answered. Raises ValueError for who has left, since they would be passed over for ever.
    """
    gone = [member.name for member in members if member.left_on is not None]
    if gone:
        raise ValueError(f"{say.listed(gone)} left. Leave them out of the rota.")
    firm = Firm.objects.select_for_update().get()  # of two who set it at once the second sets all of it
    before = [turn.member for turn in Turn.objects.select_related("member")]
    after = list(dict.fromkeys(members))
    if before == after:
        return before
    Turn.objects.all().delete()
    Turn.objects.bulk_create([Turn(member=member, position=place) for place, member in enumerate(after)])
    names = say.listed([member.name for member in after]) or "nobody"
    write("conversations.set_rota", firm, by=by, at=at, said=names, before=[member.pk for member in before])
    return before


@transaction.atomic
def add_rule(
    *, looks: Looks, words: str, member: Member, by: Member, at: datetime, position: int | None = None
) -> Rule:
    """Let what looks like this go to the member, after the rules there are or at a position. Twice is once.

    Raises ValueError without words, and for who has left.
    """
    said = " ".join(words.split())[:200]
    if not said:
        raise ValueError("Write the words by which such mail is known.")
    if member.left_on is not None:
        raise ValueError(f"{member.name} left. Choose somebody who is here.")
    same = called(Rule.objects.filter(looks=looks, member=member), said, column="words").first()
    if same is not None:
        return same
    last = Rule.objects.aggregate(last=Max("position"))["last"]
    place = (0 if last is None else last + 1) if position is None else position
    row = Rule.objects.create(position=place, looks=looks, words=said, member=member, by=by, at=at)
    write("conversations.add_rule", row, by=by, at=at, said=f"{row.get_looks_display()} {said}: {member.name}")
    return row


@transaction.atomic
def remove_rule(row: Rule, *, by: Member, at: datetime) -> None:
    """Undo a rule; what it handed out stays where it is. Twice is once."""
    if remove(row):
        write("conversations.remove_rule", row, by=by, at=at, said=row.words, was=facts_of(row))
