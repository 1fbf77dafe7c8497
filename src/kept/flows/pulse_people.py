"""Whom we might ask how it felt, with all that says whether we may; and in whose name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from kept.flows.pulse_tongues import language_called
from kept.ledgers.clients.models import Agreement, Client, Contact, ContactRole, Stage
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.hours.models import Entry
from kept.ledgers.pulses.models import Invitation, Language, Occasion, Wish
from kept.ledgers.team.models import KeptOut, Member, Role
from kept.measures.asking import Asked, Person, Trouble

LATELY = timedelta(days=90)
ALWAYS = (ContactRole.SPONSOR, ContactRole.DECIDES, ContactRole.DAILY)
SERVED = (Stage.ONBOARDING, Stage.ACTIVE)


def people_to_ask(*, at: datetime, clients: Collection[int] | None = None) -> list[Contact]:
    """Those at clients we serve who sponsor, decide or deal with us daily, and whoever wrote to us lately. One query.

    Also who has been silent: those who are about to leave say least.
    """
    wrote = Message.objects.theirs().filter(contact=OuterRef("pk"), at__gt=at - LATELY, at__lte=at)
    here = Q(left_on=None) | Q(left_on__gt=at.date())
    rows = Contact.objects.filter(here, Q(role__in=ALWAYS) | Q(Exists(wrote)), client__stage__in=SERVED)
    if clients is not None:
        rows = rows.filter(client__in=clients)
    return list(rows.select_related("client__lead").order_by("client", "pk"))


def persons(
    contacts: Sequence[Contact],
    *,
    troubles: Mapping[int, Sequence[Trouble]],
    relationship_on: Mapping[int, date] | None = None,
) -> dict[int, Person]:
    """What is known of each contact, as it says whether they may be asked. Three queries."""
    keys = [one.pk for one in contacts]
    asked: dict[int, list[Asked]] = defaultdict(list)
    # what was withdrawn before it went reached nobody
    reached = Invitation.objects.filter(Q(withdrawn_at=None) | Q(letter__accepted_at__isnull=False), contact__in=keys)
    for contact, at, occasion in reached.values_list("contact", "at", "occasion"):
        asked[contact].append(Asked(at, relationship=occasion == Occasion.QUARTER))
    wishes = set(Wish.objects.filter(contact__in=keys).values_list("contact", flat=True))
    reachable = set(Contact.objects.filter(pk__in=keys, addresses__isnull=False).values_list("pk", flat=True))
    days = relationship_on or {}
    return {
        one.pk: Person(
            asked=tuple(asked[one.pk]),
            troubles=tuple(troubles.get(one.client_id, ())),
            wishes_not=one.pk in wishes,
            has_address=one.pk in reachable,
            relationship_on=days.get(one.pk),
        )
        for one in contacts
    }


@dataclass(frozen=True)
class Signing:
    """In whose name a client may be asked, in the order in which they are thought of."""

    people: tuple[Member, ...]

    @classmethod
    def of(cls, client: Client, *, first: Member | None = None) -> "Signing":
        """`first`, whoever leads the client, the owners, other leads; nobody whom a wall keeps from it."""
        out = KeptOut.objects.filter(wall=client.wall_id).values_list("member", flat=True)
        here = Member.objects.present().exclude(pk__in=out)
        owners = here.filter(role=Role.OWNER).order_by("pk")
        leads = here.filter(role=Role.LEAD).order_by("pk")
        named = [one for one in (first, client.lead) if one is not None and one.left_on is None]
        return cls(tuple(dict.fromkeys([*named, *owners, *leads])))


def judged_by_it(client: Client, *, at: datetime, on_engagement: int | None = None) -> set[int]:
    """Who did the work lately: whoever logged hours for it; where nobody does, whoever wrote to them."""
    worked = Entry.objects.filter(client=client, day__gt=(at - LATELY).date(), day__lte=at.date())
    if on_engagement is not None:
        worked = worked.filter(engagement=on_engagement)
    found = set(worked.values_list("member", flat=True))
    if found:
        return found
    ours = Message.objects.filter(
        conversation__client=client, direction=Direction.OUT, member__isnull=False, at__gt=at - LATELY, at__lte=at
    )
    return {member for member in ours.values_list("member", flat=True) if member is not None}


def language_of(contact: Contact) -> Language:
    """The language agreed with them last; English where nothing was."""
    agreed = Agreement.objects.filter(contact=contact).exclude(language="").values_list("language", flat=True).first()
    return language_called(agreed or "")


def nearest(contacts: Iterable[Contact], *, at: datetime) -> Contact | None:
    """Of a client's people the one who wrote to us last, else the first of those who deal with us."""
    known = {one.pk: one for one in contacts}
    last = Message.objects.theirs().filter(contact__in=known, at__lte=at).order_by("-at", "-pk")
    wrote = last.values_list("contact", flat=True).first()
    order = {role: place for place, role in enumerate((ContactRole.DAILY, ContactRole.DECIDES, ContactRole.SPONSOR))}
    others = sorted(known.values(), key=lambda one: (order.get(ContactRole(one.role), len(order)), one.pk))
    return known.get(wrote or 0) or next(iter(others), None)
