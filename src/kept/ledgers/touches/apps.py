"""The touches ledger's place in Django."""

from django.apps import AppConfig


class TouchesConfig(AppConfig):
    name = "kept.ledgers.touches"
    label = "touches"
