"""The engagements ledger's place in Django."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "kept.ledgers.engagements"
    label = "engagements"
