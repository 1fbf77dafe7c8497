"""Settings, a number tried, in words: what it would do, for none, one and many."""

from kept.doors.desk.settings_numbers_asking import eligible_says
from kept.doors.desk.settings_numbers_staying import feeling_says, stays_says, team_says
from kept.doors.desk.settings_numbers_table import names, staying
from kept.doors.desk.settings_numbers_trust import trust_says
from kept.measures.belief import Confidence
from kept.measures.standing import Kind
from kept.readings.numbers_asking import Eligible, May
from kept.readings.numbers_effects import Change, Changes
from kept.readings.numbers_heard import Heard
from kept.readings.numbers_staying import Stays
from kept.readings.numbers_team import Shows
from kept.readings.numbers_trust import Stands
from tests.studio import NOW


def moves(*by: float, name: str = "Borealis") -> list[Change[Stands]]:
    return [Change(1, name, _at(80), _at(80 + each)) for each in by]


def _at(value: float) -> Stands:
    return Stands(value, 70, 90, Confidence.FAIR)


def test_the_preview_says_how_many_it_moves_and_whom_most() -> None:
    assert trust_says(moves(-3.9)) == "It would move one client, Borealis most, by −3.9."
    assert trust_says(moves(4.1, 0.2)) == "It would move two clients, Borealis most, by +4.1."
    assert trust_says(moves(0)) == "It would move no client’s trust, but how much is known of one client."
    assert trust_says([]) == "It would move no client’s trust today."


def test_who_is_called_otherwise_is_named_and_the_others_counted() -> None:
    loyal_, held = (Stays(kind, str(kind), 60, None, False) for kind in (Kind.LOYAL, Kind.HELD))
    one, same = Change(1, "Borealis", loyal_, held), Change(2, "Dione", held, held)
    assert stays_says([one], []) == "It would call Borealis otherwise."
    assert (
        stays_says([one], [same, same])
        == "It would call Borealis otherwise, and two clients the same, more or less surely."
    )
    assert stays_says([], [same]) == "It would call no client otherwise, but one client more or less surely."
    assert stays_says([], []) == "It would call no client otherwise today."


def test_of_many_clients_the_first_two_are_named() -> None:
    found: list[Change[object]] = [Change(key, name, 0, 1) for key, name in enumerate(("Ara", "Bor", "Cas", "Dio"))]
    assert names(found[:1]) == "Ara"
    assert names([*found[:3], found[0]]) == "Ara, Bor and Cas"
    assert names(found) == "Ara, Bor and two more"


def test_what_stays_is_counted() -> None:
    assert (staying(0, changed=True), staying(0, changed=False)) == ("", "")
    assert staying(1, changed=True) == "One other client stays as it is."
    assert staying(3, changed=True) == "Three other clients stay as they are."
    assert staying(1, changed=False) == "The one client stays as it is."
    assert staying(3, changed=False) == "All three clients stay as they are."


def test_who_may_be_asked_is_counted_by_person() -> None:
    may, later, never = May(True, None, ""), May(False, NOW, ""), May(False, None, "Something hurts.")

    def says(*pairs: tuple[May, May]) -> str:
        rows = tuple(Change(1, "Borealis", now, then, about=str(key)) for key, (now, then) in enumerate(pairs))
        return eligible_says(Eligible(Changes(rows, 0, 0), Changes(rows, 0, 0)))

    assert says((later, may)) == "One person more could be asked today."
    assert says((may, later), (may, never)) == "Two people fewer could be asked today."
    assert says((later, may), (may, later), (later, never)) == (
        "One person more and one person fewer could be asked today, and for one person the day moves."
    )


def test_calls_of_the_last_quarter_are_counted() -> None:
    call, none = (Change(1, "Borealis", Heard(NOW, 6, not up), Heard(NOW, 6, up)) for up in (True, False))
    start = "It changes nothing for any client today; in the last quarter it would have meant"
    assert feeling_says(Changes((call, call), 0, 0)) == f"{start} two calls more."
    assert feeling_says(Changes((call, none), 0, 0)) == f"{start} one call more and one call fewer."
    assert "would have changed nothing" in feeling_says(Changes((), 3, 2))


def test_what_is_shown_of_the_team_is_said() -> None:
    now = Shows(rounds=4, words=3, people=12, needed=10)
    assert team_says(now, now) == ["It concerns our own team alone, and would show or hide nothing today."]
    assert team_says(now, Shows(1, 0, 12, 10)) == [
        "Of the last year four rounds are shown, and 1 would be.", "The words people left would be hidden.",
    ]  # fmt: skip
    assert team_says(now, Shows(4, 3, 12, 20), named=True) == [
        "Our team would be asked no more.", "Some clients’ hours would be told otherwise.",
    ]  # fmt: skip
