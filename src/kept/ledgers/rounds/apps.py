"""The rounds ledger's place in Django."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "kept.ledgers.rounds"
    label = "rounds"
