"""A number tried, in words: what clients would be called, after which answers we call, what is shown of our team."""

from zoneinfo import ZoneInfo

from kept.doors.desk.settings_numbers_table import Preview, Row, Said, names, row, table, unchanged
from kept.kit import words
from kept.measures.standing import Axis, Kind
from kept.readings.numbers_effects import Change, Changes, Trial
from kept.readings.numbers_heard import Heard, of_answers
from kept.readings.numbers_staying import Stays, of_staying
from kept.readings.numbers_team import Shows, of_team

# the question that would tell, in short
ASKS = {Axis.FELT: "ask how it feels", Axis.FREE: "ask if they would choose us", Axis.LOCK: "ask what they would miss"}
NO_OTHER = "It would call no client otherwise today."


def stays(tried: Trial, zone: ZoneInfo) -> Preview:
    """Of numbers by which clients are placed: who would be called otherwise, and where only the chance moves."""
    found = of_staying(tried)
    otherwise = [each for each in found.rows if each.now.called != each.then.called]
    moved = [each for each in found.rows if each.now.called == each.then.called]
    same = unchanged(found)
    tables = [
        *table(
            "Called otherwise", "Why they stay, as the portfolio says it.", (row(each, _stays) for each in otherwise),
            same="" if moved else same,
        ),
        *table(
            "Called the same", "With another chance, another question, or gone quiet.",
            (row(each, _stays) for each in sorted(moved, key=_less_moved)), same=same,
        ),
    ]  # fmt: skip
    return Preview(stays_says(otherwise, moved), [] if tables or not same else [same], tables)


def stays_says(otherwise: list[Change[Stays]], moved: list[Change[Stays]]) -> str:
    """ "It would call Borealis otherwise, and two clients the same, more or less surely." """
    few = words.count(len(moved), "client")
    if otherwise:
        beside = f", and {few} the same, more or less surely" if moved else ""
        return f"It would call {names(otherwise)} otherwise{beside}."
    return f"It would call no client otherwise, but {few} more or less surely." if moved else NO_OTHER


def _less_moved(one: Change[Stays]) -> tuple[int, str]:
    return -abs((one.then.chance or 0) - (one.now.chance or 0)), one.name.casefold()


def _stays(one: Stays) -> Said:
    quiet = ["gone quiet"] if one.quiet else []
    if one.kind is Kind.UNCLEAR:
        asks = [ASKS[one.question]] if one.question else []
        return Said("unknown", one.called, ", ".join([*quiet, *asks]))
    return Said("calm", one.called, ", ".join([f"{one.chance} in 100", *quiet]))


def feeling(tried: Trial, zone: ZoneInfo) -> Preview:
    """After which answers somebody calls: those given stay judged, so the last quarter says what it would have done."""
    found = of_answers(tried)
    today = tried.at.astimezone(zone).date()

    def told(one: Change[Heard]) -> Row:
        mark = "words alone" if one.now.lowest is None else f"lowest {one.now.lowest} of 10"
        day = words.day(one.now.at.astimezone(zone).date(), today=today)
        return row(one, _call, about=", ".join(filter(None, (one.about, mark, day))))

    notes = ["An answer is judged when it is given: those given already stay as they were judged, and calls stand."]
    if not found.rows and found.same:
        answers = words.count(found.same, "answer")
        notes.append(f"The {answers} of the last quarter would have been judged the same.")
    tables = table(
        "Had it counted", "Answers of the last quarter, had the number been so.",
        (told(each) for each in found.rows), same=unchanged(found),
    )  # fmt: skip
    return Preview(feeling_says(found), notes, tables)


def _call(one: Heard) -> Said:
    return Said("soon", "a call") if one.called else Said("calm", "no call")


def feeling_says(found: Changes[Heard]) -> str:
    """Nothing that was answered is judged again; what it would have meant in the last quarter."""
    more = sum(each.then.called for each in found.rows)
    less = len(found.rows) - more
    if not found.rows:
        return "It changes nothing for any client today, and would have changed nothing in the last quarter."
    far = [f"{words.count(more, 'call')} more"] if more else []
    far += [f"{words.count(less, 'call')} fewer"] if less else []
    return f"It changes nothing for any client today; in the last quarter it would have meant {words.listed(far)}."


def team(tried: Trial, zone: ZoneInfo) -> Preview:
    """From how many people on answers of the team are shown: no client’s service hangs on it."""
    found = of_team(tried)

    def say(shown: bool) -> Said:
        return Said("calm" if shown else "unknown", "told by name" if shown else "not named")

    why = "Nothing is judged of a client by it: it keeps anybody’s answers in our own team from being found out."
    tables = table(
        "Hours by client", "Named on the page of our own team, or not.", (row(each, say) for each in found.named.rows),
        same=unchanged(found.named),
    )  # fmt: skip
    notes = [why, *([few_says(found.then)] if not found.then.asks else [])]
    return Preview(" ".join(team_says(found.now, found.then, named=bool(tables))), notes, tables)


def few_says(then: Shows) -> str:
    """Why the team is not asked."""
    are, needed = words.count(then.people, "person", "people"), words.count(then.needed, "person", "people")
    return f"We are {are}; our team is asked from {needed} on."


def team_says(now: Shows, then: Shows, *, named: bool = False) -> list[str]:
    """What would be shown of the team that is not, or no more."""
    said = []
    if now.asks != then.asks:
        said.append("Our team would be asked again." if then.asks else "Our team would be asked no more.")
    if now.rounds != then.rounds:
        are = "is" if now.rounds == 1 else "are"
        shown = f"{words.count(now.rounds, 'round')} {are} shown, and {then.rounds or 'none'} would be"
        said.append(f"Of the last year {shown}.")
    if now.words != then.words:
        said.append("The words people left would be shown." if then.words else "The words people left would be hidden.")
    if named:
        said.append("Some clients’ hours would be told otherwise.")
    return said or ["It concerns our own team alone, and would show or hide nothing today."]
