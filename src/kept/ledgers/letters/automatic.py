"""Letters that Kept writes by itself: none goes to a machine, and not many a day to anybody."""

from datetime import datetime, timedelta

from kept.ledgers.letters import recipients
from kept.ledgers.letters.faults import NotReady
from kept.ledgers.letters.models import Letter
from kept.measures.text.answerable import may_answer_automatically, signs_of
from kept.measures.text.automatic import Evidence

MOST_A_DAY = 3
DAY = timedelta(days=1)


def automatic_today(address: str, *, at: datetime) -> int:
    """How many automatic letters were sent off to that address within the 24 hours before `at`."""
    wanted = address.strip().lower()
    lately = Letter.objects.filter(automatic=True, sent_off_at__gt=at - DAY, sent_off_at__lte=at)
    rows = lately.values_list("to", "cc", "bcc")
    return sum(wanted in {email.lower() for _, email in (*to, *cc, *bcc)} for to, cc, bcc in rows)


def check_may_go(letter: Letter, *, at: datetime) -> None:
    """The guard that every automatic letter passes. Raises NotReady with why it may not go."""
    people = [email for _, email in (*letter.to, *letter.cc, *letter.bcc)]
    if not letter.automatic or not people:
        return
    signs = signs_of(_evidence(letter), ours=recipients.own_addresses(letter.by)) if letter.answers else ()
    most = max(automatic_today(email, at=at) for email in people)
    verdict = may_answer_automatically(signs, sent_today=most, most=MOST_A_DAY)
    if not verdict.yes:
        raise NotReady([verdict.why])


def _evidence(letter: Letter) -> Evidence:
    """What the answered message says of itself: its headers, and what was judged when it came."""
    message = letter.answers
    assert message is not None  # noqa: S101  # only asked of answers
    headers = recipients.headers_of(message)
    said = {"auto-submitted": ("auto-replied",)} if message.automatic and "auto-submitted" not in headers else {}
    return Evidence(
        headers={**headers, **said},
        sender=message.sender_email,
        sender_name=message.sender_name,
        reply_to=tuple(email for _, email in recipients.reply_to(message)),
        subject=message.subject,
        parts=tuple(value.lower() for value in headers.get("content-type", ())[:1]),
    )
