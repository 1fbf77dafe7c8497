"""A line for anybody is told from a line for one reader, and only its writer hears of it."""

import csv
import math
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kept.measures.text.courtesies import courtesy
from kept.measures.text.likeness import Print, Sent, is_near, other_clients, print_of
from kept.measures.text.sameness import (
    Line,
    containment,
    folded,
    is_counted,
    jaccard,
    judge,
    key,
    own_words,
    prefix,
    rare_words,
    reuse,
    shingles,
    spans,
    stock_phrase,
)
from kept.measures.text.stock_phrases import STOCK

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
NAMES = ("Borealis", "Cleo", "Cassini", "Nils", "Delos", "Ruth", "Faro", "Gale", "Pia", "Brandt")
MARKED = Path(__file__).with_name("sameness_sentences.tsv")


# folding


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I moved your launch to Tuesday.", "I moved your launch to Fri 13 March 2026!"),
        ("Hi Cleo, the draft is at https://a.example/1.", "Hi Mr Okri, the draft is at www.b.example/two?x=3"),
        ("It costs £1,200.50 in all", "It costs 80 € in all"),
        ("We don’t send e-mails on 6 May", "we do not send emails on 2026-05-07"),
        ("Call me at 9:30 am", "Call me at 16 Uhr"),
        ("Write to ada@studio.example", "Write to bo@studio.example"),
        ("Für Rückfragen am 6. März", "fur  ruckfragen am Freitag"),
        ("The bill for March", "The bill for April"),
    ],
)
def test_what_differs_from_reader_to_reader_becomes_a_slot(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_names_of_a_client_are_slots_the_longest_first() -> None:
    text = folded("Borealis Foods likes Cleo's Polar Bar.", terms=["Borealis", "Borealis Foods", "Cleo", "polar bar"])
    assert text == "<name> likes <name> s <name>"


@pytest.mark.parametrize("words", ["You may march on if they let you.", "The sun and the mars bar are mine."])
def test_words_that_only_look_like_months_stay(words: str) -> None:
    assert "<" not in folded(words)


def test_different_words_stay_different() -> None:
    assert folded("I moved your launch to Tuesday.") != folded("I moved your lunch to Tuesday.")


# keys and shingles


def test_a_key_is_the_same_on_every_machine_and_fits_a_big_integer() -> None:
    assert key("rest assured") == -5289394812716271167
    assert all(-(2**63) <= key(str(number)) < 2**63 for number in range(1000))
    assert any(key(str(number)) < 0 for number in range(10))


FIRST = "Thanks for reaching out. I hope this email finds you well. We will get back to you shortly."
SECOND = "Hi Ana, thanks for reaching out. I hope this email finds you well. I moved your launch to Tuesday."


def test_two_letters_share_nine_runs_of_three_words() -> None:
    one, other = shingles(folded(FIRST)), shingles(folded(SECOND, terms=["Ana"]))
    assert (len(one), len(other), len(one & other)) == (16, 17, 9)
    assert jaccard(one, other) == pytest.approx(0.375)
    assert containment(other, within=one) == pytest.approx(0.529, abs=1e-3)


def test_short_and_empty_sentences_have_one_run_and_none() -> None:
    assert len(shingles("two words")) == 1
    assert shingles("") == frozenset()
    assert jaccard((), ()) == containment((), within=[1]) == 0
    assert not is_near(print_of(""), print_of("One."))


@st.composite
def near_sets(draw: st.DrawFn) -> tuple[set[int], set[int]]:
    """Two sets of different sizes with a Jaccard of .8 or more: a shared part, and up to a quarter of it split."""
    shared = draw(st.sets(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=60))
    others = draw(st.sets(st.integers(-(2**63), 2**63 - 1), max_size=len(shared) // 4)) - shared
    left = {each for each in others if draw(st.booleans())}
    return shared | left, shared | (others - left)


@given(near_sets())
@example(({1, 2, 3, 4}, {0, 1, 2, 3, 4}))
@example(({0, 1, 2, 3, 4}, {1, 2, 3, 4}))
def test_near_duplicates_share_a_part_of_their_prefixes(pair: tuple[set[int], set[int]]) -> None:
    one, other = pair
    assert jaccard(one, other) >= 0.8
    assert set(prefix(one)) & set(prefix(other))


def test_no_shorter_prefix_would_do() -> None:
    whole, rest = {0, 1, 2, 3, 4}, {1, 2, 3, 4}
    assert jaccard(whole, rest) == 0.8
    assert (prefix(whole), prefix(rest)) == ((0, 1), (1,))


@given(st.sets(st.integers(-(2**63), 2**63 - 1), max_size=80))
def test_a_prefix_is_the_smallest_fifth_and_one(members: set[int]) -> None:
    n = len(members)
    assert prefix(members) == tuple(sorted(members))[: n - math.ceil(4 * n / 5) + 1 if n else 0]


@given(near_sets())
def test_a_print_knows_its_near_duplicates(pair: tuple[set[int], set[int]]) -> None:
    one, other = pair
    assert is_near(Print(1, frozenset(one)), Print(2, frozenset(other)))
    assert not is_near(Print(1, frozenset(one)), Print(2, frozenset(other) | set(range(2 * len(one) + 1))))


# who else got the line


def test_only_other_clients_of_the_last_year_count_each_once() -> None:
    line = print_of("I read your notes twice, and saw what you meant.")
    days = [(1, 5), (2, 5), (2, 9), (3, 364), (4, 366), (5, -1)]
    sent = [Sent(line, client, NOW - timedelta(days=ago)) for client, ago in days]
    sent.append(Sent(print_of("Something else altogether, for once."), 6, NOW - timedelta(days=1)))
    assert other_clients(line, sent, client=1, at=NOW) == 2


@pytest.mark.parametrize(("others", "share"), [(0, 0), (1, 0.228), (3, 0.455), (10, 0.788), (20, 1), (400, 1)])
def test_reuse_grows_with_the_clients_a_line_went_to(others: int, share: float) -> None:
    assert reuse(others) == pytest.approx(share, abs=1e-3)


def test_no_line_goes_to_fewer_than_no_clients() -> None:
    with pytest.raises(ValueError, match="cannot have gone to -1"):
        reuse(-1)


# what counts


@pytest.mark.parametrize(
    "sentence",
    [
        "Great, thank you!",
        "See you on Tuesday at 10:30.",
        "Bis Freitag um 9 Uhr",
        "Hi Cleo,",
        "Dear Mr Okri,",
        "Sehr geehrte Damen und Herren,",
        "Thank you so much and best wishes",
        "With kind regards from Ada",
        "Mit freundlichen Grüßen aus Kiel",
        "Que tengas un buen fin de semana",
        "Je vous prie d'agréer, Madame, l'expression de mes sentiments distingués.",
        "This e-mail and its attachments are confidential and meant for the addressee.",
        "If you have received this message in error, please delete it.",
        "Diese E-Mail ist nur für den Empfänger bestimmt.",
        "Borealis Foods Ltd, registered in England, company number 123456",
    ],
)
def test_courtesies_and_small_print_do_not_count(sentence: str) -> None:
    assert not is_counted(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["I moved your launch to Tuesday.", "Thanks to the printer we lost a day.", "The best came after the second act."],
)
def test_plain_sentences_count(sentence: str) -> None:
    assert is_counted(sentence)
    assert courtesy(folded(sentence)) == ""


# stock phrases


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("I do hope that this e-mail finds you well!", "hope that this e-mail finds you"),
        ("Your call is very important to us.", "call is very important to us"),
        ("Please don’t hesitate to ring.", "don’t hesitate"),
        ("That is not possible as per company policy.", "per company policy"),
        ("Enjoy your stay!", "Enjoy your stay"),
        ("Our apologies for any inconvenience caused.", "any inconvenience"),
        ("Thanks for reaching out.", "reaching out"),
        ("As a valued customer you come first.", "valued customer"),
        ("Zögern Sie nicht, uns anzurufen.", "Zögern Sie nicht"),
        ("N’hésitez surtout pas !", "N’hésitez surtout pas"),
        ("No dude en escribirnos.", "No dude en"),
        ("We answer within 3 business days.", "business days"),
        ("I can not but ask: do not hesitate!", "do not hesitate"),
    ],
)
def test_a_stock_phrase_is_known_in_its_variants(sentence: str, phrase: str) -> None:
    assert stock_phrase(sentence) == phrase


@pytest.mark.parametrize(
    "sentence",
    [
        "I hope the paint dries before you find it.",
        "Enjoy your daughter's play tonight, and forget the draft.",
        "The committee hesitated, and then it did not.",
        "",
    ],
)
def test_own_words_hit_no_phrase(sentence: str) -> None:
    assert stock_phrase(sentence) == ""


def test_every_phrase_of_the_list_finds_itself() -> None:
    said = [
        " ".join(word.strip("()").split("/")[0] for word in line.split() if word not in ("^", "$", "..."))
        for line in STOCK
    ]
    said = [text.replace("*", "thing").replace("<number>", "3") for text in said]
    assert [text for text in said if not stock_phrase(text)] == []
    assert len(set(STOCK)) == len(STOCK)


def test_a_firm_adds_phrases_of_its_own() -> None:
    own = (*STOCK, "onwards and upwards", "(very) best of/off luck $")
    assert stock_phrase("Onwards, and upwards!", phrases=own) == "Onwards, and upwards"
    assert stock_phrase("The very best of luck.", phrases=own) == "very best of luck"
    assert stock_phrase("Onwards, and upwards!") == ""
    with pytest.raises(ValueError, match="is no phrase"):
        stock_phrase("Anything at all", phrases=("...",))


# the whole draft


def example_lines() -> list[Line]:
    return [
        Line("Thanks for reaching out.", start=0),
        Line("I hope this email finds you well.", start=25),
        Line("I moved your launch to Tuesday.", start=59, own=("moved", "launch", "<date>")),
    ]


def test_own_words_pull_a_canned_draft_below_the_nudge() -> None:
    judged = judge(example_lines(), to="Ana")
    assert [each.words for each in judged.lines] == [4, 7, 6]
    assert [each.can for each in judged.lines] == [1, 1, 0]
    assert (judged.words, judged.own) == (17, 3)
    assert judged.share == pytest.approx(0.590, abs=1e-3)
    assert not judged.nudge
    assert judged.says == ""


def test_a_draft_for_anybody_gets_one_friendly_sentence() -> None:
    judged = judge(example_lines()[:2], to="Ana")
    assert judged.share == 1
    assert judged.nudge
    assert judged.says == "Most of this could have gone to anybody. A dozen words that only Ana would get?"
    assert judge(example_lines()[:2]).says.endswith("only this reader would get?")


def test_each_mark_says_why_and_where() -> None:
    line = Line("I read your notes twice.", start=10, others=3)
    both = Line("Thanks for reaching out again.", start=40, others=1)
    judged = judge([line, both, Line("Cleo drew a very small dog.")])
    assert [each.why for each in judged.lines] == [
        "This line went to three other clients within a year.",
        "“Reaching out” stands in everybody's letters, and this line went to one other client within a year.",
        "",
    ]
    assert judged.lines[0].can == pytest.approx(0.455, abs=1e-3)
    assert judged.lines[0].span == (10, 34)


def test_courtesies_and_approved_wording_weigh_nothing() -> None:
    judged = judge(
        [Line("Dear all,", others=50), Line("Do not hesitate to cancel in writing.", others=9, approved=True)]
    )
    assert [(each.counted, each.can, each.why) for each in judged.lines] == [(False, 0, ""), (False, 0, "")]
    assert (judged.share, judged.words, judged.nudge) == (0, 0, False)


@given(st.lists(st.builds(Line, st.text(), others=st.integers(0, 99), own=st.lists(st.text()).map(tuple))))
def test_a_share_is_a_share_whatever_is_written(lines: list[Line]) -> None:
    assert 0 <= judge(lines).share <= 1


def test_own_words_are_slots_and_words_few_clients_are_written() -> None:
    rare = rare_words({"whale": 1, "draft": 30, "mast": 2, "sail": 3}, clients=40)
    assert rare == {"whale", "mast"}
    assert own_words("Cleo, the draft has a whale on Tuesday.", terms=["Cleo"], rare=rare) == (
        "<name>",
        "whale",
        "<date>",
    )
    assert rare_words({"whale": 1, "draft": 2}, clients=3) == {"whale"}


def test_sentences_are_found_again_in_their_text() -> None:
    text = "Hello  Cleo.\n\nI read your\n notes. I read your notes."
    found = spans(text, ["Hello Cleo.", "I read your notes.", "", "Not there.", "I read your notes."])
    assert [text[start:end] for start, end in found] == [
        "Hello  Cleo.",
        "I read your\n notes.",
        "",
        "",
        "I read your notes.",
    ]


def test_a_page_of_nothing_but_marks_is_folded_at_once() -> None:
    for text in ("1 " * 20_000, "1" + "'" * 50_000, "<" * 50_000, "a." * 50_000, "reach " * 5_000, "hi " * 5_000):
        judge([Line(text, others=1)])


# two hundred sentences marked by hand


def marked() -> list[dict[str, str]]:
    """Eight invented writers in four languages; marks: stock (a phrase of everybody's), reused (the writer's own line,
    used for several clients), own. Written for this, with traps: words of a phrase meant as they stand, and short plain
    sentences that are alike by chance. Nothing was fitted to them but that "for March" is a date."""
    with MARKED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_two_hundred_sentences_of_eight_writers_are_marked() -> None:
    assert Counter(row["mark"] for row in marked()) == {"own": 91, "stock": 65, "reused": 44}
    assert len({row["writer"] for row in marked()}) == 8


def test_nine_in_ten_phrases_found_are_stock_phrases() -> None:
    rows = [(bool(stock_phrase(row["sentence"])), row["mark"] == "stock") for row in marked()]
    right, wrong, missed = rows.count((True, True)), rows.count((True, False)), rows.count((False, True))
    assert right / (right + wrong) >= 0.9
    assert right / (right + missed) >= 0.85


def test_four_in_five_lines_found_again_are_reused() -> None:
    """The phrase list speaks first; what it left is compared with what the same writer sent to other clients."""
    rows = [row for row in marked() if not stock_phrase(row["sentence"]) and is_counted(row["sentence"], terms=NAMES)]
    found = [(went_elsewhere(row, rows), row["mark"] == "reused") for row in rows]
    right, wrong, missed = found.count((True, True)), found.count((True, False)), found.count((False, True))
    assert right / (right + wrong) >= 0.8
    assert right / (right + missed) >= 0.85


def went_elsewhere(row: dict[str, str], rows: list[dict[str, str]]) -> bool:
    clients = sorted({each["client"] for each in rows})
    day = NOW - timedelta(days=1)
    sent = [
        Sent(print_of(each["sentence"], terms=NAMES), clients.index(each["client"]), day)
        for each in rows
        if each["writer"] == row["writer"]
    ]
    line = print_of(row["sentence"], terms=NAMES)
    return other_clients(line, sent, client=clients.index(row["client"]), at=NOW) > 0
