"""The clock door's place in Django."""

from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "kept.doors.clock"
    label = "clock"
