"""What the promises page says: its first sentence and the headings of its groups."""

from dataclasses import dataclass
from datetime import timedelta

from kept.doors.desk.promise_states import past_words
from kept.kit import words
from kept.measures.promises import KeptShare, State
from kept.readings.promises_kept import Tally
from kept.readings.promises_page import Group, Promises


@dataclass(frozen=True)
class Piece:
    """A stretch of the sentence; with an address it can be opened."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Whose:
    """Whose promises a sentence speaks of: "" for the firm's, "Your" or "Kit’s"; and to which client, if to one."""

    maker: str = ""
    client: str = ""

    @property
    def promises(self) -> str:
        """ "promises", "of Kit’s promises to Borealis"."""
        maker = self.maker if self.maker != "Your" else "your"
        return (f"of {maker} promises" if maker else "promises") + (f" to {self.client}" if self.client else "")

    @property
    def we(self) -> str:
        """ "we", "you", "Kit"."""
        return {"": "we", "Your": "you"}.get(self.maker, self.maker.removesuffix("’s"))


def opening(page: Promises, *, whose: Whose, late: str = "", today: str = "", counted: str = "") -> list[Piece]:
    """ "Three promises are late, Lucía’s first; two fall due today. 28 of 31 kept this quarter.", with addresses."""
    pieces = _late(page, whose, late)
    if page.today:
        pieces += [Piece("; ")] if pieces else []
        pieces += _today(page, whose, today, alone=not pieces)
    if not pieces:
        pieces = [Piece(_calm(page, whose))]
    return [*pieces, Piece("."), *_kept(page.tally, counted)]


def _late(page: Promises, whose: Whose, href: str) -> list[Piece]:
    if not page.late or page.first_late is None:
        return []
    name = Piece(page.first_late.first, href)
    if page.late == 1:
        verb = "broken" if page.first_late.judged.state == State.BROKEN else "late"
        return [Piece(f"{whose.maker or 'Our'} promise to "), name, Piece(f" is {verb}")]
    return [Piece(f"{words.sentence(many(page.late))} {whose.promises} are late, "), name, Piece("’s first")]


def _today(page: Promises, whose: Whose, href: str, *, alone: bool) -> list[Piece]:
    if page.today > 1 or page.first_today is None:
        said = words.sentence(f"{many(page.today)} {whose.promises}") if alone else many(page.today)
        return [Piece(f"{said} fall due today")]
    clock = words.clock(page.first_today.judged.due, page.zone)
    begins = f"What {whose.we} promised " if alone else "the one to "
    return [Piece(begins), Piece(page.first_today.first, href), Piece(f" falls due at {clock}")]


def _calm(page: Promises, whose: Whose) -> str:
    if not page.stands:
        return "No promise is open" if not whose.maker else f"None {whose.promises} is open"
    is_or_are = "is" if page.stands == 1 else "are"
    noun = whose.promises if page.stands > 1 or whose.maker else whose.promises.replace("promises", "promise", 1)
    return f"Nothing is late and nothing falls due today; {many(page.stands)} {noun} {is_or_are} open"


def _kept(tally: Tally, href: str) -> list[Piece]:
    """The count of the quarter; silence where nothing was settled."""
    if not tally.settled:
        return []
    if tally.settled == 1:
        return [
            Piece(" "),
            Piece("The one", href),
            Piece(f" settled this quarter was {'' if tally.kept else 'not '}kept."),
        ]
    how = f"{tally.kept:,} of {tally.settled:,}"
    if tally.kept == tally.settled:
        how = "Both" if tally.settled == 2 else f"All {tally.settled:,}"
    return [Piece(" "), Piece(how, href), Piece(" kept this quarter.")]


def heading(group: Group, page: Promises) -> tuple[str, str]:
    """The name of a group and one fact about it."""
    titles = {
        "late": "Late or broken",
        "near": _near(page),
        "week": "Later this week",
        "later": "Later",
        "lately": "Kept or released lately",
        "settled": "All that ended",
        "counted": f"Settled since {_since(page.tally, page)}",
        "opened": "The one you opened",
    }
    return titles[group.key], _fact(group, page)


def _fact(group: Group, page: Promises) -> str:
    today = page.at.astimezone(page.zone).date()
    if group.key in {"lately", "counted"}:
        return in_a_hundred(page.tally, _since(page.tally, page))
    if group.key == "settled":
        return f"{group.size:,}, newest first"
    if group.earliest is None or group.latest is None:
        return ""
    if group.key == "late":
        return f"{many(group.size)}, the oldest {past_words(group.earliest, page)}" if group.size > 1 else ""
    if group.key == "near":
        return _next(group, group.earliest - page.at)
    if group.key == "week":
        return f"{many(group.size)}, {_large(group)}"
    last = group.latest.astimezone(page.zone).date()
    year = f" {last.year}" if last.year != today.year else ""
    return f"{many(group.size)}, the last in {words.MONTHS[last.month - 1]}{year}"


def in_a_hundred(tally: Tally, since: str) -> str:
    """ "28 of 31 kept since 1 October; 82 to 95 in 100"."""
    if not tally.settled:
        return f"nothing settled since {since} yet"
    low, high = round(100 * tally.interval.low), round(100 * tally.interval.high)
    return f"{tally.kept:,} of {tally.settled:,} kept since {since}; {low} to {high} in 100"


def belief(share: KeptShare) -> str:
    """What the rows let us believe, in one sentence."""
    low, high = round(100 * share.interval.low), round(100 * share.interval.high)
    thin = " The evidence is thin." if share.evidence == "thin" else ""
    return (
        f"Recent and larger promises weighing more, a word of ours holds in {round(100 * share.share)} of 100, "
        f"likely between {low} and {high}.{thin}"
    )


def _large(group: Group) -> str:
    if not group.major:
        return "none of them large" if group.size > 1 else "not a large one"
    if group.size == 1:
        return "a large one"
    return f"{many(group.major)} of them large"


def _near(page: Promises) -> str:
    if words.day(page.near_until, today=page.at.astimezone(page.zone).date()) == "tomorrow":
        return "Today and tomorrow"
    return f"Today until {words.WEEKDAYS[page.near_until.weekday()]}"


def _since(tally: Tally, page: Promises) -> str:
    first = tally.since.astimezone(page.zone).date()
    return f"{first.day} {words.MONTHS[first.month - 1]}"


def _next(group: Group, left: timedelta) -> str:
    if left >= timedelta(hours=24):
        return "not today" if group.size == 1 else "none of them today"
    return f"{words.span(left)} from now" if group.size == 1 else f"the next in {words.span(left)}"


def many(number: int) -> str:
    """ "three", "14": a number where the noun is said elsewhere."""
    return words.SMALL[number] if number < len(words.SMALL) else f"{number:,}"
