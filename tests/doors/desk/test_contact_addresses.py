"""The addresses a contact writes from, as a lead puts them in and takes them off."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from kept.doors.desk.contact_addresses import opening
from kept.kit import clock
from kept.ledgers.clients.addresses import add_address
from kept.ledgers.clients.models import Contact
from kept.ledgers.conversations.models import Message
from kept.ledgers.journal.models import Line
from kept.ledgers.team import walls
from tests.cast import NOW, Studio
from tests.doors.desk.visiting import HOSTILE, main, post, signed_in
from tests.flows.post import letter, received
from tests.ledgers.telling import everything

HOME = "cleo@home.example"


@pytest.fixture(autouse=True)
def it_is_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def bos(client: Browser, studio: Studio) -> Browser:
    return signed_in(client, studio.bo)


def at(contact: Contact) -> str:
    return f"/contacts/{contact.pk}/addresses/"


def of(contact: Contact) -> set[str]:
    return set(contact.addresses.values_list("email", flat=True))


def undo(browser: Browser) -> None:
    assert post(browser, browser.session["kept.undo"]["url"], undo="1").status_code == 303


@pytest.mark.parametrize(
    ("many", "said"),
    [
        (0, "We know no address that Cleo North writes from."),
        (1, "Cleo North writes to us from one address."),
        (2, "Cleo North writes to us from two addresses."),
    ],
)
def test_the_page_opens_with_how_many(many: int, said: str) -> None:
    assert opening(Contact(name="Cleo North"), many) == said


def test_a_lead_finds_them_beside_the_name_and_a_member_does_not(client: Browser, studio: Studio) -> None:
    page = f"/clients/{studio.borealis.pk}/"
    assert at(studio.cleo) in main(signed_in(client, studio.bo), page)
    assert "cleo@borealis.example" in main(client, at(studio.cleo))
    assert at(studio.cleo) not in main(signed_in(client, studio.kit), page)


def test_an_address_is_put_in_and_the_way_back_takes_it_off(bos: Browser, studio: Studio) -> None:
    before = everything()
    post(bos, at(studio.cleo), email=" Cleo@Home.example")
    assert of(studio.cleo) == {"cleo@borealis.example", HOME}
    undo(bos)
    assert everything() == before


def test_an_address_is_taken_off_and_the_way_back_puts_it_in_again(bos: Browser, studio: Studio) -> None:
    before = everything()
    (address,) = studio.cleo.addresses.all()
    gone = f"{at(studio.cleo)}{address.pk}/"
    assert bos.delete(gone).status_code == 303
    assert of(studio.cleo) == set()
    assert post(bos, gone, undo="1").status_code == 404, "twice takes nothing else"
    assert Line.objects.filter(verb="clients.drop_address", client_id=studio.borealis.pk).count() == 1
    undo(bos)
    assert everything() == before


def test_the_story_of_the_client_tells_it(bos: Browser, studio: Studio) -> None:
    post(bos, at(studio.cleo), email=HOME)
    story = main(bos, f"/clients/{studio.borealis.pk}/").partition('class="story"')[2]
    assert f"<b>Bo</b> put in the address {HOME}" in story
    (address,) = studio.cleo.addresses.filter(email=HOME)
    post(bos, f"{at(studio.cleo)}{address.pk}/", undo="1")
    story = main(bos, f"/clients/{studio.borealis.pk}/").partition('class="story"')[2]
    assert f"took off the address {HOME}" in story


def test_what_was_written_from_it_stays_theirs_and_what_comes_later_is_a_strangers(
    bos: Browser, studio: Studio
) -> None:
    address = add_address(studio.cleo, email=HOME, by=studio.bo, at=NOW)
    received(letter(f"Cleo <{HOME}>", id="before", subject="The drafts"))
    post(bos, f"{at(studio.cleo)}{address.pk}/", undo="1")
    received(letter(f"Cleo <{HOME}>", id="after", subject="Another matter", at=NOW + timedelta(minutes=1)))
    earlier, later = (Message.objects.get(message_id=one) for one in ("before", "after"))
    assert (earlier.contact, earlier.conversation.client) == (studio.cleo, studio.borealis)
    assert (later.contact, later.conversation.client) == (None, None)


def test_an_address_is_given_to_somebody_else_in_two_steps(bos: Browser, studio: Studio) -> None:
    (address,) = studio.cora.addresses.all()
    refused = post(bos, at(studio.cleo), email=address.email)
    assert refused.status_code == 422
    assert "Take it off Cora first, then add it here." in refused.content.decode()
    post(bos, f"{at(studio.cora)}{address.pk}/", undo="1")
    post(bos, at(studio.cleo), email=address.email)
    assert of(studio.cleo) == {"cleo@borealis.example", "cora@cassini.example"}


def test_an_address_of_ours_is_nobodys_at_a_client(bos: Browser, studio: Studio) -> None:
    assert "an address of one of us" in post(bos, at(studio.cleo), email="kit@larkfield.example").content.decode()
    somebody = post(bos, f"/clients/{studio.borealis.pk}/contacts/", name="Kit", email="Kit@larkfield.example")
    assert (somebody.status_code, "an address of one of us" in somebody.content.decode()) == (422, True)
    assert of(studio.cleo) == {"cleo@borealis.example"}


@pytest.mark.parametrize("typed", ["new@cassini.example", "new@Mail.Cassini.example"])
def test_nobody_brings_mail_to_this_side_of_a_wall_by_its_address(bos: Browser, studio: Studio, typed: str) -> None:
    walls.keep_out_of(studio.wall, member=studio.bo, by=studio.ada, at=NOW)
    refused = post(bos, at(studio.cleo), email=typed)
    somebody = post(bos, f"/clients/{studio.borealis.pk}/contacts/", name="New", email=typed)
    assert (refused.status_code, somebody.status_code) == (422, 422)
    assert "Cassini" not in refused.content.decode().replace(typed, "")
    received(letter(f"New <{typed}>", id="new", subject="The merger"))
    assert Message.objects.get(message_id="new").conversation.client == studio.cassini


@pytest.mark.parametrize("typed", ["", "nobody", f"{HOSTILE}@x.example"])
def test_what_is_no_address_is_said_and_stays_as_typed(bos: Browser, studio: Studio, typed: str) -> None:
    answer = post(bos, at(studio.cleo), email=typed)
    assert answer.status_code == 422
    assert HOSTILE not in answer.content.decode()
    assert of(studio.cleo) == {"cleo@borealis.example"}


def test_an_address_of_another_contact_is_not_taken_off_by_the_wrong_page(bos: Browser, studio: Studio) -> None:
    (address,) = studio.cora.addresses.all()
    assert post(bos, f"{at(studio.cleo)}{address.pk}/", undo="1").status_code == 404
    assert of(studio.cora) == {"cora@cassini.example"}
