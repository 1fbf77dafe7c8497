"""The newest letters as they would have come, headers and all, so that an original can be looked at."""

import zlib
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from kept.doors.terminal.demo.said import Talk
from kept.ledgers.conversations.models import Channel, Direction, Message, Original

HOW_MANY = 40


def keep_originals(posted: list[tuple[Talk, list[Message]]]) -> None:
    """Keep the originals of the newest letters of theirs that came by mail."""
    told = [(said, row) for talk, rows in posted for said, row in zip(talk.said, rows, strict=True)]
    mails = [pair for pair in told if pair[1].channel == Channel.MAIL and pair[1].direction == Direction.IN]
    newest = sorted(mails, key=lambda pair: (pair[1].at, pair[1].message_id))[-HOW_MANY:]
    Original.objects.bulk_create(
        [Original(message=row, zipped=zlib.compress(_letter(row, said.text))) for said, row in newest]
    )


def _letter(row: Message, text: str) -> bytes:
    letter = EmailMessage()
    letter["From"] = formataddr((row.sender_name, row.sender_email))
    letter["To"] = ", ".join(formataddr((name, address)) for name, address in row.to)
    letter["Date"] = format_datetime(row.at)
    letter["Subject"] = row.subject
    letter["Message-ID"] = f"<{row.message_id}>"
    letter.set_content(text)
    return letter.as_bytes()
