"""A column whose text is encrypted at rest: the first of KEPT_SECRETS closes what is written, any of them opens it."""

import hashlib
from base64 import urlsafe_b64encode
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(ValueError):
    """None of the keys opens what was kept: the key it was closed with is missing from KEPT_SECRETS."""


@cache
def _box(phrases: tuple[str, ...]) -> MultiFernet:
    # hashed, so that any long phrase will do, and apart from what the same phrase may sign elsewhere
    keys = [hashlib.sha256(b"kept at rest:" + phrase.encode()).digest() for phrase in phrases]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])


def close(words: str) -> str:
    """Encrypted with the newest key; '' stays ''."""
    return _box(tuple(settings.KEPT_SECRETS)).encrypt(words.encode()).decode() if words else ""


def open_(closed: str) -> str:
    """What was encrypted, with any of the keys. Raises Unreadable."""
    try:
        return _box(tuple(settings.KEPT_SECRETS)).decrypt(closed.encode()).decode() if closed else ""
    except InvalidToken:
        raise Unreadable("A password was kept with a key that KEPT_SECRETS no longer names.") from None


def turned(closed: str) -> str:
    """The same secret, encrypted anew with the newest key. Raises Unreadable."""
    return close(open_(closed))


def is_stale(closed: str) -> bool:
    """Whether another key than the newest closed it."""
    try:
        _box(tuple(settings.KEPT_SECRETS[:1])).decrypt(closed.encode())
    except InvalidToken:
        return True
    return False


class SecretField(models.TextField):  # type: ignore[type-arg]  # not generic at run time
    """Holds what `close` made; never selected into a page or a log by itself, as nothing opens it but `open_`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", **options})
