"""The pledge as it is kept: what was counted by hand, at a moment, for a viewer, for a client and for everybody."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations import pausing
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Channel, Message
from kept.ledgers.pledges import verbs as pledges
from kept.ledgers.pledges.drafting import Wording
from kept.ledgers.pledges.models import Measure
from kept.ledgers.pledges.verbs import Difference
from kept.ledgers.promises import verbs as promises
from kept.ledgers.pulses.models import Answer, FollowUp
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.team import walls
from kept.ledgers.team.models import Firm
from kept.ledgers.touches.models import Ending, Meeting, MeetingPerson
from kept.measures.pledge import Verdict
from kept.readings.pledge import Board, Line, pledge_board
from kept.readings.pledge_counting import named
from tests.cast import NOW, Studio, london, promised, wrote
from tests.pledging import EIGHT, FIVE, pledged, sentence


def board(s: Studio, *, at: datetime = NOW, **whose: Any) -> Board:
    found = pledge_board(at=at, **(whose or {"viewer": s.ada}))
    assert found is not None
    return found


def line(s: Studio, measure: str, *, at: datetime = NOW, **whose: Any) -> Line:
    return next(one for one in board(s, at=at, **whose).lines if one.sentence.measure == measure)


def figures(one: Line) -> tuple[int, int]:
    return one.share.kept, one.share.n


def amiss(one: Line) -> list[tuple[str, str]]:
    return [(row.what, row.by) for row in named(one.misses).values()]


def exchanged(s: Studio, asked: datetime, answered: datetime | None, *, client: Client | None = None) -> Message:
    client, contact = client or s.borealis, s.cleo
    if client != s.borealis:
        contact = client.contacts.get()
    message = wrote(client, by=contact, at=asked)
    if answered:
        wrote(client, by=s.bo, at=answered, conversation=message.conversation)
    return message


def four_messages(s: Studio) -> None:
    """Answered in time, answered an hour late, still waiting since Monday morning, and young."""
    exchanged(s, london(14, "10:00"), london(14, "13:00"))
    exchanged(s, london(15, "10:00"), london(15, "15:00"))
    exchanged(s, london(19, "10:00"), None)
    exchanged(s, london(20, "09:20"), None)


def test_before_anything_was_published_there_is_no_pledge(studio: Studio) -> None:
    assert pledge_board(at=NOW, viewer=studio.ada) is None
    pledged(studio, at=london(19))
    assert pledge_board(at=london(18), viewer=studio.ada) is None
    assert len(board(studio).lines) == 5


def test_where_a_ledger_holds_nothing_there_is_nothing_to_count(studio: Studio) -> None:
    pledged(studio, EIGHT)
    assert {one.share.verdict for one in board(studio).lines} == {Verdict.NOTHING}


def test_replies_are_counted_by_when_they_asked(studio: Studio) -> None:
    pledged(studio)
    four_messages(studio)
    one = line(studio, Measure.REPLIES)
    assert figures(one) == (1, 3)
    assert amiss(one) == [("Cleo North", "4 h 10 late, still waiting"), ("Cleo North", "1 h late")]


def test_what_needs_no_answer_is_paused_or_put_off_is_neither_kept_nor_missed(studio: Studio) -> None:
    pledged(studio)
    who = {"by": studio.bo, "at": london(19, "16:00")}
    closed, held, later = (exchanged(studio, london(19, clock), None) for clock in ("09:00", "09:10", "09:20"))
    conversations.set_aside(closed.conversation, kind=AsideKind.NO_REPLY, reason="thanks", **who)
    pausing.pause(held.conversation, reason="their logo", **(who | {"at": london(19, "10:00")}))
    conversations.set_aside(later.conversation, kind=AsideKind.LATER, reason="Friday", until=london(23), **who)
    assert figures(line(studio, Measure.REPLIES)) == (0, 0)


def test_what_has_waited_for_longer_than_the_window_still_counts(studio: Studio) -> None:
    pledged(studio, at=london(1, month=3))
    exchanged(studio, london(2, "10:00", month=3), None)
    assert figures(line(studio, Measure.REPLIES)) == (0, 1)
    exchanged(studio, london(2, "10:00", month=4), london(9, month=4))
    assert figures(line(studio, Measure.REPLIES)) == (0, 1)


def test_a_call_we_missed_is_counted_as_a_call_and_as_a_message(studio: Studio) -> None:
    pledged(studio, EIGHT)
    call = exchanged(studio, london(15, "10:00"), london(15, "16:00"))
    Message.objects.filter(pk=call.pk).update(channel=Channel.CALL)
    exchanged(studio, london(15, "10:00"), london(15, "11:00"))
    assert figures(line(studio, Measure.CALLS)) == (0, 1)
    assert figures(line(studio, Measure.REPLIES)) == (1, 2)


def test_promises_are_kept_in_time_or_moved_with_a_yes(studio: Studio) -> None:
    pledged(studio)
    said = [
        promised(studio.borealis, by=studio.bo, due=london(15, "17:00"), at=london(12), words=f"No {n}")
        for n in range(6)
    ]
    promises.keep(said[0], by=studio.bo, at=london(15, "12:00"))
    promises.keep(said[1], by=studio.bo, at=london(16, "12:00"))
    promises.move(said[2], to=london(19, "17:00"), by=studio.bo, at=london(14), agreed="Cleo wrote yes")
    promises.keep(said[2], by=studio.bo, at=london(19, "12:00"))
    promises.release(said[3], by=studio.bo, at=london(14), agreed="Cleo said so")
    promises.move(said[4], to=london(30, "17:00"), by=studio.bo, at=london(14), agreed="")
    one = line(studio, Measure.PROMISES)
    assert figures(one) == (2, 5)
    assert sorted(amiss(one)) == [
        ("“No 1”", "late by a working day"),
        ("“No 4”", "late by three working days so far"),
        ("“No 5”", "late by three working days so far"),
    ]
    assert [row.how for row in line(studio, Measure.PROMISES, at=london(30, month=11)).misses].count("broken") == 2


def meeting(
    s: Studio, day: int, kind: str = "held", *, late: int | None = 0, came: Sequence[bool] = (True,)
) -> Meeting:
    at = london(day, "11:00")
    row = Meeting.objects.create(
        client=s.borealis, about=f"Review of the {day}th", planned_at=at, at=london(1), by=s.bo
    )
    for member, was_there in zip((s.bo, s.kit), came, strict=False):
        MeetingPerson.objects.create(meeting=row, member=member, promised=True, came=was_there)
    minutes = late if kind == "held" else None
    Ending.objects.create(meeting=row, kind=kind, minutes_late=minutes, by=s.bo, at=at + timedelta(hours=1))
    return row


def test_meetings_are_kept_where_we_came_in_time_with_whom_we_promised(studio: Studio) -> None:
    pledged(studio, EIGHT)
    meeting(studio, 12)
    meeting(studio, 13, late=10)
    meeting(studio, 14, late=11)
    meeting(studio, 15, "missed")
    meeting(studio, 16, "off_by_us")
    meeting(studio, 17, "off_by_them")
    meeting(studio, 18, came=(True, False))
    kept = line(studio, Measure.MEETINGS)
    assert figures(kept) == (3, 6)
    assert [row.by for row in kept.misses] == ["called off by us", "we did not come", "11 min late"]
    present = line(studio, Measure.PEOPLE)
    assert figures(present) == (3, 4)
    assert amiss(present) == [("Review of the 18th", "one promised person not there")]


def bill(s: Studio, number: str, amount: int, *, quoted: int | None, told: bool = False) -> Bill:
    facts = {"number": number, "amount": Decimal(amount), "quoted": quoted, "told_beforehand": told, "currency": "GBP"}
    return Bill.objects.create(client=s.borealis, sent_on=date(2026, 10, 5), by=s.fin, at=london(5), **facts)


def test_a_bill_surprises_that_is_above_its_quote_or_is_asked_about(studio: Studio) -> None:
    pledged(studio)
    bill(studio, "1", 100, quoted=100)
    bill(studio, "2", 120, quoted=100)
    bill(studio, "3", 120, quoted=100, told=True)
    bill(studio, "4", 80, quoted=None)
    asked = bill(studio, "5", 100, quoted=100)
    facts = {"bill": asked, "words": "What is this for?", "by": studio.bo}
    Surprise.objects.create(opened_at=london(9), at=london(9), **facts)
    one = line(studio, Measure.BILLS)
    assert figures(one) == (2, 4)
    # no number: the board is read by those who may not see money
    assert [row.what for row in one.misses] == ["The bill of 5 October"] * 2
    assert figures(line(studio, Measure.BILLS, at=london(8))) == (3, 4)


def test_a_bill_is_as_quoted_up_to_the_share_the_firm_has_chosen(studio: Studio) -> None:
    pledged(studio)
    bill(studio, "1", 110, quoted=100)
    assert figures(line(studio, Measure.BILLS)) == (0, 1)
    reckoning.change_number("streams.bill_within", value=0.1, by=studio.ada, at=london(19))
    assert figures(line(studio, Measure.BILLS)) == (1, 1)
    assert figures(line(studio, Measure.BILLS, at=london(18))) == (0, 1)


def test_a_low_answer_is_followed_up_within_a_working_day(studio: Studio) -> None:
    pledged(studio)
    for day, spoke in ((12, london(13, "09:00")), (13, london(16, "09:00")), (14, None), (20, None)):
        answer = Answer.objects.create(client=studio.borealis, contact=studio.cleo, at=london(day), secure=3)
        facts = {"spoke_at": spoke, "spoke_by": studio.bo if spoke else None}
        FollowUp.objects.create(answer=answer, owner=studio.ada, opened_at=london(day), **facts)
    one = line(studio, Measure.FEEDBACK)
    assert figures(one) == (1, 3)
    assert [row.by for row in one.misses] == ["nobody has spoken with them yet", "spoken with after three working days"]


def test_a_new_client_is_spoken_with_in_their_first_month(studio: Studio) -> None:
    pledged(studio, EIGHT)
    for name, since in (("Met", date(2026, 9, 1)), ("Not met", date(2026, 9, 2)), ("Young", date(2026, 10, 1))):
        clients.welcome(name=name, since=since, lead=studio.bo, by=studio.ada, at=NOW)
    met = Client.objects.get(name="Met")
    call = wrote(met, by="them@met.example", at=london(20, month=9))
    Message.objects.filter(pk=call.pk).update(channel=Channel.CALL)
    one = line(studio, Measure.FIRST_MONTH)
    assert figures(one) == (1, 2)
    assert [row.client for row in one.misses] == [Client.objects.get(name="Not met").pk]


def test_an_earlier_day_is_not_changed_by_what_came_later(studio: Studio) -> None:
    first = pledged(studio)
    four_messages(studio)
    row = promised(studio.borealis, by=studio.bo, due=london(19, "12:00"), at=london(12))
    then = london(19, "16:00")
    before = board(studio, at=then)
    exchanged(studio, london(20, "09:00"), None)
    waiting = Message.objects.get(at=london(19, "10:00"))
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:30"), conversation=waiting.conversation)
    promises.keep(row, by=studio.bo, at=NOW)
    meeting(studio, 18)
    Ending.objects.update(at=NOW)
    clients.change(studio.borealis, pledge_minutes=60, by=studio.ada, at=NOW)
    pledges.vary(
        studio.borealis, sentence=sentence(first, Measure.REPLIES), difference=Difference(left_out=True),
        since=date(2026, 9, 1), reason="they write to nobody", by=studio.ada, at=NOW,
    )  # fmt: skip
    assert board(studio, at=then).lines == before.lines
    assert board(studio, at=london(20, "09:45")).lines != before.lines


def test_a_client_has_their_own_time_words_and_target_from_the_day_it_was_agreed(studio: Studio) -> None:
    row = sentence(pledged(studio), Measure.REPLIES)
    exchanged(studio, london(14, "10:00"), london(14, "13:00"))
    exchanged(studio, london(16, "10:00"), london(16, "13:00"))
    two = Difference(words="A person answers Cleo within two working hours.", within=120, target=95)
    agreed = {"since": date(2026, 10, 15), "reason": "print days", "by": studio.bo, "at": london(15)}
    pledges.vary(studio.borealis, sentence=row, difference=two, **agreed)
    assert figures(line(studio, Measure.REPLIES)) == (1, 2)
    theirs = line(studio, Measure.REPLIES, client=studio.borealis)
    assert (theirs.words, theirs.share.target, figures(theirs)) == (two.words, 0.95, (1, 2))
    assert line(studio, Measure.REPLIES).words == FIVE[0].words


def test_a_reply_time_that_the_sentence_does_not_name_is_the_firms(studio: Studio) -> None:
    pledged(studio, [Wording("A person answers you.", Measure.REPLIES, target=90), *FIVE[1:]])
    exchanged(studio, london(14, "10:00"), london(14, "12:00"))
    assert figures(line(studio, Measure.REPLIES)) == (1, 1)
    Firm.objects.update(pledge_minutes=60)
    assert figures(line(studio, Measure.REPLIES)) == (0, 1)
    clients.change(studio.borealis, pledge_minutes=180, by=studio.ada, at=london(13))
    assert figures(line(studio, Measure.REPLIES)) == (1, 1)


def test_a_sentence_left_out_for_a_client_is_not_counted_for_them(studio: Studio) -> None:
    row = sentence(pledged(studio), Measure.REPLIES)
    four_messages(studio)
    never = {"since": date(2026, 10, 15), "reason": "they write to nobody", "by": studio.bo, "at": london(15)}
    pledges.vary(studio.borealis, sentence=row, difference=Difference(left_out=True), **never)
    assert figures(line(studio, Measure.REPLIES)) == (1, 1)
    assert len(board(studio, client=studio.borealis).lines) == 4


def test_a_clients_own_reply_pledge_counts_from_when_it_was_changed(studio: Studio) -> None:
    pledged(studio)
    exchanged(studio, london(14, "10:00"), london(14, "13:00"))
    clients.change(studio.borealis, pledge_minutes=120, by=studio.ada, at=london(15))
    exchanged(studio, london(16, "10:00"), london(16, "13:00"))
    assert figures(line(studio, Measure.REPLIES)) == (1, 2)


def test_who_is_kept_from_a_client_finds_nothing_of_it(studio: Studio) -> None:
    pledged(studio)
    four_messages(studio)
    alone = board(studio, viewer=studio.kit).lines
    exchanged(studio, london(14, "10:00"), None, client=studio.cassini)
    promised(studio.cassini, by=studio.ada, due=london(15), at=london(12))
    assert board(studio, viewer=studio.kit).lines == alone
    assert figures(line(studio, Measure.REPLIES)) == (1, 4)


def others(s: Studio, number: int) -> list[Contact]:
    found = []
    for n in range(number):
        client = clients.welcome(name=f"Client {n}", lead=s.bo, by=s.ada, at=london(1))
        found.append(clients.meet(client, name=f"Person {n}", by=s.ada, at=london(1)))
    return found


def test_everybody_reads_a_figure_only_where_five_clients_stand_behind_it(studio: Studio) -> None:
    pledged(studio)
    four_messages(studio)
    *most, last = others(studio, 4)
    for contact in most:
        exchanged(studio, london(14, "10:00"), london(14, "11:00"), client=contact.client)
    too_few = next(iter(board(studio, viewer=None).lines))
    assert (too_few.too_few, too_few.share.n, too_few.rows, too_few.clients) == (True, 0, (), 0)
    exchanged(studio, london(14, "10:00"), london(14, "11:00"), client=last.client)
    assert figures(line(studio, Measure.REPLIES, viewer=None)) == (5, 7)


def test_what_everybody_reads_is_the_same_with_and_without_a_client_behind_a_wall(studio: Studio) -> None:
    pledged(studio)
    for contact in others(studio, 5):
        exchanged(studio, london(14, "10:00"), london(14, "11:00"), client=contact.client)
    before = board(studio, viewer=None).lines
    exchanged(studio, london(14, "10:00"), None, client=studio.cassini)
    assert board(studio, viewer=None).lines == before
    walls.let_in(studio.wall, member=studio.kit, by=studio.ada, at=NOW)
    assert board(studio, viewer=None).lines == before


def test_the_window_may_be_another_than_the_sentences(studio: Studio) -> None:
    pledged(studio)
    four_messages(studio)
    assert figures(line(studio, Measure.REPLIES, viewer=studio.ada, window=timedelta(days=2))) == (0, 1)


@pytest.mark.parametrize("months", [1, 8])
def test_the_number_of_queries_does_not_grow(months: int, studio: Studio, django_assert_max_num_queries: Any) -> None:
    pledged(studio, EIGHT, at=london(1, month=1))
    for month in range(1, months + 1):
        for day in range(1, 6):
            exchanged(studio, london(day, "10:00", month=month), london(day, "15:00", month=month))
            row = promised(studio.borealis, by=studio.bo, due=london(day, "12:00", month=month), at=london(1, month=1))
            promises.keep(row, by=studio.bo, at=london(day, "15:00", month=month))
    with django_assert_max_num_queries(15):
        board(studio, viewer=studio.ada, window=timedelta(days=300))
