"""Signs that other ledgers seem to show: somebody they sent us, and a question about a bill that was right."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from kept.kit import words
from kept.kit.written_once import written_once
from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.choices.models import SignKind
from kept.ledgers.clients.models import Tie, TieKind
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Member
from kept.measures.billing import Verdict, verdict
from kept.readings.choices_offer import Evidence, Offer, Shown
from kept.readings.trust_numbers import parameters_at


def sent(clients: Sequence[int], *, viewer: Member, at: datetime, since: datetime) -> Iterator[Offer]:
    """Whom they sent us: somebody at another client, whom the viewer may know of, was referred by one of theirs.

    Written down after `since` and by `at`. One query.
    """
    for row in _referrals(clients, viewer, at, since):
        facts: Any = row  # with what the query added
        said = f"{row.of.name} at {row.of.client.name}: referred by {row.to.name}"
        yield Offer(
            client=row.to.client_id,
            shown=Shown(SignKind.SENT_OTHERS, Tie._meta.label, row.pk),
            at=facts.written,
            why=f"{row.of.name} came to us by {row.to.name}.",
            words="",  # whoever is kept from the other client by a wall may read the sign
            evidence=(Evidence(facts.written, facts.who or "", said, row.of.client_id),),
            contact=row.to_id,
            who=row.to.name,
        )


def questioned(clients: Sequence[int], *, at: datetime, since: datetime) -> Iterator[Offer]:
    """Questions about bills that were as quoted, raised after `since` and settled by `at`. Two queries at most.

    One about a bill that was wrong is ours to put right, and no sign (MEASURES 2).
    """
    rows = _surprises(clients, at, since)
    within = parameters_at(at).streams.bill_within if rows else 0.0
    for row in rows:
        bill = row.bill
        right = verdict(bill.amount, quoted=bill.quoted, told=bill.told_beforehand, surprised=False, within=within)
        if right is Verdict.AS_QUOTED:
            day = f"{bill.sent_on.day} {words.MONTHS[bill.sent_on.month - 1]}"
            who = row.contact.name if row.contact else ""
            said = f"{row.words} Settled: {row.how}"
            yield Offer(
                client=bill.client_id,
                shown=Shown(SignKind.QUESTIONED_FEE, Surprise._meta.label, row.pk),
                at=row.opened_at,
                why=f"They asked about the bill of {day}, whose sum was as quoted. Whether they were right, you know.",
                words=f"About the bill of {day}, whose sum was as quoted.",
                evidence=(
                    Evidence(row.opened_at, who, said, bill.client_id, noun=Bill._meta.label, pk=bill.pk),
                ),
                contact=row.contact_id,
                who=who,
            )  # fmt: skip


@written_once
def _referrals(clients: Sequence[int], viewer: Member, at: datetime, since: datetime) -> QuerySet[Tie]:
    line = Line.objects.filter(noun=Tie._meta.label, row_id=OuterRef("pk"), verb="clients.tie").order_by("-at")
    rows = Tie.objects.seen_by(viewer).filter(to__client__in=clients, kind=TieKind.REFERRED_BY)
    told = rows.exclude(of__client=F("to__client")).annotate(
        written=Subquery(line.values("at")[:1]), who=Subquery(line.values("by_name")[:1])
    )
    return told.filter(written__gt=since, written__lte=at).select_related("of__client", "to").order_by("pk")


@written_once
def _surprises(clients: Sequence[int], at: datetime, since: datetime) -> QuerySet[Surprise]:
    rows = Surprise.objects.filter(bill__client__in=clients, opened_at__gt=since, at__lte=at, settled_at__lte=at)
    return rows.select_related("bill", "contact").order_by("pk")
