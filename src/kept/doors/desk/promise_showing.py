"""The promises page as a response: what was asked for, read and drawn."""

from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from kept.doors.desk.acts import me
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.promise_days import Here
from kept.doors.desk.promise_forms import Begun, MakePromise, making
from kept.doors.desk.promise_opened import Forms, opened_row
from kept.doors.desk.promise_rows import address, choice, groups, pages, sieve, table
from kept.doors.desk.promise_words import Whose, belief, opening
from kept.kit import words
from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Member
from kept.readings.noticed import offers
from kept.readings.promises_listed import PAGE, Wanted
from kept.readings.promises_page import Promises, promises_page

NOTHING_TYPED: Forms = MappingProxyType({})
KINDS = {"", "late", "soon", "moved", "settled", "counted"}


def show(
    request: HttpRequest,
    here: Here,
    *,
    opened: int | None = None,
    make: MakePromise | None = None,
    typed: Forms = NOTHING_TYPED,
) -> HttpResponse:
    """The page; `make` and `typed` are forms that came back with faults, and the answer then says so by its status."""
    wanted = asked(request, opened)
    client = get_object_or_404(Client.objects.seen_by(here.viewer), pk=wanted.client) if wanted.client else None
    file = request.GET.get("as") == "csv"
    page = promises_page(here.viewer, at=here.at, wanted=wanted, offices=here.offices, everything=file)
    if file:
        return table(page)
    context = _drawn(page, here, client) | _folded_out(request, page, here, make or _new(request, here, client))
    said = page.row(opened) if opened else None
    if opened and said is None:
        raise Http404
    context["opened"] = opened_row(said, page, here=here, typed=typed) if said else None
    return render(request, "desk/promises.html", context, status=422 if make or typed else 200)


def asked(request: HttpRequest, opened: int | None = None) -> Wanted:
    """What the address asks for; what cannot be understood is left out."""
    by = request.GET.get("by", "")
    state = request.GET.get("state", "")
    start = number(request.GET.get("from"))
    return Wanted(
        by=me(request).pk if by == "me" else number(by) or None,
        client=number(request.GET.get("client")) or None,
        state=state if state in KINDS else "",
        start=(start - 1) // PAGE * PAGE if start else None,
        opened=opened,
    )


def _drawn(page: Promises, here: Here, client: Client | None) -> dict[str, Any]:
    people = list(Member.objects.filter(pk__in={*page.makers, page.wanted.by or 0}))
    local = page.at.astimezone(page.zone)
    late, today = (row.promise.pk if row else None for row in (page.first_late, page.first_today))
    counts = Wanted(by=page.wanted.by, client=page.wanted.client, state="counted")
    sentence = opening(
        page,
        whose=_whose(page.wanted, people, here, client),
        late=address(page.wanted, of=late),
        today=address(page.wanted, of=today),
        counted=address(counts),
    )
    return {
        "place": "promises",
        "page": page,
        "now": f"{words.long_day(local.date())}, {local:%H:%M}",
        "sentence": sentence,
        "sieve": sieve(page, people=people, me=here.viewer, client=client),
        "file": address(page.wanted, also={"as": "csv"}),
        "groups": groups(page),
        "pages": pages(page),
        "belief": belief(page.share) if page.share else "",
        "back": address(page.wanted),
        "all": reverse("desk:promises"),
        "making": f"{reverse('desk:promises')}?new=1" + (f"&client={client.pk}" if client else ""),
        "noticed": noticed_words(offers(here.viewer)),
        "settled": address(Wanted(by=page.wanted.by, client=page.wanted.client, state="settled")),
    }


def noticed_words(number: int) -> str:
    """The way to what nobody has said yes or no to; "" where there is nothing."""
    if not number:
        return ""
    many = words.sentence(words.count(number, "sentence"))
    does = "sounds like a promise and is" if number == 1 else "sound like promises and are"
    return f"{many} of ours {does} not counted yet"


def _whose(wanted: Wanted, people: list[Member], here: Here, client: Client | None) -> Whose:
    maker = "Your" if wanted.by == here.viewer.pk else ""
    for one in people:
        if one.pk == wanted.by and not maker:
            maker = f"{one.first_name}’s"
    return Whose(maker, client.name if client else "")


def _new(request: HttpRequest, here: Here, client: Client | None) -> MakePromise | None:
    """An empty form, where one is asked for and it is known for whom."""
    if "new" not in request.GET or client is None:
        return None
    begun = Begun(number(request.GET.get("message")) or None, number(request.GET.get("contact")) or None)
    return making(here, client, begun=begun, back=reverse("desk:promises"))


def _folded_out(request: HttpRequest, page: Promises, here: Here, make: MakePromise | None) -> dict[str, Any]:
    """What stands above the list: the form of a new promise, or the clients to choose one from."""
    asks = make is None and ("new" in request.GET or "choose" in request.GET)
    clients = Client.objects.seen_by(here.viewer).served().only("name") if asks else Client.objects.none()
    also = {"new": "1"} if "new" in request.GET else {}
    return {
        "make": make,
        "choosing": choice(page.wanted, clients, also),
        "new": "new" in request.GET,
    }
