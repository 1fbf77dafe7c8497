"""The team ledger's place in Django."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "kept.ledgers.team"
    label = "team"
