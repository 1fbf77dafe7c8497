"""Making what there may be only one of: of two at once the database lets one, and the other reads why."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

UNIQUE_VIOLATION = "23505"  # of PostgreSQL; SQLite has but words for it


@contextmanager
def one_only(refusal: Exception) -> Iterator[None]:
    """Raise `refusal` where a row of that kind stands by now, made by somebody else since one looked.

    What the block wrote is undone, what came before it in the transaction stays. Any other fault stays as it is.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        if not _is_taken(fault):
            raise
        raise refusal from None


def _is_taken(fault: IntegrityError) -> bool:
    return getattr(fault.__cause__, "sqlstate", "") == UNIQUE_VIOLATION or "UNIQUE constraint" in str(fault)
