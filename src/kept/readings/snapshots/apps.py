"""The snapshots' place in Django."""

from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "kept.readings.snapshots"
    label = "snapshots"
