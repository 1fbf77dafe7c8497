"""What is done with the pledge: publish an edition, agree on a difference with a client, let everybody read it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from kept.kit import words as say
from kept.kit.rows import hold, remove
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.pledges.models import FEWEST, MOST, Edition, Sentence, Showing, Variation
from kept.ledgers.team.models import Member


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different for a client: the sentence is left out, or its words, target or time are others."""

    left_out: bool = False
    words: str = ""
    target: int | None = None
    within: int | None = None


@transaction.atomic
def publish(edition: Edition, *, by: Member, at: datetime, why: str = "") -> Edition:
    """From now on this is the pledge. Twice is once.

    Raises ValueError with a plain sentence unless it has five to nine sentences, each held against something, and
    says why it changed (the first one need not).
    """
    hold(edition)
    if not edition.is_draft:
        return edition
    _check(edition, why.strip())
    edition.published_at, edition.published_by, edition.why = at, by, why.strip()[:500]
    edition.save(update_fields=["published_at", "published_by", "why"])
    write("pledges.publish", edition, by=by, at=at, said=edition.why or str(edition))
    return edition


@transaction.atomic
def take_back_publication(edition: Edition, *, by: Member, at: datetime) -> None:
    """Undo a publication: the edition is a draft again, and the one before it in force. Twice is once.

    Raises ValueError when a later edition stands, be it as a draft.
    """
    hold(edition)
    if edition.is_draft:
        return
    if Edition.objects.filter(version__gt=edition.version).exists():
        raise ValueError("A later wording stands already. Drop its draft, or take it back, first.")
    was = facts_of(edition)
    edition.published_at, edition.published_by, edition.why = None, None, ""
    edition.save(update_fields=["published_at", "published_by", "why"])
    write("pledges.take_back_publication", edition, by=by, at=at, said=str(edition), was=was)


@transaction.atomic
def vary(
    client: Client,
    *,
    sentence: Sentence,
    difference: Difference,
    since: date,
    reason: str,
    by: Member,
    at: datetime,
    until: date | None = None,
) -> Variation:
    """Agree with a client that a sentence is different for them. The same twice is once.

    Raises ValueError with a plain sentence without a reason, where nothing differs, for a sentence nobody published,
    and when it would end before it begins.
    """
    hold(client)  # of two who agree the same at once the second finds it
    _check_difference(sentence, difference, reason.strip(), since, until)
    facts = {
        "sentence_id": sentence.root_pk, "since": since, "until": until, "reason": reason.strip()[:300],
        **asdict(difference), "words": " ".join(difference.words.split())[:200],
    }  # fmt: skip
    standing = Variation.objects.filter(client=client, **facts).first()
    if standing is not None:
        return standing
    row = Variation.objects.create(client=client, by=by, at=at, **facts)
    write("pledges.vary", row, by=by, at=at, client_id=client.pk, said=row.reason)
    return row


@transaction.atomic
def take_back_variation(row: Variation, *, by: Member, at: datetime) -> None:
    """Undo a difference: as if it had never been. Twice is once."""
    if remove(row):
        write(
            "pledges.take_back_variation",
            row,
            by=by,
            at=at,
            client_id=row.client_id,
            said=row.reason,
            was=facts_of(row),
        )


@transaction.atomic
def end_variation(row: Variation, *, on: date | None, by: Member, at: datetime) -> Variation:
    """Name its last day, or (None) none; undone by naming the one before. Twice is once.

    Raises ValueError for a day before it began.
    """
    hold(row)
    before = row.until
    if before == on:
        return row
    if on is not None and on < row.since:
        raise ValueError("It began later than that. Choose a later day, or take it back.")
    row.until = on
    row.save(update_fields=["until"])
    told = before.isoformat() if before else None
    write("pledges.end_variation", row, by=by, at=at, client_id=row.client_id, said=row.reason, before=told)
    return row


@transaction.atomic
def open_page(*, by: Member, at: datetime) -> Showing:
    """Let everybody read the pledge with its figures. Twice is once."""
    row, opened = Showing.objects.get_or_create(closed_at=None, defaults={"opened_at": at, "by": by})
    if opened:
        write("pledges.open_page", row, by=by, at=at)
    return row


@transaction.atomic
def take_back_opening(row: Showing, *, by: Member, at: datetime) -> None:
    """Undo the opening of the page. Twice is once."""
    if remove(row):
        write("pledges.take_back_opening", row, by=by, at=at, was=facts_of(row))


@transaction.atomic
def close_page(row: Showing, *, by: Member, at: datetime) -> None:
    """Let only the firm read it again. Twice is once."""
    hold(row)
    if row.closed_at is None:
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        write("pledges.close_page", row, by=by, at=at)


@transaction.atomic
def reopen_page(row: Showing, *, by: Member, at: datetime) -> None:
    """Undo the closing of the page. Twice is once."""
    hold(row)
    if row.closed_at is not None:
        was, row.closed_at = row.closed_at, None
        row.save(update_fields=["closed_at"])
        write("pledges.reopen_page", row, by=by, at=at, closed_at=was.isoformat())


def _check(edition: Edition, why: str) -> None:
    rows = list(edition.sentences.all())
    if not FEWEST <= len(rows) <= MOST:
        raise ValueError(
            f"A pledge has {say.SMALL[FEWEST]} to {say.SMALL[MOST]} sentences; this draft has "
            f"{say.count(len(rows), 'sentence')}. {'Write some more' if len(rows) < FEWEST else 'Strike some'} first."
        )
    loose = next((row for row in rows if not row.measure), None)
    if loose is not None:
        raise ValueError(f"“{loose.words}” is held against nothing yet. Choose what it is counted by, or strike it.")
    if not why and Edition.objects.published().exists():
        raise ValueError("Say in a sentence why it changes: those who read the wording before will ask.")


def _check_difference(sentence: Sentence, new: Difference, reason: str, since: date, until: date | None) -> None:
    if not reason:
        raise ValueError("Say in a few words why, so that the next reader knows.")
    if sentence.edition.is_draft:
        raise ValueError("This sentence is still a draft. Publish it before you agree on a difference.")
    if new.left_out == bool(new.words.strip() or new.target or new.within):
        raise ValueError("Say what is different: other words, another target or time; or that it does not hold at all.")
    if until is not None and until < since:
        raise ValueError("It would end before it begins. Choose a later last day, or none.")
