"""The mailboxes ledger's place in Django."""

from django.apps import AppConfig


class MailboxesConfig(AppConfig):
    name = "kept.ledgers.mailboxes"
    label = "mailboxes"
