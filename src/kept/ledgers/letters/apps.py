"""The letters ledger's place in Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "kept.ledgers.letters"
    label = "letters"
