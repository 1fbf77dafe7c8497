"""What a fresh letter is judged by its words: whether theirs only says thanks, and whether ours awaits an answer."""

from datetime import datetime, timedelta

from kept.flows.address_book import Known
from kept.measures.text import closers, requests
from kept.measures.text.letter import Letter

REACH = timedelta(days=60)  # an older question of ours comes back no more, so nobody need read it for one


def closing_of(letter: Letter, known: Known) -> str:
    """Why their letter needs no reply, "" where it may need one; with a file it may."""
    if known.ours or letter.automatic.automatic or letter.attachments:
        return ""
    return closers.needs_no_reply(letter.visible)[:100]


def awaits_answer(letter: Letter, known: Known, *, at: datetime) -> bool:
    """Whether our letter, of the last two months before `at`, asks its reader for something."""
    if not known.ours or letter.automatic.automatic or letter.at < at - REACH:
        return False
    return bool(requests.found(letter.visible))
