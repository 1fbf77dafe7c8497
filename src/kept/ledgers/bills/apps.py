"""The bills ledger's place in Django."""

from django.apps import AppConfig


class BillsConfig(AppConfig):
    name = "kept.ledgers.bills"
    label = "bills"
