"""The pulses ledger's place in Django."""

from django.apps import AppConfig


class PulsesConfig(AppConfig):
    name = "kept.ledgers.pulses"
    label = "pulses"
