"""The public door's place in Django."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "kept.doors.public"
    label = "public"
