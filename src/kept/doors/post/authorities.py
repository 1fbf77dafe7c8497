"""Whom Kept believes to be the server it speaks to."""

import ssl

from django.conf import settings


def trusted() -> ssl.SSLContext:
    """The system's authorities, and those in the file that KEPT_MAIL_CA names."""
    context = ssl.create_default_context()
    if settings.MAIL_CA:
        context.load_verify_locations(settings.MAIL_CA)
    return context
