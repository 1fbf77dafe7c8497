"""Who answers strangers, and which inlets bring words in, as the owner settles them; each undone."""

from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.conversations import handing_out, letting_in
from kept.ledgers.conversations.care import Assignment
from kept.ledgers.conversations.duty import Looks, Rule, Turn
from kept.ledgers.conversations.inlets import Inlet
from kept.ledgers.conversations.models import Channel
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Firm
from tests.acting import wrote
from tests.doors.desk.visiting import HOSTILE, main, post, signed_in
from tests.studio import NOW, Studio, london

STRANGERS, INLETS = "/settings/strangers/", "/settings/inlets/"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def adas(client: Browser, studio: Studio) -> Browser:
    return signed_in(client, studio.ada)


def undo(browser: Browser) -> Any:
    """Take the last act back, as the line at the foot offers."""
    return browser.delete(browser.session["kept.undo"]["url"])


def takes_turns() -> list[str]:
    return [turn.member.first_name for turn in Turn.objects.select_related("member")]


def order(*members: Any) -> str:
    return ",".join(str(member.pk) for member in members)


def test_with_nobody_on_duty_the_page_says_so(adas: Browser) -> None:
    text = main(adas, STRANGERS)
    assert "Nobody takes turns with strangers; so they are everybody’s, and nobody’s." in text
    assert "No rule. Everything goes by turns." in text


def test_turns_are_set_moved_and_put_back(adas: Browser, studio: Studio) -> None:
    post(adas, f"{STRANGERS}rota/", order=order(studio.kit, studio.bo))
    text = main(adas, STRANGERS)
    assert takes_turns() == ["Kit", "Bo"]
    assert "answers strangers this week, " in text
    assert "from Monday." in text
    assert "on duty this week" in text
    assert "on duty next week" in text
    post(adas, f"{STRANGERS}rota/", order=order(studio.bo, studio.kit))
    assert takes_turns() == ["Bo", "Kit"]
    undo(adas)
    assert takes_turns() == ["Kit", "Bo"]
    post(adas, f"{STRANGERS}rota/", order="")
    assert takes_turns() == []
    undo(adas)
    assert takes_turns() == ["Kit", "Bo"]


def test_the_only_one_in_the_rota_has_every_week(adas: Browser, studio: Studio) -> None:
    handing_out.set_rota([studio.kit], by=studio.ada, at=NOW)
    assert "Kit answers strangers this week, and the next." in main(adas, STRANGERS)
    team.change_member(studio.kit, weekly_hours=0, by=studio.ada, at=NOW)
    text = main(adas, STRANGERS)
    assert "Nobody in the rota works this week" in text
    assert "away this week" in text


@pytest.mark.parametrize("wrong", ["999999", "x", "1,2,none"])
def test_a_rota_of_nobody_we_know_is_refused(adas: Browser, wrong: str) -> None:
    answer = adas.post(f"{STRANGERS}rota/", {"order": wrong})
    assert answer.status_code == 422
    assert "Somebody in it is no longer here" in answer.content.decode()
    assert takes_turns() == []


def test_a_rule_is_added_taken_out_and_put_back_in_its_place(adas: Browser, studio: Studio) -> None:
    handing_out.add_rule(looks=Looks.CHANNEL, words="call", member=studio.bo, by=studio.ada, at=NOW)
    post(adas, f"{STRANGERS}rules/", looks="subject", words=HOSTILE, member=studio.kit.pk)
    text = main(adas, STRANGERS)
    assert "When the subject contains <b>&lt;script&gt;" in text
    assert "it goes to Kit Marsh." in text
    first, second = Rule.objects.all()
    adas.delete(f"{STRANGERS}rules/{first.pk}/")
    assert list(Rule.objects.all()) == [second]
    undo(adas)
    assert [(rule.words, rule.position) for rule in Rule.objects.all()] == [("call", 0), (second.words, 1)]


def test_a_rule_without_words_is_mended_where_it_was_typed(adas: Browser, studio: Studio) -> None:
    answer = adas.post(f"{STRANGERS}rules/", {"looks": "subject", "words": " ", "member": studio.kit.pk})
    assert answer.status_code == 422
    assert "Write the words by which it is known" in answer.content.decode()


