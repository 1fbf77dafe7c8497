"""What happens to signs and ties: note what a client did, judge what ties them, and take each back."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kept.kit.rows import hold, remove
from kept.ledgers.choices.models import Dismissal, Hold, LockKind, Sign, SignKind
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member

NO_SOURCE: tuple[str, int | None] = ("", None)
DISMISSED = "Somebody said that it is no sign; take that back first."
NOTED = "Somebody wrote it down as a sign; take that back first."


@transaction.atomic
def note(
    client: Client,
    *,
    kind: SignKind,
    seen_at: datetime,
    by: Member | None,
    at: datetime,
    words: str = "",
    contact: Contact | None = None,
    source: tuple[str, int | None] = NO_SOURCE,
) -> Sign:
    """Write down what the client, or a person there, did at `seen_at`; `source` is the row that shows it.

    Twice is once, and one row shows a kind of sign once, whoever noted it. Raises ValueError for what is still to come,
    for somebody of another client, and when that row was said to be no sign: `reconsider` takes that back.
    """
    if seen_at > at:
        raise ValueError("It lies still ahead. Write it down once it has happened.")
    if contact is not None and contact.client_id != client.pk:
        raise ValueError(f"{contact.name} is not at {client.name}. Choose somebody who is, or nobody.")
    hold(client)
    shown = {"source_noun": source[0], "source_id": source[1]}
    seen = {"contact": contact, "at": seen_at}
    if source[0] and Dismissal.objects.filter(client=client, kind=kind, **shown).exists():
        raise ValueError(DISMISSED)
    known, rest = (shown, seen) if source[0] else (seen, shown)
    row, made = Sign.objects.get_or_create(
        client=client, kind=kind, **known, defaults=rest | {"words": words.strip()[:300], "by": by, "noted_at": at}
    )
    if made:
        write("choices.note", row, by=by, at=at, client_id=client.pk, said=_said(row.get_kind_display(), row.words))
    return row


@transaction.atomic
def dismiss(
    client: Client, *, kind: SignKind, source: tuple[str, int], by: Member | None, at: datetime, words: str = ""
) -> Dismissal:
    """A person says: that is no sign. The row (`source`) is not offered again as one; twice is once.

    `words` are those it was offered in. Raises ValueError when it was noted as a sign: that is taken back first.
    """
    hold(client)
    shown = {"source_noun": source[0], "source_id": source[1]}
    if Sign.objects.filter(client=client, kind=kind, **shown).exists():
        raise ValueError(NOTED)
    row, made = Dismissal.objects.get_or_create(
        client=client, kind=kind, **shown, defaults={"words": words.strip()[:300], "by": by, "at": at}
    )
    if made:
        said = _said(row.get_kind_display(), row.words)
        write("choices.dismiss", row, by=by, at=at, client_id=client.pk, said=said, source=list(source))
    return row


@transaction.atomic
def reconsider(row: Dismissal, *, by: Member | None, at: datetime) -> None:
    """Undo a dismissal: it is offered again while the ledgers show it. Twice is once; the journal keeps it."""
    if remove(row):
        said = _said(row.get_kind_display(), row.words)
        write("choices.reconsider", row, by=by, at=at, client_id=row.client_id, said=said, was=facts_of(row))


@transaction.atomic
def tie(
    client: Client,
    *,
    lock: LockKind,
    by: Member | None,
    at: datetime,
    since: date,
    until: date | None = None,
    words: str = "",
) -> Hold:
    """Judge that this makes it hard for them to leave, since a day and perhaps until one. Twice is once.

    Raises ValueError when it ends before it begins.
    """
    if until is not None and until < since:
        raise ValueError(f"It ends on {until}, before it begins on {since}. Change one of the days.")
    row = Hold(client=client, lock=lock, ties=True, since=since, until=until, words=words.strip()[:300], by=by, at=at)
    return _judged("choices.tie", row)


@transaction.atomic
def untie(client: Client, *, lock: LockKind, by: Member | None, at: datetime, since: date, words: str = "") -> Hold:
    """Judge that this does not tie them, or no longer does, whatever a contract says. Twice is once."""
    row = Hold(client=client, lock=lock, ties=False, since=since, words=words.strip()[:300], by=by, at=at)
    return _judged("choices.untie", row)


@transaction.atomic
def find_free(client: Client, *, by: Member | None, at: datetime, since: date, words: str = "") -> Hold:
    """Judge that nothing ties them. Twice is once."""
    row = Hold(client=client, lock="", ties=False, since=since, words=words.strip()[:300], by=by, at=at)
    return _judged("choices.find_free", row)


@transaction.atomic
def take_back(row: Sign | Hold, *, by: Member | None, at: datetime) -> None:
    """Undo a sign or a judgement; twice is once. What was judged before counts again, the journal keeps this one."""
    if remove(row):
        said = row.get_kind_display() if isinstance(row, Sign) else _named(row)
        write(
            "choices.take_back", row, by=by, at=at, client_id=row.client_id, said=_said(said, row.words),
            was=facts_of(row),
        )  # fmt: skip


def _judged(verb: str, row: Hold) -> Hold:
    """The judgement, once: the one before stays when it says the same."""
    hold(row.client)
    before = Hold.objects.filter(Q(lock=row.lock) | Q(lock=""), client=row.client).last()
    facts = ("lock", "ties", "since", "until", "words")
    if before is not None and all(getattr(before, name) == getattr(row, name) for name in facts):
        return before
    row.save()
    write(verb, row, by=row.by, at=row.at, client_id=row.client_id, said=_said(_named(row), row.words))
    return row


def _named(row: Hold) -> str:
    if not row.lock:
        return "nothing ties them"
    return row.get_lock_display() if row.ties else f"not so: {row.get_lock_display()}"


def _said(what: str, words: str) -> str:
    return f"{what}: {words}" if words else what
