"""The story of a client: what happened in time, newest first, a page at a time, and nothing twice."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.promises import verbs as promises
from kept.readings.calendars import offices
from kept.readings.client_page import client_page, found
from kept.readings.story import Act, Spoke, Story, story_before
from tests.acting import promised, sold, wrote
from tests.cast import LONDON, NOW, Studio, london


def newest(studio: Studio, viewer: Any = None) -> Story:
    viewer = viewer or studio.bo
    client = found(viewer).get(pk=studio.borealis.pk)
    return client_page(client, viewer=viewer, at=NOW, offices=offices()).story


def before(studio: Studio, moment: datetime, viewer: Any = None) -> Story:
    viewer = viewer or studio.bo
    client = found(viewer).get(pk=studio.borealis.pk)
    return story_before(client, viewer=viewer, before=moment, offices=offices(), at=NOW, zone=LONDON)


def whole(studio: Studio) -> list[Any]:
    """Every page after the other."""
    page = newest(studio)
    facts = list(page.facts)
    while page.earlier:
        page = before(studio, page.earlier)
        facts += page.facts
    return facts


def verbs(story: Story) -> list[str]:
    return [fact.line.verb for fact in story.facts if isinstance(fact, Act)]


def test_words_of_one_day_and_conversation_are_one_fact(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"), subject="The fair")
    wrote(studio.borealis, by=studio.cleo, at=london(19, "09:20"), conversation=message.conversation)
    wrote(studio.borealis, by=studio.bo, at=london(19, "15:00"), conversation=message.conversation)
    (fact,) = newest(studio).facts
    assert isinstance(fact, Spoke)
    assert (fact.theirs, fact.ours, fact.begun, fact.messages) == (("Cleo North",), ("Bo Field",), False, 3)
    assert fact.at == london(19, "15:00")
    assert fact.reply is not None
    assert fact.reply.wait.late


def test_who_waits_is_told_so(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"))
    (fact,) = newest(studio).facts
    assert isinstance(fact, Spoke)
    assert fact.reply is not None
    assert fact.reply.waits


def test_a_promise_is_told_when_it_is_made_moved_and_kept(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(14), at=london(12))
    promises.move(row, to=london(16), by=studio.bo, at=london(13), agreed="Cleo, by phone")
    promises.keep(row, by=studio.bo, at=london(16, "09:00"))
    story = newest(studio)
    assert verbs(story) == ["promises.keep", "promises.move", "promises.promise"]
    assert all(fact.said and fact.said.promise == row for fact in story.facts if isinstance(fact, Act))


def test_what_was_taken_back_is_told_as_well(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(23), at=london(12))
    promises.take_back(promises.keep(row, by=studio.bo, at=london(13)), by=studio.bo, at=london(13, "10:00"))
    story = newest(studio)
    assert verbs(story) == ["promises.take_back", "promises.keep", "promises.promise"]
    assert [fact.said is None for fact in story.facts if isinstance(fact, Act)] == [True, True, False]


def test_a_call_that_answered_them_is_part_of_it(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"))
    conversations.set_aside(
        message.conversation,
        kind=AsideKind.ELSEWHERE,
        reason="Answered on the phone",
        by=studio.bo,
        at=london(19, "10:00"),
    )
    assert verbs(newest(studio)) == ["conversations.set_aside"]


def test_money_is_told_only_to_those_who_may_see_it(studio: Studio) -> None:
    engagement = sold(studio.borealis, by=studio.ada)
    gift = engagements.give(
        engagement, month=date(2026, 10, 1), hours=Decimal(6), purpose="the map", by=studio.ada, at=london(5)
    )
    engagements.take_back(gift, by=studio.ada, at=london(6))
    assert verbs(newest(studio)) == [
        "engagements.take_back",
        "engagements.give",
        "engagements.budget",
        "engagements.start",
    ]
    assert verbs(newest(studio, studio.kit)) == ["engagements.start"]


def test_many_met_at_once_are_told_once(studio: Studio) -> None:
    for number in range(30):
        clients.meet(studio.borealis, name=f"Person {number}", by=studio.ada, at=london(12))
    (fact,) = newest(studio).facts
    assert isinstance(fact, Act)
    assert fact.times == 30


def test_other_clients_have_their_own_story(studio: Studio) -> None:
    wrote(studio.cassini, by=studio.cora, at=london(19))
    promised(studio.cassini, by=studio.ada, due=london(23))
    assert newest(studio).facts == ()


def test_the_pages_tell_everything_in_order_and_nothing_twice(studio: Studio) -> None:
    for number in range(70):
        at = NOW - timedelta(days=9 * number, hours=1)
        message = wrote(studio.borealis, by=studio.cleo, at=at, subject=f"Question {number}")
        wrote(studio.borealis, by=studio.bo, at=at + timedelta(minutes=30), conversation=message.conversation)
        promised(studio.borealis, by=studio.bo, due=at + timedelta(days=3), at=at + timedelta(minutes=40))
    facts = whole(studio)
    moments = [fact.at for fact in facts]
    assert moments == sorted(moments, reverse=True)
    spoken = [fact.subject for fact in facts if isinstance(fact, Spoke)]
    assert spoken == [f"Question {number}" for number in range(70)]
    assert sum(isinstance(fact, Act) and fact.line.verb == "promises.promise" for fact in facts) == 70
    assert facts[-1].line.verb == "clients.welcome"


def test_a_conversation_that_goes_on_for_years_is_told_day_by_day(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=NOW - timedelta(days=600))
    days = 61
    for number in range(1, days):
        wrote(
            studio.borealis, by=studio.cleo, at=NOW - timedelta(days=600 - 10 * number),
            conversation=message.conversation,
        )  # fmt: skip
    assert sum(isinstance(fact, Spoke) for fact in whole(studio)) == days


def test_a_day_is_not_torn_apart_between_two_pages(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"))
    wrote(studio.borealis, by=studio.bo, at=london(19, "11:00"), conversation=message.conversation)
    promised(studio.borealis, by=studio.bo, due=london(23), at=london(19, "10:00"))
    assert not any(isinstance(fact, Spoke) for fact in before(studio, london(19, "10:30")).facts)


def test_an_earlier_page_costs_the_same_however_long_the_story(
    studio: Studio, django_assert_max_num_queries: Any
) -> None:
    client = found(studio.bo).get(pk=studio.borealis.pk)
    places = offices()
    for length in (2, 40):
        for number in range(length):
            at = NOW - timedelta(days=5 * number + 1)
            wrote(studio.borealis, by=studio.cleo, at=at)
            promised(studio.borealis, by=studio.bo, due=at + timedelta(days=3), at=at)
        with django_assert_max_num_queries(5):
            story_before(client, viewer=studio.bo, before=NOW, offices=places, at=NOW, zone=LONDON)
