"""The clients ledger's place in Django."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "kept.ledgers.clients"
    label = "clients"
