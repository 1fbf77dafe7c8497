"""The three quantities behind a client's standing, each with its answer, its line and its facts."""

from kept.doors.desk.client_drawn import Column, Line, Text
from kept.doors.desk.client_words import Fact
from kept.doors.desk.inbox_opening import Piece
from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.standing_said import out_of_ten, tied_by
from kept.kit import words
from kept.kit.charts import Axis, Label, place, range_line, ticks
from kept.kit.names import calling
from kept.measures.intervals import beta_interval
from kept.measures.standing import Side
from kept.measures.standing_numbers import Lock
from kept.readings.standing import Grounds

TEN, HUNDRED = Axis(0.0, 10.0), Axis(0.0, 100.0)
NARROW = 250.0  # px, as the lines of a client's page
LIKELY = 0.7
THIN = 2.0  # answers or signs below which a mark is pale


def columns(one: Grounds, eye: Eye) -> list[Column]:
    """How it feels, how freely they choose us, and what leaving would cost them."""
    return [_felt(one, eye), _free(one, eye), _tied(one)]


def _felt(one: Grounds, eye: Eye) -> Column:
    felt, said = one.standing.felt, len(one.answers)
    if not said:
        answer, small = "Nobody has said how it feels.", "What most clients say is all there is to go by."
    else:
        answer = (
            "It feels good." if felt.above >= LIKELY else "It hurts." if felt.above <= 1 - LIKELY else "It feels mixed."
        )
        small = f"{out_of_ten(felt.mean)} of 10 from {words.count(said, 'answer')}, the newest counting most."
    facts = [
        Fact(
            f"Chance that it feels better than {out_of_ten(one.numbers.felt_bar)}",
            State("calm", f"{100 * felt.above:.0f} in 100"),
        ),
        Fact("Last said", _when(one.answers[0].at, eye) if said else State("unknown", "never")),
    ]
    return Column("How does it feel?", answer, [Piece(small)], _line(felt, TEN, bar=10 * one.numbers.felt_bar), facts)


def _by(side: Side, good: str, between: str, bad: str) -> str:
    """One of three answers, by how likely the quantity lies above its bar."""
    return good if side.above >= LIKELY else bad if side.above <= 1 - LIKELY else between


def _free(one: Grounds, eye: Eye) -> Column:
    free, seen = one.standing.free, len(one.signs)
    if not seen:
        answer, small = "Nobody has seen them choose.", "That they are still here is no sign of it."
    else:
        answer = _by(free, "They choose us.", "Hard to say.", "They look elsewhere.")
        small = f"{words.sentence(words.count(seen, 'sign'))} seen, for us or against; old ones fade."
    facts = [
        Fact("Chance that they choose us freely", State("calm", f"{100 * free.above:.0f} in 100")),
        Fact("Wrote to us first", _contacts(one)),
        Fact("Last sign", _when(one.signs[0].at, eye) if seen else State("unknown", "none yet")),
    ]
    return Column(
        "Do they choose us freely?", answer, [Piece(small)], _line(free, HUNDRED, bar=100 * one.numbers.free_bar), facts
    )


def _contacts(one: Grounds) -> State:
    """ "4 in 60 days, 6 usual"; fewer than chance allows is said as that."""
    rate = one.quiet
    usual = f", {rate.before * 60 / 180:.0f} usual" if rate.before else ""
    return State("soon" if rate.gone else "calm", f"{rate.lately} in 60 days{usual}", _odds(one))


def _odds(one: Grounds) -> str:
    if not one.quiet.lately + one.quiet.before:
        return ""
    return f"{100 * one.quiet.chance:.0f} in 100 that so few are chance"


def _tied(one: Grounds) -> Column:
    holding, judged = one.ties.holding, one.ties.judged
    if holding:
        answer = "Leaving would be hard." if one.standing.lock >= one.numbers.untested_from else "Something ties them."
        small = f"{words.sentence(words.listed([tied_by(tie) for tie in holding]))}."
    elif judged:
        answer, small = "Nothing ties them.", "They could leave tomorrow."
    else:
        answer, small = "Nobody has judged it.", "Until somebody does, we take them for free to go."
    axis, lock = HUNDRED, 100 * one.standing.lock
    marks = range_line(axis, used=lock, unknown=not judged and not holding)
    texts = _labels(axis, [(lock, f"{lock:.0f} of 100", "strong")], below=False)
    line = Line(marks, ticks(axis, [(0.0, "free to go"), (100.0, "cannot leave")]), texts)
    facts = [
        Fact("What ties them", State("calm" if judged or holding else "unknown", _count(one))),
        Fact("Judged by", State("calm" if judged else "unknown", _judges(one))),
    ]
    return Column("What would leaving cost?", answer, [Piece(small)], line, facts)


def _count(one: Grounds) -> str:
    if not one.ties.holding and not one.ties.judged:
        return "not judged"
    return f"{len(one.ties.holding)} of {len(Lock)} ties"


def _judges(one: Grounds) -> str:
    names = sorted({calling(tie.who) for tie in (*one.ties.holding, *one.ties.denied) if tie.who})
    free = one.ties.free
    return words.listed(names or ([calling(free.who)] if free and free.who else [])) or (
        "a contract says so" if one.ties.holding else "nobody yet"
    )


def _when(at: object, eye: Eye) -> State:
    day = at.astimezone(eye.zone).date()  # type: ignore[attr-defined]
    said = words.since(day, today=eye.now.astimezone(eye.zone).date()).replace("since ", "on ")
    return State("calm", said)


def _line(side: Side, axis: Axis[float], *, bar: float) -> Line:
    """A belief as a range of 8 in 10 with its mark, and the bar it is held against."""
    reach, thin = beta_interval(side.alpha, side.beta), side.weight < THIN
    marks = range_line(
        axis, span=(axis.high * reach.low, axis.high * reach.high), mark=axis.high * side.mean, ghost=bar, thin=thin
    )
    here = out_of_ten(side.mean) if axis is TEN else f"{100 * side.mean:.0f}"
    texts = _labels(axis, [(axis.high * side.mean, f"{here} now", "strong"), (bar, f"{bar:g} asked", "")], below=False)
    return Line(marks, ticks(axis, [(axis.high * k / 5, f"{axis.high * k / 5:g}") for k in range(6)]), texts)


def _labels(axis: Axis[float], wanted: list[tuple[float, str, str]], *, below: bool) -> tuple[Text, ...]:
    labels = [Label(axis.share(value), said, rank) for rank, (value, said, _) in enumerate(wanted)]
    return tuple(
        Text(axis.at(wanted[one.label.urgency][0]), one.anchor, one.label.words, wanted[one.label.urgency][2], below)
        for one in place(labels, width=NARROW, rows=1)
    )
