"""The addresses of the staff's screens; each page keeps its own list."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
