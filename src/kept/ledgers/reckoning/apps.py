"""The reckoning ledger's place in Django."""

from django.apps import AppConfig


class ReckoningConfig(AppConfig):
    name = "kept.ledgers.reckoning"
    label = "reckoning"
