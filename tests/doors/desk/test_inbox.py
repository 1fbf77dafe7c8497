"""The inbox as its readers see it: whose it is, in which order, beside one conversation at a glance."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import verbs
from kept.ledgers.conversations.care import AsideKind
from tests.acting import wrote
from tests.studio import NOW, Studio, london

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def signed_in(browser: Browser, member: object) -> Browser:
    browser.force_login(member, backend=BACKEND)
    return browser


def page(browser: Browser, address: str = "/inbox/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def main(browser: Browser, address: str = "/inbox/") -> str:
    return page(browser, address).partition("<main")[2]


def test_the_first_sentence_names_who_is_late_and_who_is_next(client: Browser, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(19, "14:00"))
    wrote(None, by=studio.zed, at=london(20, "09:10"))
    text = main(signed_in(client, studio.bo))
    assert "Two people wait for you, one of them a stranger. " in text
    assert ">Cleo</a> is past our pledge; " in text
    assert "is next, by 13:10." in text


def test_nobody_waiting_is_a_good_moment_for_a_call(client: Browser, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(4, month=5), subject="Hosting", quiet=True)
    text = main(signed_in(client, studio.bo))
    assert "Nobody is waiting. A good moment for a call that isn’t about work." in text
    assert "last spoken to about “Hosting”" in text
    assert "Longest not spoken to" in text


def test_yours_are_those_of_clients_you_lead_unless_handed_on(client: Browser, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:05"), subject="The launch")
    handed = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"), subject="The invoice")
    verbs.assign(handed.conversation, to=studio.fin, by=studio.bo, at=NOW)
    signed_in(client, studio.bo)
    text = main(client)
    assert (
        text.index("Waiting for us") < text.index("The launch") < text.index("With others") < text.index("The invoice")
    )
    assert "with Fin, " in text
    assert "Nobody is waiting for you." in main(signed_in(client, studio.kit))


def test_a_client_without_a_lead_is_nobodys_until_taken(client: Browser, studio: Studio) -> None:
    delos = clients.welcome(name="Delos", by=studio.ada, at=NOW)
    wrote(delos, by="dora@delos.example", at=london(20, "09:00"), subject="A first question")
    signed_in(client, studio.bo)
    assert "nobody’s: 1" in main(client)
    assert "A first question" in main(client, "/inbox/?whose=nobody")
    assert "One conversation belongs to nobody yet" in main(client)


def test_the_ways_people_come_sift_the_list(client: Browser, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), subject="By mail it came")
    signed_in(client, studio.bo)
    assert "By mail it came" in main(client, "/inbox/?by=mail")
    assert "By mail it came" not in main(client, "/inbox/?by=form")
    assert "By mail it came" in main(client, "/inbox/?by=nonsense&whose=nonsense&page=x&at=y")


def test_what_is_set_aside_says_when_it_comes_back(client: Browser, studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), subject="The proof")
    until = london(21, "09:00")
    verbs.set_aside(message.conversation, kind=AsideKind.LATER, reason="Proofs", by=studio.bo, at=NOW, until=until)
    text = main(signed_in(client, studio.bo))
    assert "Set aside" in text
    assert "back tomorrow, 09:00" in text


def test_what_was_answered_today_is_counted_and_listed(client: Browser, studio: Studio) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), subject="Quick one")
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:20"), conversation=asked.conversation)
    signed_in(client, studio.bo)
    assert "Answered today: 1" in main(client)
    assert "One conversation answered, within our pledge." in main(client)
    assert "09:20 by Bo" in main(client, "/inbox/?done=today")


def test_the_row_one_looks_at_is_shown_beside(client: Browser, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), text="The first words")
    second = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"), text="The second words")
    signed_in(client, studio.bo)
    assert "The first words" in main(client)
    beside = main(client, f"/inbox/?at={second.conversation_id}")
    assert "The second words" in beside
    assert "2 of 2" in beside


def test_who_is_kept_out_by_a_wall_learns_nothing_of_it(client: Browser, studio: Studio) -> None:
    wrote(studio.cassini, by=studio.cora, at=london(20, "09:00"), subject="A secret matter")
    signed_in(client, studio.kit)
    for address in ("/inbox/", "/inbox/?whose=everyone", "/inbox/?whose=everyone&as=csv"):
        text = page(client, address)
        assert "secret" not in text
        assert "Cassini" not in text
    assert "everyone’s: 0" in page(client)


def test_hostile_words_stay_words(client: Browser, studio: Studio) -> None:
    wrote(None, by=studio.zed, at=london(20, "09:00"), subject=HOSTILE, text=HOSTILE)
    text = main(signed_in(client, studio.bo))
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text


def test_the_table_holds_what_the_page_shows_and_no_formula(client: Browser, studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), subject="=HYPERLINK(1)")
    answer = signed_in(client, studio.bo).get("/inbox/?as=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert (
        "waiting,Cleo North,Borealis,'=HYPERLINK(1),by mail,2026-10-20 09:00,2026-10-20 13:00,Bo Field" in answer.text
    )


def test_a_long_list_comes_in_pages_of_fifty(client: Browser, studio: Studio) -> None:
    for number in range(53):
        wrote(None, by=f"zed{number}@stranger.example", at=london(20, "09:00") + timedelta(seconds=number))
    signed_in(client, studio.bo)
    first, second = main(client), main(client, "/inbox/?page=2")
    assert first.count("data-row") == 50
    assert "1 to 50 of 53" in first
    assert second.count("data-row") == 3
    assert "51 to 53 of 53" in second


def test_signed_out_one_is_sent_to_the_door(client: Browser, studio: Studio) -> None:
    answer = client.get("/inbox/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("history", [2, 30])
def test_its_cost_does_not_grow_with_history(
    client: Browser, studio: Studio, history: int, django_assert_max_num_queries: object
) -> None:
    for number in range(history):
        asked = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00") + timedelta(seconds=number))
        if number % 2:
            wrote(studio.borealis, by=studio.bo, at=NOW, conversation=asked.conversation)
    signed_in(client, studio.bo)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get("/inbox/")
