"""Who answers strangers, as the owner settles it: turns by the week, and rules that go before them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.settings_back import CLOSED, acting, change, facts_back, owners, way_back
from kept.doors.desk.settings_duty_forms import LOOKS, RotaForm, RuleForm, rule_typed
from kept.flows import hand_out as handing
from kept.kit import clock, words
from kept.ledgers.conversations import handing_out
from kept.ledgers.conversations.duty import Looks, Rule
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.duty import Duty
from kept.readings.duty import duty as read
from kept.readings.waiting import waiting

NOTHING = "There was nothing to hand out, or nobody is on duty."


@dataclass(frozen=True)
class Turn:
    """One in the rota as the page draws it: what is said of them, and the orders that would move or leave them out."""

    member: Member
    says: str
    up: str
    without: str


@owners
@require_safe
def duty(request: HttpRequest) -> HttpResponse:
    """Whose week it is, the turns and the rules."""
    return _show(request)


@acting
@owners
def rota(request: HttpRequest) -> HttpResponse:
    """POST sets who takes turns, in their order."""
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:duty")
    members = list(Member.objects.present())

    def save(form: RotaForm) -> str:
        before = handing_out.set_rota(form.cleaned_data["order"], by=me(request), at=clock.now())
        return way_back(request.path, {"order": ",".join(str(member.pk) for member in before)})

    return change(
        request,
        lambda typed: RotaForm(typed, members=members),
        save=save,
        undo=lambda back: back,
        show=lambda form: _show(request, faults=form),
        said="Kept.",
    )


@acting
@owners
def rules(request: HttpRequest) -> HttpResponse:
    """POST adds a rule."""
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:duty")
    members = list(Member.objects.present())

    def save(form: RuleForm) -> Rule:
        return handing_out.add_rule(by=me(request), at=clock.now(), **form.facts())

    return change(
        request,
        lambda typed: RuleForm(typed, members=members),
        save=save,
        undo=lambda row: reverse("desk:rule", args=[row.pk]),
        show=lambda form: _show(request, rule=form),
        said="The rule stands.",
    )


@acting
@owners
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE takes it out; what it handed out stays where it is."""
    if not undoing(request):
        return HttpResponseNotAllowed(["DELETE"])
    row = get_object_or_404(Rule, pk=pk)
    back = way_back(reverse("desk:rules"), rule_typed(row))
    handing_out.remove_rule(row, by=me(request), at=clock.now())
    return done(request, "Taken out:", words=row.words, undo=back)


@acting
@owners
def handed(request: HttpRequest) -> HttpResponse:
    """POST gives out what waits and nobody looks after; DELETE takes it back, as far as nobody handed it on since."""
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:duty")
    if undoing(request):
        facts = facts_back(request)
        if facts is None:
            return failed(request, CLOSED)
        handing.take_back(facts["talks"], by=me(request), at=clock.now())
        return done(request, "Nobody’s again.")
    given = handing.hand_out(at=clock.now())
    if not given:
        return failed(request, NOTHING)
    seen = set(Conversation.objects.seen_by(me(request)).filter(pk__in=given).values_list("pk", flat=True))
    if not seen:  # all of it lies behind a wall that keeps even them out
        return failed(request, NOTHING)
    names = words.listed(sorted({member.first_name for talk, member in given.items() if talk in seen}))
    said = f"{words.sentence(words.count(len(seen), 'conversation'))} handed to {names}."
    return done(request, said, undo=way_back(request.path, {"talks": sorted(seen)}))


def _show(request: HttpRequest, *, rule: RuleForm | None = None, faults: RotaForm | None = None) -> HttpResponse:
    now, places = clock.now(), offices()
    one, members = read(offices=places), list(Member.objects.present())
    left = [member for member in members if member not in one.rota]
    alone = [each for each in waiting(me(request), at=now, offices=places) if each.member_id is None]
    context: dict[str, Any] = {
        "place": "settings",
        "section": "duty",
        "opening": opening(one, now),
        "turns": _turns(one, now),
        "order": _order(one.rota),
        "left": left,
        "rules": [(each, LOOKS[Looks(each.looks)]) for each in one.rules],
        "rule_form": rule or RuleForm(members=members),
        "typed": rule or faults,
        "alone": _alone(len(alone)) if one.is_set and alone else "",
    }
    return render(request, "desk/settings_duty.html", context)


def _alone(many: int) -> str:
    """ "Four conversations wait that nobody looks after."."""
    said = words.sentence(words.count(many, "conversation"))
    return f"{said} {'waits' if many == 1 else 'wait'} that nobody looks after."


def opening(one: Duty, now: Any) -> str:
    """ "Kit answers strangers this week, Bo from Monday."."""
    if not one.rota:
        rest = "what no rule fits is everybody’s" if one.rules else "so they are everybody’s, and nobody’s"
        return f"Nobody takes turns with strangers; {rest}."
    this, then = one.in_turn(now), one.next_week(now)
    if not this:
        return "Nobody in the rota works this week, so strangers are everybody’s."
    said = f"{this[0].first_name} answers strangers this week"
    if not then or then[0] == this[0]:
        return f"{said}{', and the next' if then else ''}."
    return f"{said}, {then[0].first_name} from Monday."


def _turns(one: Duty, now: Any) -> list[Turn]:
    this, then = one.in_turn(now), one.next_week(now)
    turns = []
    for place, member in enumerate(one.rota):
        says = "on duty this week" if this[:1] == [member] else "away this week" if member not in this else ""
        if then[:1] == [member] and not says:
            says = "on duty next week"
        order = list(one.rota)
        if place:
            order[place - 1], order[place] = order[place], order[place - 1]
        rest = [each for each in one.rota if each != member]
        turns.append(Turn(member, says, _order(order) if place else "", _order(rest)))
    return turns


def _order(members: Any) -> str:
    return ",".join(str(member.pk) for member in members)


urls = [
    path("settings/strangers/", duty, name="duty"),
    path("settings/strangers/rota/", rota, name="rota"),
    path("settings/strangers/rules/", rules, name="rules"),
    path("settings/strangers/rules/<row:pk>/", rule, name="rule"),
    path("settings/strangers/handed/", handed, name="handed"),
]
