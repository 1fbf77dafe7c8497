"""Asking how it felt: whom the day brings, or whom somebody names; each is asked once, or it is kept why not."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from kept.flows.pulse_letters import Asking, write
from kept.flows.pulse_moments import Chance, Season, chances, days_of_quarter
from kept.flows.pulse_people import Signing, judged_by_it, language_of, persons
from kept.flows.pulse_troubles import troubles_of
from kept.kit.rows import hold
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.letters.faults import NotReady
from kept.ledgers.pulses import tokens
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import Invitation, Occasion, Skip, Why
from kept.ledgers.pulses.verbs import Moment
from kept.ledgers.team.models import Member
from kept.measures.asking import Person, Verdict, may_ask, signer
from kept.readings.calendars import offices
from kept.readings.trust_numbers import parameters_at


class NotNow(ValueError):
    """They are not asked now; the sentence says why, `until` when that ends, where it is known."""

    def __init__(self, why: str, until: datetime | None = None) -> None:
        super().__init__(why)
        self.until = until


def season_at(at: datetime) -> Season:
    """The firm's numbers, offices and habits as they are at `at`."""
    return Season.now(at=at, offices=offices(), numbers=parameters_at(at).asking)


def choose(*, at: datetime) -> tuple[list[Invitation], list[Skip]]:
    """Ask whom today brings, at the occasions the firm chose; of whom we may not ask it is kept why.

    Each is one transaction, row and letter: killed anywhere, whoever runs it again loses and doubles nothing. What
    only the day forbids (enough automatic letters) is tried again on the next.
    """
    season = season_at(at)
    found = chances(season) if season.habits else []
    contacts = [one.contact for one in found]
    troubles = troubles_of({one.client_id for one in contacts}, at=at, offices=season.offices) if found else {}
    known = persons(contacts, troubles=troubles, relationship_on=days_of_quarter(season, contacts))
    keys = {one.moment.key for one in found}
    told = set(Skip.objects.filter(moment__in=keys).values_list("contact", "moment", "why"))
    asked, skipped = [], []
    for one in found:
        verdict = _verdict(one, season, known[one.contact.pk])
        if not verdict.yes and (one.contact.pk, one.moment.key, verdict.because) in told:
            continue
        made = _try(one, season)
        if isinstance(made, Invitation):
            asked.append(made)
        elif made is not None:
            skipped.append(made)
    return asked, skipped


def ask(contact: Contact, *, occasion: Occasion, by: Member, at: datetime, about: str = "") -> Invitation:
    """`by` has this person asked by hand; the same guards. In their name, unless it is them who would be judged.

    Raises NotNow with why, and nothing was sent. `pulses.withdraw` undoes it.
    """
    season = season_at(at)
    if not Client.objects.seen_by(by).filter(pk=contact.client_id).exists():
        raise NotNow("You cannot write to this client. Nobody was asked.")
    one = Chance(contact, Moment(occasion, about))
    try:
        with transaction.atomic():
            verdict = _judged_now(one, season)
            if not verdict.yes:
                raise NotNow(f"{verdict.why} Nobody was asked.", verdict.until)
            signed = _signer(one, season, first=by)
            if signed is None:
                raise NotNow("Nobody could ask but who is judged by the answer. Nobody was asked.")
            return _invite(one, signed, season)
    except NotReady as fault:
        raise NotNow(f"{fault} Nobody was asked.") from None


def _try(one: Chance, season: Season) -> Invitation | Skip | None:
    """One person: asked, skipped, or None, where somebody was faster or only the day forbids it."""
    try:
        with transaction.atomic():
            verdict = _judged_now(one, season)
            if not verdict.yes and verdict.because is not None:
                return pulses.skip(
                    one.contact, moment=one.moment, why=Why(verdict.because), at=season.at, words=verdict.why
                )
            signed = _signer(one, season)
            if signed is None:
                return pulses.skip(one.contact, moment=one.moment, why=Why.NOBODY_ELSE, at=season.at)
            return _invite(one, signed, season)
    except (IntegrityError, NotReady):
        return None


def _judged_now(one: Chance, season: Season) -> Verdict:
    """By what is so now that nobody else can ask the same person."""
    contact = one.contact
    hold(contact)
    troubles = troubles_of([contact.client_id], at=season.at, offices=season.offices)
    known = persons([contact], troubles=troubles, relationship_on=days_of_quarter(season, [contact]))
    return _verdict(one, season, known[contact.pk])


def _verdict(one: Chance, season: Season, person: Person) -> Verdict:
    relationship = one.moment.occasion == Occasion.QUARTER
    calendar = season.offices.calendar(one.contact.client)
    return may_ask(person, relationship=relationship, at=season.at, calendar=calendar, numbers=season.numbers)


def _signer(one: Chance, season: Season, *, first: Member | None = None) -> Member | None:
    client = one.contact.client
    judged = one.judged or judged_by_it(client, at=season.at, on_engagement=one.engagement)
    people = {member.pk: member for member in Signing.of(client, first=first).people}
    return people.get(signer(list(people), judged=judged) or 0)


def _invite(one: Chance, by: Member, season: Season) -> Invitation:
    contact, at, token = one.contact, season.at, tokens.mint()
    language = language_of(contact)
    letter = write(
        Asking(contact, one.moment.occasion, one.moment.about, language, by),
        token=token, at=at, go_at=season.offices.calendar(contact.client).next_open(at),
    )  # fmt: skip
    return pulses.invite(
        contact, moment=one.moment, hashed=token.hashed, by=by, at=at, language=language, letter=letter,
        closes_at=at + timedelta(days=season.numbers.open_days),
    )  # fmt: skip
