"""The database itself refuses what must not be: every constraint of every ledger is broken once, past the verbs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models.functions import Now

from tests.cast import Studio
from tests.ledgers.telling import LEDGERS
from tests.ledgers.violations import VIOLATIONS
from tests.ledgers.violations_of_answering import VIOLATIONS_OF_ANSWERING
from tests.ledgers.violations_of_choices import VIOLATIONS_OF_CHOICES
from tests.ledgers.violations_of_letters import VIOLATIONS_OF_LETTERS
from tests.ledgers.violations_of_mail import VIOLATIONS_OF_MAIL
from tests.ledgers.violations_of_pledges import VIOLATIONS_OF_PLEDGES
from tests.ledgers.violations_of_pulses import VIOLATIONS_OF_PULSES
from tests.ledgers.violations_of_reckoning import VIOLATIONS_OF_RECKONING
from tests.ledgers.violations_of_reflections import VIOLATIONS_OF_REFLECTIONS
from tests.ledgers.violations_of_reviews import VIOLATIONS_OF_REVIEWS
from tests.ledgers.violations_of_rounds import VIOLATIONS_OF_ROUNDS
from tests.ledgers.violations_of_served import VIOLATIONS_OF_SERVED
from tests.ledgers.violations_of_work import VIOLATIONS_OF_WORK

ALL: dict[str, Callable[[Studio], Any]] = (
    VIOLATIONS
    | VIOLATIONS_OF_WORK
    | VIOLATIONS_OF_ANSWERING
    | VIOLATIONS_OF_MAIL
    | VIOLATIONS_OF_LETTERS
    | VIOLATIONS_OF_PULSES
    | VIOLATIONS_OF_REVIEWS
    | VIOLATIONS_OF_SERVED
    | VIOLATIONS_OF_CHOICES
    | VIOLATIONS_OF_PLEDGES
    | VIOLATIONS_OF_RECKONING
    | VIOLATIONS_OF_ROUNDS
    | VIOLATIONS_OF_REFLECTIONS
)


def guards() -> dict[str, bool]:
    """Every constraint by name, and every column of its own that is unique as "Model.column"; true: it is a check."""
    found = {}
    for label in LEDGERS:
        for model in apps.get_app_config(label).get_models():
            found |= {rule.name: isinstance(rule, models.CheckConstraint) for rule in model._meta.constraints}
            columns = (f for f in model._meta.local_fields if f.unique and not f.primary_key)
            found |= {f"{model.__name__}.{column.name}": False for column in columns}
    return found


def test_every_constraint_is_tried() -> None:
    assert set(ALL) == set(guards())


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_database_refuses(name: str, studio: Studio) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ALL[name](studio)
    # SQLite names checks but not uniqueness
    if guards()[name] or (connection.vendor == "postgresql" and "." not in name):
        assert name in str(refused.value)


def test_the_database_stands_after_a_refusal(studio: Studio) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ALL["client_name"](studio)
    assert type(studio.firm).objects.filter(founded_at__lt=Now()).count() == 1
