"""What the pages of a pulse show: lines from 0 to 10, what stands on them, and every word in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kept.doors.public.pulse_form import LONGEST, Typed
from kept.doors.public.pulse_tongue import Scale, Tongue
from kept.doors.public.pulse_words import tongue as tongue_of
from kept.kit.charts import Axis
from kept.ledgers.pulses.models import MARKS, Answer, Invitation, Language, Occasion, Wish
from kept.ledgers.team.models import Firm
from kept.measures.feeling import needs_a_call
from kept.readings.calendars import Offices
from kept.readings.trust_numbers import parameters_at

LINE = Axis(0.0, 10.0)
LONG_AGO = timedelta(days=300)  # a month's name alone no longer says which one


@dataclass(frozen=True)
class Row:
    """One line to be marked: its words, the mark that stands on it, and where that is drawn."""

    name: str
    scale: Scale
    chosen: int | None
    place: str
    apart: bool

    @property
    def marks(self) -> list[tuple[int, bool]]:
        """0 to 10, and which of them is chosen."""
        return [(mark, mark == self.chosen) for mark in range(11)]


@dataclass(frozen=True)
class Asked:
    """Somebody's invitation with the firm that asks, the days as it counts them, and what was answered so far."""

    invitation: Invitation
    places: Offices
    answer: Answer | None

    @property
    def tongue(self) -> Tongue:
        return tongue_of(self.invitation.language)

    @property
    def firm(self) -> Firm | None:
        return self.places.firm

    @property
    def words_for(self) -> dict[str, str]:
        """What is put into the sentences."""
        last = (self.invitation.closes_at - timedelta(seconds=1)).astimezone(self.places.zone).date()
        contact = self.invitation.contact
        return {
            # as the letter calls them: by first name where that is how one writes
            "name": contact.first_name if self.invitation.language == Language.ENGLISH else contact.name,
            "firm": self.firm.name if self.firm else "",
            "about": self.invitation.about,
            "day": self.tongue.day_of(last),
        }


def asking(one: Asked, *, shown: Typed, tapped: Mapping[str, int], refused: str = "") -> dict[str, Any]:
    """The page with its lines; where somebody tapped one in the mail, that one stands first."""
    tongue, said = one.tongue, one.words_for
    lines = rows(tongue, shown.marks)
    first = next((row for row in lines if row.name in tapped), None)
    return _page(one) | {
        "heading": _heading(one),
        "note": (tongue.told.again_note if one.answer else tongue.ask.note).format(**said),
        "about": tongue.ask.about.format(**said) if one.invitation.about else "",
        "first": first,
        "tapped": tongue.ask.tapped.format(mark=first.chosen) if first else "",
        "rows": [row for row in lines if row is not first],
        "words": shown.words,
        "longest": LONGEST,
        "fault": shown.fault or refused,
        "spared": Wish.objects.filter(contact=one.invitation.contact_id).exists(),
        "send": tongue.told.send_again if one.answer else tongue.ask.send,
    }


def thanking(one: Asked, answer: Answer) -> dict[str, Any]:
    """The page after it: what was said, and until when that may be changed."""
    tongue, said = one.tongue, one.words_for
    marks = marks_of(answer)
    numbers = parameters_at(answer.changed_at or answer.at).feeling
    low = bool(marks) and needs_a_call(marks.values(), numbers=numbers)
    told = [tongue.told.called] if answer.call_me else []
    told += [tongue.told.low if low else tongue.told.read]
    return _page(one) | {
        "heading": tongue.told.thanks.format(**said),
        "told": [words.format(**said) for words in told],
        "rows": rows(tongue, marks) if marks else [],
        "words": answer.words,
        "until": tongue.told.until.format(**said),
    }


def rows(tongue: Tongue, marks: Mapping[str, int]) -> list[Row]:
    """The five lines, the work last and apart."""
    return [_row(name, tongue.ask.scales[name], marks.get(name)) for name in MARKS]


def marks_of(answer: Answer) -> dict[str, int]:
    """What was marked."""
    found: dict[str, int | None] = {name: getattr(answer, name) for name in MARKS}
    return {name: mark for name, mark in found.items() if mark is not None}


def _row(name: str, scale: Scale, chosen: int | None) -> Row:
    place = LINE.at(float(chosen)) if chosen is not None else ""
    return Row(name, scale, chosen, place, apart=name == "mark")


def _page(one: Asked) -> dict[str, Any]:
    return {"firm": one.firm, "tongue": one.tongue}


def _heading(one: Asked) -> str:
    tongue, said = one.tongue, one.words_for
    if one.answer:
        return tongue.told.again.format(**said)
    if one.invitation.occasion != Occasion.QUARTER:
        return tongue.ask.moment.format(**said)
    last = _asked_before(one.invitation)
    if last is None or one.invitation.at - last > LONG_AGO:
        return tongue.ask.lately.format(**said)
    return tongue.ask.since.format(month=tongue.month_of(last.astimezone(one.places.zone).date()), **said)


def _asked_before(invitation: Invitation) -> datetime | None:
    """When this person was last asked before."""
    earlier = Invitation.objects.filter(contact=invitation.contact_id, at__lt=invitation.at).order_by("-at")
    return earlier.values_list("at", flat=True).first()
