"""The deliverables ledger's place in Django."""

from django.apps import AppConfig


class DeliverablesConfig(AppConfig):
    name = "kept.ledgers.deliverables"
    label = "deliverables"
