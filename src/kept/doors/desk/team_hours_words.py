"""What the team page says of hours: one's own weeks, and what clients take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kept.doors.desk.clients_words import spelled
from kept.doors.desk.ways import way
from kept.kit import words
from kept.kit.charts import Axis, RangeLine, range_line
from kept.measures.strain import AMBER_RATIO, LATEST_WEEKS, Strain
from kept.readings.team_hours import Hours, Own, Took


def own_says(own: Own) -> tuple[str, str, str]:
    """Of the viewer's last weeks: the state, the plain answer, and what the state means, if it is any."""
    weeks = words.count(min(LATEST_WEEKS, len(own.weeks)), "week")
    said = f"{100 * own.ratio:.0f}% of your {own.contract:g} hours, over {weeks}"
    if own.strain == Strain.USUAL:
        return "calm", said, ""
    if own.strain == Strain.AMBER:
        return "soon", said, "above your contract"
    if own.ratio > AMBER_RATIO:
        return "late", said, "too much to go on like this"
    return "late", said, "one of your weeks was too long, or the last four months were"


def own_rows(own: Own, today: date) -> list[tuple[str, RangeLine, str]]:
    """The last four weeks: when each began, hours against the contract, hours."""
    lately = own.weeks[-LATEST_WEEKS:]
    axis = Axis(0.0, max(own.contract * 1.5, *(hours for _, hours in lately)))
    return [
        (words.day(week, today=today), range_line(axis, used=hours, limit=own.contract), f"{hours:.1f} h")
        for week, hours in lately
    ]


@dataclass(frozen=True)
class Taken:
    """What one client took, as the table says it."""

    client: str
    to: str
    people: str
    late: str
    beyond: str


def taken_rows(took: Sequence[Took]) -> list[Taken]:
    """Clients with what they took; hours that nobody can place are said to be not known."""
    return [
        Taken(
            client=one.client.name,
            to=way("client", one.client.pk),
            people=words.count(one.people, "person", "people"),
            late=late_says(one),
            beyond=f"{one.beyond:.1f} h",
        )
        for one in took
        if one.client is not None
    ]


def late_says(one: Took) -> str:
    """Hours in evenings, on weekends and holidays, as far as they are known."""
    if one.outside < 0.05 and one.unknown:
        return "not known"
    return f"{one.outside:.1f} h{' at least' if one.unknown >= 0.05 else ''}"


def hours_answer(hours: Hours) -> str:
    """The plain answer above what clients take."""
    if hours.all is None:
        few = spelled(hours.few)
        return f"Fewer than {few} of us recorded hours in these four weeks, so nothing is shown but your own."
    whole = hours.all
    known = f"{whole.outside:.0f} hours of evenings, weekends and holidays went to clients in four weeks"
    if whole.unknown and whole.outside < 0.5:
        known = "How many evenings clients took is not known: the time records name no time of day"
    elif whole.unknown:
        known = f"At least {known}; of {whole.unknown:.0f} more the time of day is not recorded"
    if hours.clients and hours.clients[0].outside >= 1 and (first := hours.clients[0].client):
        known += f"; {first.name} caused {hours.clients[0].outside:.0f} of them"
    beyond = f"{words.count(round(whole.beyond), 'hour')} beyond contracts" if whole.beyond >= 0.5 else "nothing beyond"
    return f"{known}. {words.sentence(beyond)}{'' if whole.beyond >= 0.5 else ' anybody’s contract'}."


def hidden_says(hours: Hours) -> str:
    """Why other clients are not named."""
    if not hours.hidden:
        return ""
    few = spelled(hours.few)
    which = words.count(hours.hidden, "client is", "clients are")
    return f"{words.sentence(which)} not named: fewer than {few} people work for them, or could be told from others."
