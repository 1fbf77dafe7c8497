"""When Kept asks clients by itself how it felt, as the owner settles it; each begun and stopped, and taken back."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from kept.doors.desk.acts import done, me, undoing
from kept.doors.desk.settings_back import acting, owners, way_back
from kept.kit import clock, words
from kept.ledgers.pulses import wishing
from kept.ledgers.pulses.models import Habit, Occasion
from kept.measures.asking import Asking
from kept.readings.calendars import offices
from kept.readings.trust_numbers import parameters_at

CALLED = {
    Occasion.QUARTER: "once a quarter",
    Occasion.MEETING: "the day after a meeting",
    Occasion.MILESTONE: "the day after work was accepted",
}


@acting
@owners
def habits(request: HttpRequest) -> HttpResponse:
    """GET lists the occasions."""
    if request.method not in {"GET", "HEAD"}:
        return redirect("desk:habits")
    now, zone = clock.now(), offices().zone_of(me(request))
    begun = {row.occasion: row for row in Habit.objects.select_related("by")}
    context: dict[str, Any] = {
        "place": "settings",
        "section": "asking",
        "opening": opening([one for one in Occasion if one in begun]),
        "begun": [
            (one, words.sentence(CALLED[one]), f"since {words.moment(begun[one].since, now=now, zone=zone)}")
            for one in Occasion
            if one in begun
        ],
        "others": [(one, words.sentence(CALLED[one])) for one in Occasion if one not in begun],
        "rules": rules(parameters_at(now).asking),
        "nowhere": not settings.KEPT_URL_GIVEN,
    }
    return render(request, "desk/settings_asking.html", context)


@acting
@owners
def habit(request: HttpRequest, occasion: str) -> HttpResponse:
    """POST begins to ask at that occasion, DELETE stops."""
    if occasion not in Occasion.values:
        raise Http404
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:habits")
    one, now = Occasion(occasion), clock.now()
    if undoing(request) and "back" not in request.GET:
        for row in Habit.objects.filter(occasion=one):
            wishing.give_up(row, by=me(request), at=now)
        return done(request, "Not asked by itself any more:", words=CALLED[one], undo=way_back(request.path, {"on": 1}))
    wishing.take_up(one, by=me(request), at=now)
    return done(request, "Asked by itself from now on:", words=CALLED[one], undo=reverse("desk:habit", args=[one]))


def opening(begun: list[Occasion]) -> str:
    """ "Clients are asked how it felt once a quarter and the day after a meeting."."""
    if not begun:
        return "Nobody is asked how it felt, but by hand."
    return f"Clients are asked how it felt {words.listed([CALLED[one] for one in begun])}."


def rules(numbers: Asking) -> list[str]:
    """What holds whoever asks, in the firm's own numbers."""
    return [
        f"Nobody is asked about the relationship twice within {numbers.relationship_days:.0f} days, nor about a moment "
        f"within {numbers.moment_days:.0f}, or more than {words.count(int(numbers.moments_a_year), 'time')} a year.",
        "Nobody is asked while somebody there waits for us, a promise to them is broken, a bill is disputed, or within "
        f"{words.count(int(numbers.quarantine_days), 'working day')} after.",
        "Whoever did the work does not ask. Who does not want to be asked is left in peace. Each of these is listed.",
        f"Who does not answer is reminded once, after {words.count(int(numbers.remind_days), 'working day')}.",
    ]


urls = [
    path("settings/asking/", habits, name="habits"),
    path("settings/asking/<slug:occasion>/", habit, name="habit"),
]
