"""Where every address leads."""

from allauth.account import views as account
from django.urls import include, path, re_path

# only what is wanted of allauth: nobody signs up here, and the owner keeps the addresses
door = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("account/", include(door)),
    path("", include("kept.doors.public.urls")),
    path("", include("kept.doors.desk.urls")),
]
handler404 = "kept.doors.desk.faults.not_found"
handler403 = "kept.doors.desk.faults.not_allowed"
handler500 = "kept.doors.desk.faults.our_fault"
