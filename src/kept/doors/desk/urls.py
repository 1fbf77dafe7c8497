"""The addresses of the staff's screens; each page keeps its own list."""

from kept.doors.desk import (
    arriving,
    clients,
    conversation,
    conversation_acts,
    inbox,
    money,
    promises,
    settings_urls,
    today,
)

app_name = "desk"
urlpatterns = [
    *clients.urls,
    *conversation.urls,
    *conversation_acts.urls,
    *inbox.urls,
    *arriving.urls,
    *money.urls,
    *promises.urls,
    *settings_urls.urls,
    *today.urls,
]
