"""The journal's place in Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "kept.ledgers.journal"
    label = "journal"
