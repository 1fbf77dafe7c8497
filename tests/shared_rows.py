"""Rows that all tests of a module stand on: made once, where making them takes longer than the tests themselves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def made_for_all[Made](blocker: DjangoDbBlocker, make: Callable[[], Made]) -> Iterator[Made]:
    """What `make` makes, for a fixture of a module that comes before `db`; it is gone at the end.

    Each test has to work on a copy; what it does to the rows is taken back as always.
    """
    with blocker.unblock(), transaction.atomic():
        yield make()
        transaction.set_rollback(True)
