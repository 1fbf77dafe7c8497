"""The team ledger's place in Django."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "kept.ledgers.team"
    label = "team"

    def ready(self) -> None:
        from kept.ledgers.team import links  # noqa: F401  # its table stands beside its verbs
