"""The portfolio in words: where the firm is heading, and of whom to speak first."""

from collections.abc import Sequence

from kept.doors.desk.clients_words import spelled
from kept.doors.desk.inbox_opening import Piece
from kept.doors.desk.standing_said import because
from kept.doors.desk.ways import way
from kept.kit import words
from kept.measures.standing import Kind
from kept.measures.standing_words import WHAT_TO_DO
from kept.readings.portfolio import Portfolio, Row
from kept.readings.snapshots.beside import a_quarter_before


def opening(found: Portfolio) -> list[Piece]:
    """ "Fourteen clients. Eight would choose us again. Trust fell at three since August, most at ..." """
    rows = found.rows
    if not rows:
        return [Piece("No client here.")]
    said = [Piece(f"{words.sentence(spelled(len(rows)))} {'client' if len(rows) == 1 else 'clients'}. "), _again(found)]
    clauses = [clause for clause in (_moved(found), _held(found), _leaving(found), _unclear(found)) if clause]
    if not clauses:
        return [*said, Piece(" Trust holds.")]
    said.append(Piece(" "))
    for index, clause in enumerate(clauses):
        if index:
            last = index == len(clauses) - 1
            said.append(Piece(", and " if last and len(clauses) > 2 else " and " if last else ", "))
        said += clause
    first = said.index(clauses[0][0])
    said[first] = Piece(words.sentence(said[first].words), said[first].to)
    return [*said, Piece(".")]


def _again(found: Portfolio) -> Piece:
    again, all_ = len(found.of(Kind.LOYAL)), len(found.rows)
    if again == all_:
        return Piece("They would choose us again." if all_ == 1 else "All would choose us again.")
    if not again:
        return Piece("Of none do we know that they would choose us again.")
    return Piece(f"{words.sentence(spelled(again))} would choose us again.")


def _moved(found: Portfolio) -> list[Piece]:
    fell, rose = found.fallen, found.risen
    since = words.MONTHS[a_quarter_before(found.day).month - 1]
    if fell and rose:
        head = Piece(f"trust grew at {spelled(len(rose))} and fell at {spelled(len(fell))} since {since}, ")
        return [head, *([Piece("most at ")] if len(fell) > 1 else [Piece("at ")]), _name(fell[0])]
    if fell:
        many = [Piece(f"trust fell at {spelled(len(fell))} since {since}, most at "), _name(fell[0])]
        going = " and may be leaving" if found.of(Kind.LEAVING) == fell else ""
        return many if len(fell) > 1 else [_name(fell[0]), Piece(f" has lost trust since {since}{going}")]
    return [Piece(f"trust grew at {spelled(len(rose))} since {since}")] if rose else []


def _held(found: Portfolio) -> list[Piece]:
    held = found.of(Kind.HELD)
    return [*_who(held), Piece(f" {'stays' if len(held) == 1 else 'stay'} because leaving is hard")] if held else []


def _leaving(found: Portfolio) -> list[Piece]:
    going = found.of(Kind.LEAVING)
    told = going == found.fallen and len(going) == 1 and not found.risen  # with the trust they lost
    return [*_who(going), Piece(" may be leaving")] if going and not told else []


def _unclear(found: Portfolio) -> list[Piece]:
    few = len(found.of(Kind.UNCLEAR))
    return [Piece(f"of {spelled(few)} we know too little to say")] if few else []


def _name(row: Row) -> Piece:
    return Piece(row.client.name, way("standing", row.client.pk))


def _who(rows: Sequence[Row]) -> list[Piece]:
    """ "Quillon", "Quillon and Sable", "Quillon and three others"."""
    if len(rows) == 2:
        return [_name(rows[0]), Piece(" and "), _name(rows[1])]
    if len(rows) > 2:
        return [_name(rows[0]), Piece(f" and {words.count(len(rows) - 1, 'other')}")]
    return [_name(rows[0])]


def speaks(found: Portfolio) -> tuple[Row | None, str, str]:
    """Beside the map: of whom to speak first, why they stay, and what to do."""
    for kind, said in ((Kind.HELD, "is held: {}."), (Kind.LEAVING, "may be leaving: {}.")):
        if rows := found.of(kind):
            row = rows[0]
            return row, f"{row.client.name} {said.format(because(row.grounds))}", WHAT_TO_DO[kind]
    if found.of(Kind.FOR_THE_PRICE):
        row = found.of(Kind.FOR_THE_PRICE)[0]
        return row, f"{row.client.name} is here for now, for the price.", WHAT_TO_DO[Kind.FOR_THE_PRICE]
    if found.of(Kind.LOYAL):
        return None, "Nobody is held, and nobody seems to be leaving.", WHAT_TO_DO[Kind.LOYAL]
    return (
        None,
        "Nobody is known to be held, or to be leaving.",
        "Ask the question that would tell.",
    )
