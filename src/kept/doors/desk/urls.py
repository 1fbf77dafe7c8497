"""The addresses of the staff's screens."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
