"""The post door's place in Django."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "kept.doors.post"
    label = "post"
