"""The promises ledger's place in Django."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "kept.ledgers.promises"
    label = "promises"
