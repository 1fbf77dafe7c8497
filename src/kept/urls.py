"""Where every address leads."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("", include("kept.doors.desk.urls")),
]
handler404 = "kept.doors.desk.faults.not_found"
handler403 = "kept.doors.desk.faults.not_allowed"
handler500 = "kept.doors.desk.faults.our_fault"
