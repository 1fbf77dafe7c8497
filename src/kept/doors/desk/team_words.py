"""What the team page says of the rounds: its sentence, each question's average, and what stands beside it."""

from dataclasses import dataclass

from kept.doors.desk.clients_words import spelled
from kept.kit import words
from kept.kit.charts import Axis, RangeLine, range_line
from kept.ledgers.rounds.models import Question
from kept.measures.anonymity import Hiding, Why
from kept.readings.team_page import Team
from kept.readings.team_rounds import Change, Heard, Mean, Rounds

SCALE = Axis(0.0, 10.0)
NAMES = {
    Question.PROUD: ("Proud", "of what we did for clients"),
    Question.ENERGY: ("Energy", "for this work"),
    Question.VALUED: ("Valued", "here"),
}
_AS_SAID = {Question.PROUD: "pride", Question.ENERGY: "energy", Question.VALUED: "feeling valued"}


@dataclass(frozen=True)
class Row:
    """One question of the last round, drawn."""

    name: str
    of: str
    line: RangeLine
    mean: str
    span: str
    before: str


def opening(one: Team) -> str:
    """The sentence on top, from the last round or from why there is none."""
    rounds = one.rounds
    if rounds.latest is None:
        return _nothing_yet(rounds)
    heard = rounds.latest
    if heard.why is Why.FIRM_TOO_SMALL:
        few = words.sentence(words.count(len(heard.asked), "of us was", "of us were"))
        return f"{few} asked in the last round. {heard.why.told(hiding=rounds.hiding)}"
    if heard.why is not None:
        said = f"Of {len(heard.asked)} of us {words.count(heard.answers, 'person', 'people')} answered"
        return f"{said}, too few to show anything without pointing at somebody. Nothing of it was kept."
    marks = words.listed([f"{NAMES[mean.question][0].lower()} {mean.mean:.1f}" for mean in heard.means])
    said = f"{words.sentence(words.count(heard.answers, 'of us', 'of us'))} said how it is: {marks}, of 10."
    return said + _moved(rounds.changes)


def _nothing_yet(rounds: Rounds) -> str:
    if rounds.too_small:
        return (
            f"There are {words.count(rounds.people, 'of us', 'of us')}, too few to be asked without everybody knowing "
            "who said what. So ask each other, over a coffee."
        )
    if rounds.open:
        return "The first round is open; what was said shows when it closes, and nobody’s answer by itself."
    return "Nobody has been asked yet how it is for them; the first round opens on the next working day."


def numbers(hiding: Hiding) -> dict[str, str]:
    """From how many people on the team is asked, averages are shown, and words are."""
    return {
        "needed": spelled(int(hiding.firm)),
        "few": spelled(int(hiding.people)),
        "wordy": spelled(int(hiding.words_people)),
    }


def _moved(changes: dict[Question, Change]) -> str:
    """What changed for sure; all else is chance as far as anybody can tell."""
    down = [_AS_SAID[name] for name, change in changes.items() if change.sure and change.now.mean < change.before.mean]
    up = [_AS_SAID[name] for name, change in changes.items() if change.sure and change.now.mean > change.before.mean]
    said = [f" {words.sentence(words.listed(down))} went down."] if down else []
    said += [f" {words.sentence(words.listed(up))} went up."] if up else []
    return "".join(said)


def asked_line(one: Team) -> str:
    """How many were asked and answered, and when."""
    heard = one.rounds.latest
    if heard is None:
        return ""
    closed = words.day(heard.closed_at.astimezone(one.zone).date(), today=one.day, article=True)
    return f"{heard.answers} of {len(heard.asked)} answered in the round that closed {closed}."


def question_rows(rounds: Rounds) -> list[Row]:
    """Each question of the last round, with its mark before where the two may be compared."""
    return [_row(mean, rounds.changes.get(mean.question)) for mean in rounds.latest.means] if rounds.latest else []


def _row(mean: Mean, change: Change | None) -> Row:
    name, of = NAMES[mean.question]
    span = (mean.interval.low, mean.interval.high) if mean.interval else None
    ghost = change.before.mean if change else None
    return Row(
        name=name,
        of=of,
        line=range_line(SCALE, span=span, mark=mean.mean, ghost=ghost),
        mean=f"{mean.mean:.1f}",
        span=f"{span[0]:.1f} to {span[1]:.1f}" if span else "",
        before=f"{ghost:.1f} before" if ghost is not None else "",
    )


def office_rows(heard: Heard | None) -> list[tuple[str, list[str]]]:
    """Offices that may be shown, each with its averages in the order of the questions; "" where one may not."""
    rows = []
    for office, means in heard.offices if heard else ():
        given = {mean.question: f"{mean.mean:.1f}" for mean in means}
        rows.append((office, [given.get(question, "") for question in Question]))
    return rows


def earlier_rows(one: Team) -> list[tuple[str, str, list[str]]]:
    """The rounds that may be seen together, the last first: when, how many answered, the averages."""
    rounds = one.rounds
    if rounds.latest is None or not rounds.beside:
        return []
    return [
        (
            words.day(heard.closed_at.astimezone(one.zone).date(), today=one.day),
            f"{heard.answers} of {len(heard.asked)}",
            [f"{mean.mean:.1f}" if (mean := heard.of(question)) else "" for question in Question],
        )
        for heard in (rounds.latest, *rounds.beside)
    ]


def apart(rounds: Rounds) -> str:
    """Why other rounds do not stand there."""
    if not rounds.apart:
        return ""
    some = words.sentence(words.count(rounds.apart, "earlier round is", "earlier rounds are"))
    few = spelled(int(rounds.hiding.people))
    return f"{some} not set beside these: fewer than {few} people came or went between, and a change could be theirs."