def test_what_waits_already_is_handed_out_and_taken_back(adas: Browser, studio: Studio) -> None:
    handing_out.set_rota([studio.kit], by=studio.ada, at=NOW)
    talk = wrote(None, by=studio.zed, at=london(20, "09:00")).conversation
    assert "One conversation waits that nobody looks after." in main(adas, STRANGERS)
    post(adas, f"{STRANGERS}handed/")
    assert Assignment.objects.get().conversation == talk
    assert "One conversation handed to Kit." in adas.session["kept.undo"]["said"]
    undo(adas)
    assert not Assignment.objects.exists()
    handing_out.set_rota([], by=studio.ada, at=NOW)
    post(adas, f"{STRANGERS}handed/")
    assert "nothing to hand out" in adas.session["kept.undo"]["said"]


def test_today_says_when_strangers_wait_and_nobody_is_on_duty(adas: Browser, studio: Studio) -> None:
    for number in range(3):
        wrote(None, by=f"zed{number}@stranger.example", at=london(20, "09:00"))
    assert "Three strangers wait and nobody is on duty." in main(adas, "/")
    handing_out.set_rota([studio.kit], by=studio.ada, at=NOW)
    assert "nobody is on duty" not in main(adas, "/")


def test_only_the_owner_settles_it(client: Browser, studio: Studio) -> None:
    for member in (studio.bo, studio.kit, studio.fin):
        signed_in(client, member)
        assert {client.get(to).status_code for to in (STRANGERS, INLETS)} == {403}
    wrote(None, by=studio.zed, at=london(20, "09:00"))
    assert "nobody is on duty" not in main(signed_in(client, studio.bo), "/")


# ------------------------------------------------------------ inlets


def test_an_inlet_shows_its_token_once_and_keeps_only_a_hash(adas: Browser) -> None:
    answer = adas.post(INLETS, {"name": "Our blog", "channel": "comment"})
    text = answer.content.decode()
    token = text.partition('id="token" value="')[2].partition('"')[0]
    row = Inlet.objects.get()
    assert letting_in.holder(token) == row
    assert token not in (row.hashed, "")
    assert f"Authorization: Bearer {token}" in text
    assert "/in/comment/" in text
    again = main(adas, INLETS)
    assert token not in again
    assert "Comments come in by one inlet." in again
    assert "brings comments; nothing yet" in again


def test_an_inlet_is_closed_and_opened_again(adas: Browser, studio: Studio) -> None:
    row, token = letting_in.open_inlet(name=HOSTILE, channel=Channel.CALL, by=studio.ada, at=NOW)
    adas.delete(f"{INLETS}{row.pk}/")
    assert letting_in.holder(token) is None
    undo(adas)
    assert letting_in.holder(token) == row
    adas.delete(f"{INLETS}{row.pk}/")
    text = main(adas, INLETS)
    assert HOSTILE not in text
    assert "Closed" in text
    post(adas, f"{INLETS}{row.pk}/")
    assert letting_in.holder(token) == row


def test_an_inlet_needs_a_name(adas: Browser) -> None:
    answer = adas.post(INLETS, {"name": " ", "channel": "comment"})
    assert answer.status_code == 422
    assert "Write a name, so that you know it again." in answer.content.decode()
    assert adas.post(INLETS, {"name": "x", "channel": "mail"}).status_code == 422
    assert not Inlet.objects.exists()


# ------------------------------------------------------------ the page that is open to everybody


def test_the_page_is_closed_and_opened_with_the_firm(adas: Browser, studio: Studio) -> None:
    assert "See the page" in main(adas, "/settings/")
    firm = {"name": "Larkfield Studio", "currency": "GBP", "pledge": "4", "unit": "hours"}
    post(adas, "/settings/firm/", **firm, help_page="closed")
    assert not Firm.objects.get().has_help_page
    undo(adas)
    assert Firm.objects.get().has_help_page
    post(adas, "/settings/firm/", **firm, help_page="closed")
    assert "See the page" not in main(adas, "/settings/")
    post(adas, "/settings/firm/", **firm)
    assert not Firm.objects.get().has_help_page


@pytest.mark.parametrize("many", [0, 12])
def test_both_pages_cost_the_same_however_much_is_there(
    adas: Browser, studio: Studio, many: int, django_assert_max_num_queries: Any
) -> None:
    handing_out.set_rota([studio.kit, studio.bo], by=studio.ada, at=NOW)
    for number in range(many):
        wrote(None, by=studio.zed, at=london(20, "09:00"))
        handing_out.add_rule(looks=Looks.SUBJECT, words=f"{number}", member=studio.bo, by=studio.ada, at=NOW)
        letting_in.open_inlet(name=f"{number}", channel=Channel.CALL, by=studio.ada, at=NOW)
    for to in (STRANGERS, INLETS):
        with django_assert_max_num_queries(20):
            adas.get(to)
