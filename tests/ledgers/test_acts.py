"""Every act: it is done, told to the journal once, harmless when done twice, and undone with nothing left but words."""

import inspect
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kept.ledgers.bills import verbs as bills
from kept.ledgers.choices import verbs as choices
from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import asked, contradicting, following_up, handing_out, letting_in, noting, pausing
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.deliverables import verbs as deliverables
from kept.ledgers.engagements import replacing
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.hours import verbs as hours
from kept.ledgers.mailboxes import verbs as mailboxes
from kept.ledgers.pledges import drafting
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.promises import candidates
from kept.ledgers.promises import verbs as promises
from kept.ledgers.pulses import answering, following, wishing
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.reflections import verbs as reflections
from kept.ledgers.reviews import sharing
from kept.ledgers.reviews import verbs as reviews
from kept.ledgers.rounds import verbs as rounds
from kept.ledgers.team import addresses, keeping_hours, links, walls
from kept.ledgers.team import verbs as team
from kept.ledgers.touches import verbs as touches
from tests.cast import NOW, Studio, london
from tests.ledgers.act import Act
from tests.ledgers.acts_of_answering import ANSWERING
from tests.ledgers.acts_of_choices import CHOICES
from tests.ledgers.acts_of_mail import BEGINNINGS as MAIL
from tests.ledgers.acts_of_mail import MAILBOXES
from tests.ledgers.acts_of_people import BEGINNINGS as PEOPLE
from tests.ledgers.acts_of_people import CLIENTS, TEAM
from tests.ledgers.acts_of_pledges import PLEDGE_BEGINNINGS, PLEDGES
from tests.ledgers.acts_of_pulses import BEGINNINGS as PULSED
from tests.ledgers.acts_of_pulses import PULSES
from tests.ledgers.acts_of_reckoning import RECKONING
from tests.ledgers.acts_of_reflections import REFLECTIONS
from tests.ledgers.acts_of_reviews import REVIEWS
from tests.ledgers.acts_of_rounds import ROUNDS, ROUNDS_FOR_GOOD
from tests.ledgers.acts_of_served import SERVED
from tests.ledgers.acts_of_work import BEGINNINGS as WORK
from tests.ledgers.acts_of_work import CONVERSATIONS, ENGAGEMENTS, HOURS, PROMISES
from tests.ledgers.telling import everything, told

VERBS = [
    team, addresses, links, walls, keeping_hours, clients, engagements, hours, conversations, promises, candidates,
    pausing, contradicting, following_up, handing_out, letting_in, noting, asked, mailboxes, reviews, sharing,
    choices, pulses, answering, following, wishing,
    touches, deliverables, bills, replacing, pledges, drafting, reckoning, rounds, reflections,
]  # fmt: skip
UNDOABLE = [
    *TEAM,
    *CLIENTS,
    *ENGAGEMENTS,
    *HOURS,
    *CONVERSATIONS,
    *ANSWERING,
    *PROMISES,
    *MAILBOXES,
    *REVIEWS,
    *SERVED,
    *CHOICES,
    *PLEDGES,
    *PULSES,
    *RECKONING,
    *ROUNDS,
    *REFLECTIONS,
]
BEGINNINGS = [*PLEDGE_BEGINNINGS, *PEOPLE, *WORK, *MAIL, *PULSED, *ROUNDS_FOR_GOOD]


def name(act: Act) -> str:
    return act.verb


def who(studio: Studio) -> dict[str, Any]:
    return {"by": studio.bo, "at": NOW}


@pytest.mark.parametrize("act", UNDOABLE + BEGINNINGS, ids=name)
def test_an_act_changes_something_and_says_so_in_the_journal(act: Act, studio: Studio) -> None:
    given = act.given(studio)
    before = everything()
    with told(*act.lines) as lines:
        act.do(studio, given, who(studio))
    assert everything() != before
    assert {(line.by_id, line.by_name, line.at) for line in lines} == {(studio.bo.pk, "Bo Field", NOW)}
    assert all(line.row_id for line in lines)


@pytest.mark.parametrize("act", [act for act in UNDOABLE + BEGINNINGS if not act.repeats], ids=name)
def test_twice_is_once(act: Act, studio: Studio) -> None:
    given = act.given(studio)
    act.do(studio, given, who(studio))
    once = everything()
    with told():
        act.do(studio, given, who(studio))
    assert everything() == once


@pytest.mark.parametrize("act", UNDOABLE, ids=name)
def test_undoing_leaves_everything_as_it_was_and_the_journal_richer(act: Act, studio: Studio) -> None:
    assert act.undo is not None
    given = act.given(studio)
    before = everything()
    done = act.do(studio, given, who(studio))
    with told(act.undone_by) as lines:
        act.undo(studio, given, done, who(studio) | {"at": london(20, "10:00")})
    assert everything() == before
    assert lines[0].row_id
    assert lines[0].said or lines[0].facts


@pytest.mark.parametrize("act", UNDOABLE, ids=name)
def test_undoing_twice_is_undoing_once(act: Act, studio: Studio) -> None:
    assert act.undo is not None
    given = act.given(studio)
    done = act.do(studio, given, who(studio))
    act.undo(studio, given, done, who(studio))
    undone = everything()
    with told():
        act.undo(studio, given, done, who(studio))
    assert everything() == undone


def test_no_verb_is_left_out() -> None:
    tested = "".join(path.read_text() for path in Path(__file__).parent.glob("*.py"))
    assert [verb for module in VERBS for verb in verbs_of(module) if f"{verb}(" not in tested] == []


def verbs_of(module: ModuleType) -> list[str]:
    """The module's own public functions that are told when, as tests call them: "promises.keep"."""
    *_, package, last = module.__name__.split(".")
    return [
        f"{package if last == 'verbs' else last}.{name}"
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "at" in inspect.signature(function).parameters
    ]
