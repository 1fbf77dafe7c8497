"""The files that came with letters: each content kept once, each name with its message."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from kept.ledgers.conversations.files import Attachment, Content, packed, print_of
from kept.ledgers.conversations.models import Message
from kept.ledgers.letters.models import LetterFile
from kept.measures.text.letter import Attachment as File
from kept.measures.text.letter import Letter

MOST_FILES = 1000  # of one letter; the rest is in its original
SLICE = 500

Kept = Sequence[tuple[Message, Letter]]
Told = tuple[Any, ...]  # position, name, kind, size, inline id, and the SHA-256 of the content


def keep_files(letters: Kept) -> None:
    """Keep the files of letters just received; of one larger than KEPT_LARGEST_FILE only the name."""
    files = [(row, position, file) for row, letter in letters for position, file in _numbered(letter)]
    numbers = _contents([file for _, _, file in files])
    rows = [
        Attachment(
            message=row,
            content_id=numbers.get(_print(file)) if _fits(file) else None,
            position=position,
            name=file.name[:200],
            kind=file.kind[:120],
            size=file.size,
            inline_id=file.content_id[:250],
        )
        for row, position, file in files
    ]
    Attachment.objects.bulk_create(rows, batch_size=SLICE)


def standing_files(messages: Iterable[int]) -> dict[int, list[Told]]:
    """What is kept of the files of these messages, in order. One query."""
    found: dict[int, list[Told]] = defaultdict(list)
    columns = ("message_id", "position", "name", "kind", "size", "inline_id", "content__sha256")
    rows = Attachment.objects.filter(message__in=list(messages)).order_by("position")
    for message, *told in rows.values_list(*columns):
        found[message].append(tuple(told))
    return found


def as_kept(letter: Letter) -> list[Told]:
    """What would be kept of the letter's files."""
    return [
        (n, f.name[:200], f.kind[:120], f.size, f.content_id[:250], _print(f) if _fits(f) else None)
        for n, f in _numbered(letter)
    ]


def keep_anew(row: Message, letter: Letter) -> None:
    """Keep the files of a letter that was read again in place of those kept before."""
    row.files.all().delete()
    keep_files([(row, letter)])


def forget_unused() -> int:
    """Remove contents that nothing names any more: what brought them was taken back. Answers how many."""
    named = [Exists(model.objects.filter(content=OuterRef("pk"))) for model in (Attachment, LetterFile)]
    unused = Content.objects.exclude(named[0] | named[1])
    return sum(Content.objects.filter(pk=pk).delete()[0] for pk in list(unused.values_list("pk", flat=True)))


def contents_of(letter: Letter) -> dict[str, bytes]:
    """The files of the letter that are kept by themselves, by their SHA-256; what may be cut out of its original."""
    return {_print(file): file.content for _, file in _numbered(letter) if _fits(file)}


def _numbered(letter: Letter) -> Iterator[tuple[int, File]]:
    yield from enumerate(letter.attachments[:MOST_FILES])


def _fits(file: File) -> bool:
    return len(file.content) <= settings.LARGEST_FILE


def _print(file: File) -> str:
    return print_of(file.content)


def _contents(files: Sequence[File]) -> dict[str, int]:
    """The contents of these files by their SHA-256: those that stand, and new ones."""
    by_print = {_print(file): file for file in files if _fits(file)}
    numbers = _standing(by_print)
    new = [packed(file.content, kind=file.kind) for name, file in by_print.items() if name not in numbers]
    # another worker may keep the same at the same moment
    Content.objects.bulk_create(new, ignore_conflicts=True, batch_size=50)
    return numbers | _standing([row.sha256 for row in new])


def _standing(prints: Sequence[str] | dict[str, File]) -> dict[str, int]:
    return dict(Content.objects.filter(sha256__in=list(prints)).values_list("sha256", "pk"))
