"""The reflections ledger's place in Django."""

from django.apps import AppConfig


class ReflectionsConfig(AppConfig):
    name = "kept.ledgers.reflections"
    label = "reflections"
