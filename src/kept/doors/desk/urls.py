"""The addresses of the staff's screens; each page keeps its own list."""

from kept.doors.desk import today

app_name = "desk"
urlpatterns = [
    *today.urls,
]
