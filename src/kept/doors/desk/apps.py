"""The desk door's place in Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kept.doors.desk"
    label = "desk"
