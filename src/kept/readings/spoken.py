"""The messages of one conversation as a page shows them: the visible words, what was quoted, what people marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Left

from kept.ledgers.conversations.care import Aside
from kept.ledgers.conversations.files import Attachment
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.conversations.noticed import Request
from kept.ledgers.promises.models import Candidate
from kept.measures.text.zones import Part, parts

SHOWN = 50  # messages on one page
MESSAGE = "conversations.Message"  # what a candidate names as its source
LONGEST = 20_000  # characters of one message; the whole is in the original


@dataclass(frozen=True)
class Spoken:
    """One message on the page."""

    message: Message  # with contact and member
    visible: str
    rest: tuple[Part, ...]  # what stands beside the visible part: quotes, a signature, notices, mail passed on
    cut: bool  # longer than the page shows
    html: str  # cleaned, only of the message asked for
    has_html: bool
    asides: tuple[Aside, ...]
    folded: bool
    files: tuple[Attachment, ...]  # that can be taken away, and pictures within the words
    noticed: bool  # whether anything was noticed in it
    told_at: datetime | None  # when somebody told them that we have it
    told_by: str

    @property
    def ours(self) -> bool:
        return self.message.direction == Direction.OUT


def messages_of(conversation: Conversation, *, page: int, sent: int) -> list[Message]:
    """One page of messages, oldest first, each with as much of its words as can be read."""
    rows = (
        conversation.messages.select_related("contact", "member", "follow_up__by")
        .annotate(
            visible=Left("body__visible", LONGEST + 1),
            text=Left("body__text", LONGEST + 1),
            html=Case(When(pk=sent, then=F("body__html")), default=Value(""), output_field=TextField()),
            has_html=Case(When(Q(body__html__gt=""), then=Value(True)), default=Value(False)),
            told_at=F("acknowledgements__at"),
            # most messages have neither: what is not there is not asked for
            marked=Exists(Aside.objects.filter(message=OuterRef("pk"))),
            noticed=Exists(Request.objects.filter(message=OuterRef("pk")))
            | Exists(Candidate.objects.filter(source_id=OuterRef("pk"), source_noun=MESSAGE)),
            told_by=F("acknowledgements__by__name"),
        )
        .order_by("-at", "-pk")
    )
    return list(reversed(rows[(page - 1) * SHOWN : page * SHOWN]))


def asides_of(rows: Sequence[Message]) -> dict[int, list[Aside]]:
    """What people said about these messages, by message. One query, where they said anything."""
    found: dict[int, list[Aside]] = {}
    marked = [row.pk for row in rows if row.marked]  # type: ignore[attr-defined]  # annotated by `messages_of`
    for aside in Aside.objects.filter(message__in=marked).select_related("by") if marked else ():
        found.setdefault(aside.message_id, []).append(aside)
    return found


def files_of(rows: Sequence[Message]) -> dict[int, list[Attachment]]:
    """The files that came with these messages, by message, without their bytes. One query, where there are any."""
    found: dict[int, list[Attachment]] = {}
    enclosing = [row.pk for row in rows if row.attachments]
    for file in Attachment.objects.filter(message__in=enclosing) if enclosing else ():
        found.setdefault(file.message_id, []).append(file)
    return found


def as_spoken(rows: Sequence[Message], asides: dict[int, list[Aside]], *, since: datetime | None) -> tuple[Spoken, ...]:
    """Folded are all but what waits for an answer and the last words a person said."""
    people = [row for row in rows if not row.automatic]
    last = people[-1] if people else rows[-1] if rows else None
    files = files_of(rows)
    return tuple(
        _one(
            row, asides.get(row.pk, []), files.get(row.pk, []),
            folded=row is not last and not row.html and not _waits(row, since),  # type: ignore[attr-defined]
        )
        for row in rows
    )  # fmt: skip


def _waits(row: Message, since: datetime | None) -> bool:
    return since is not None and row.at >= since and row.direction == Direction.IN and not row.automatic


def _one(row: Message, asides: Sequence[Aside], files: Sequence[Attachment], *, folded: bool) -> Spoken:
    text, visible = row.text or "", row.visible or ""  # type: ignore[attr-defined]
    shown = visible or text
    return Spoken(
        message=row,
        visible=shown[:LONGEST],
        rest=_besides(text, visible),
        cut=len(text) > LONGEST or len(shown) > LONGEST,
        html=row.html,  # type: ignore[attr-defined]
        has_html=row.has_html,  # type: ignore[attr-defined]
        asides=tuple(asides),
        files=tuple(files),
        noticed=row.noticed,  # type: ignore[attr-defined]
        folded=folded,
        told_at=row.told_at,  # type: ignore[attr-defined]
        told_by=row.told_by or "",  # type: ignore[attr-defined]
    )


def _besides(text: str, visible: str) -> tuple[Part, ...]:
    """What a message holds beside its visible part: quotes, a signature, notices, mail passed on."""
    return tuple(part for part in parts(text) if part.kind != "visible" and part.text.strip()) if visible else ()
