"""The choices ledger's place in Django."""

from django.apps import AppConfig


class ChoicesConfig(AppConfig):
    name = "kept.ledgers.choices"
    label = "choices"
