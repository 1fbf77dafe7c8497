"""Having the worker look at the letters the moment one is due, rather than in its next round."""

from datetime import datetime

from django.utils.module_loading import import_string

from kept.ledgers.letters.models import Letter
from kept.ledgers.letters.verbs import TO_UNDO

SENDING = "kept.doors.post.sending_tasks.send_due"  # by name: doors do not know each other


def have_sent(letter: Letter, *, at: datetime) -> None:
    """Queue a look for the moment the letter may go; one that waits longer than to be undone keeps to the rounds."""
    moment = max(letter.go_at or at, at)
    if moment - at <= TO_UNDO:
        import_string(SENDING).using(run_after=moment).enqueue()
