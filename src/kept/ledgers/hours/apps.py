"""The hours ledger's place in Django."""

from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "kept.ledgers.hours"
    label = "hours"
