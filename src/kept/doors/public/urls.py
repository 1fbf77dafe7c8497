"""The addresses that are open to everybody."""

from django.urls import path

from kept.doors.public import help_page, inlet, pledge, pulse, review

app_name = "public"
urlpatterns = [
    path("help/", help_page.help_page, name="help"),
    path("help/thanks/", help_page.thanks, name="thanks"),
    path("pledge/", pledge.pledge, name="pledge"),
    path("pulse/<str:token>/", pulse.pulse, name="pulse"),
    path("pulse/<str:token>/thanks/", pulse.thanks, name="pulse_thanks"),
    *review.urls,
    path("in/<slug:channel>/", inlet.bring, name="inlet"),
]
