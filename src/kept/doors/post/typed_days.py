"""Days as they are typed at the terminal: 2026-03-02."""

from datetime import UTC, datetime, time

from django.core.management import CommandError


def typed_day(said: str | None, *, else_done: str) -> datetime | None:
    """The first moment of that day, UTC; None without any. Raises CommandError that ends with `else_done`."""
    if not said:
        return None
    try:
        return datetime.combine(datetime.fromisoformat(said).date(), time.min, UTC)
    except ValueError:
        raise CommandError(f"“{said}” is not a day. Write it like 2026-03-02. {else_done}") from None
