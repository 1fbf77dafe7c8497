"""The imports door's place in Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "kept.doors.imports"
    label = "imports"
