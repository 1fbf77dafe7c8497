"""Acts on the team and on clients."""

from datetime import date
from decimal import Decimal

from kept.ledgers.clients import addresses as addresses_of_contacts
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Stage, TieKind
from kept.ledgers.team import addresses, keeping_hours, links, walls
from kept.ledgers.team import verbs as team
from tests.cast import NOW
from tests.ledgers.act import Act

TODAY = NOW.date()

TEAM = [
    Act(
        "team.change_firm",
        lambda s, _, w: team.change_firm(s.firm, name="Lark & Field", pledge_minutes=120, **w),
        lambda s, _, row, w: team.change_firm(s.firm, name="Larkfield Studio", pledge_minutes=240, **w),
        "team.change_firm",
    ),
    Act(
        "team.change_office",
        lambda s, _, w: team.change_office(s.office, zone="Europe/Paris", **w),
        lambda s, _, row, w: team.change_office(s.office, zone="Europe/London", **w),
        "team.change_office",
    ),
    Act(
        "team.claim_domain",
        lambda s, _, w: team.claim_domains(["@Lark.Example "], **w),
        lambda s, _, rows, w: team.give_up_domain(rows[0], **w),
        "team.give_up_domain",
    ),
    Act(
        "team.change_member",
        lambda s, _, w: team.change_member(s.kit, title="Designer", **w),
        lambda s, _, row, w: team.change_member(s.kit, title="", **w),
        "team.change_member",
    ),
    Act(
        "team.leave",
        lambda s, _, w: team.leave(s.kit, on=TODAY, **w),
        lambda s, _, row, w: team.come_back(s.kit, **w),
        "team.come_back",
    ),
    Act(
        "team.add_address",
        lambda s, _, w: addresses.add_address(s.kit, email="Kit@Home.example", **w),
        lambda s, _, row, w: addresses.drop_address(row, **w),
        "team.drop_address",
    ),
    Act(
        "team.set_rate",
        lambda s, _, w: team.set_rate(
            s.kit, kind="bill", per_hour=Decimal("95.50"), currency="gbp", from_day=TODAY, **w
        ),
        lambda s, _, row, w: team.take_back_rate(row, **w),
        "team.take_back_rate",
    ),
    Act(
        "team.keep_out",
        lambda s, _, w: walls.keep_out_of(s.wall, member=s.fin, **w),
        lambda s, _, row, w: walls.let_in(s.wall, member=s.fin, **w),
        "team.let_in",
    ),
    Act(
        "team.give_reason",
        lambda s, _, w: walls.give_reason(s.wall, reason="They bid against Borealis.", **w),
        lambda s, _, row, w: walls.give_reason(s.wall, reason="competes", **w),
        "team.give_reason",
    ),
    Act(
        "team.set_week",
        lambda s, _, w: keeping_hours.set_week(s.office, {"mon": [("08:00", "12:00"), ("13:00", "24:00")]}, **w),
        lambda s, _, row, w: keeping_hours.set_week(s.office, keeping_hours.USUAL_WEEK, **w),
        "team.set_week",
    ),
    Act(
        "team.close_on",
        lambda s, _, w: keeping_hours.close_on(s.office, day=date(2026, 12, 24), name="Party", **w),
        lambda s, _, row, w: keeping_hours.work_on(row, **w),
        "team.work_on",
    ),
    Act(
        "team.open_office",
        lambda s, _, w: keeping_hours.open_office(name="York", zone="Europe/London", **w),
        lambda s, _, row, w: keeping_hours.close_office(row, **w),
        "team.close_office",
        tells=("team.open_office", "team.set_week"),
        repeats=True,
    ),
    Act(
        "team.make_link",
        lambda s, _, w: links.make_link(s.kit, **w),
        lambda s, _, row, w: links.take_back_links(s.kit, **w),
        "team.take_back_links",
        repeats=True,
    ),
]

CLIENTS = [
    Act(
        "clients.change",
        lambda s, _, w: clients.change(s.borealis, lead=s.ada, stage=Stage.PAUSED, **w),
        lambda s, _, row, w: clients.change(s.borealis, lead=s.bo, stage=Stage.ACTIVE, **w),
        "clients.change",
    ),
    Act(
        "clients.change",
        lambda s, _, w: clients.part(s.borealis, **w),
        lambda s, _, row, w: clients.change(s.borealis, stage=Stage.ACTIVE, **w),
        "clients.change",
    ),
    Act(
        "clients.put_behind",
        lambda s, _, w: clients.put_behind(s.borealis, wall=s.wall, **w),
        lambda s, _, row, w: clients.put_behind(s.borealis, wall=None, **w),
        "clients.put_behind",
    ),
    Act(
        "clients.claim_domain",
        lambda s, _, w: clients.claim_domain(s.borealis, name="@North.example", **w),
        lambda s, _, row, w: clients.give_up_domain(row, **w),
        "clients.give_up_domain",
    ),
    Act(
        "clients.agree",
        lambda s, _, w: clients.agree(s.cleo, on=TODAY, channel="By phone when it is about dates", language="en", **w),
        lambda s, _, row, w: clients.take_back_agreement(row, **w),
        "clients.take_back_agreement",
    ),
    Act(
        "clients.add_address",
        lambda s, _, w: addresses_of_contacts.add_address(s.cleo, email="Cleo@North.example ", **w),
        lambda s, _, row, w: addresses_of_contacts.drop_address(row, **w),
        "clients.drop_address",
    ),
    Act(
        "clients.tie",
        lambda s, _, w: clients.tie(s.cleo, to=s.cora, kind=TieKind.FRIEND_OF, **w),
        lambda s, _, row, w: clients.untie(row, **w),
        "clients.untie",
    ),
]

# what only begins something has no way back of its own: a client parts, a member leaves, an engagement closes
BEGINNINGS = [
    Act(
        "team.join",
        lambda s, _, w: team.join(name="Ivy Hart", email="ivy@larkfield.example", office=s.office, **w),
        repeats=True,
    ),
    Act(
        "team.take_public_holidays",
        lambda s, _, w: keeping_hours.take_public_holidays(s.office, years=[2026], **w),
        given=lambda s: team.change_office(s.office, country="GB", region="ENG", by=s.ada, at=NOW),
    ),
    Act("clients.welcome", lambda s, _, w: clients.welcome(name="Dione", **w), repeats=True),
    Act(
        "clients.meet", lambda s, _, w: clients.meet(s.borealis, name="Max", emails=("m@x.example",), **w), repeats=True
    ),
]
