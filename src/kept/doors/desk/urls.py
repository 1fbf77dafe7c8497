"""The addresses of the staff's screens; each page keeps its own list."""

from kept.doors.desk import money, today

app_name = "desk"
urlpatterns = [
    *money.urls,
    *today.urls,
]
