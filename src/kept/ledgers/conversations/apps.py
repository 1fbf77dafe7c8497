"""The conversations ledger's place in Django."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "kept.ledgers.conversations"
    label = "conversations"
