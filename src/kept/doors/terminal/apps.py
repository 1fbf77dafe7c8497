"""The terminal door's place in Django."""

from django.apps import AppConfig


class TerminalConfig(AppConfig):
    name = "kept.doors.terminal"
    label = "terminal"
