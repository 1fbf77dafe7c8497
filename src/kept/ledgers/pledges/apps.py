"""The pledges ledger's place in Django."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "kept.ledgers.pledges"
    label = "pledges"
