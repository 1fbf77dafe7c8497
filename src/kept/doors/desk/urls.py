"""The addresses of the staff's screens; each page keeps its own list."""

from kept.doors.desk import (
    arriving,
    clients,
    conversation,
    conversation_acts,
    conversation_files,
    inbox,
    inbox_holding,
    letters,
    letters_deciding,
    letters_lists,
    letters_skeletons,
    money,
    noticed,
    presence,
    promises,
    settings_urls,
    today,
)

app_name = "desk"
urlpatterns = [
    *clients.urls,
    *conversation.urls,
    *conversation_acts.urls,
    *conversation_files.urls,
    *inbox.urls,
    *inbox_holding.urls,
    *letters.urls,
    *letters_deciding.urls,
    *letters_lists.urls,
    *letters_skeletons.urls,
    *presence.urls,
    *arriving.urls,
    *money.urls,
    *noticed.urls,
    *promises.urls,
    *settings_urls.urls,
    *today.urls,
]
