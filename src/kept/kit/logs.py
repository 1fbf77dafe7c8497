"""Keeps out of the log what would let somebody in."""

import logging
import re


class Blanked(logging.Filter):
    """Writes an ellipsis wherever `secret`, a pattern, stands in what is logged.

    What strangers ask for wrongly (a host that is not ours, too large a form) is told in its one line, without the
    way through the program to it: they could fill the log with that.
    """

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.secret = re.compile(secret)

    def filter(self, record: logging.LogRecord) -> bool:
        """Blank the record; it is always let through."""
        record.msg, record.args = self.secret.sub("…", record.getMessage()), ()
        if record.name.startswith("django.security."):
            record.exc_info = None
        return True
