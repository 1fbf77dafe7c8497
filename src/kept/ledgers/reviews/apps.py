"""The reviews ledger's place in Django."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "kept.ledgers.reviews"
    label = "reviews"
