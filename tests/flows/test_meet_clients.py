"""Meeting clients and people from lists: found or welcomed, completed where empty, strangers claimed."""

from datetime import timedelta

import pytest

from kept.flows.undo_import import undo_import
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, ClientDomain, Contact, ContactRole
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.journal.models import Line
from tests.flows.post import letter, received
from tests.flows.rows import client_row, met, whys
from tests.ledgers.telling import everything
from tests.studio import NOW, ZED, Studio

VELA = {"client": "Vela", "domain": "vela.example", "contact": "Noor Adler", "emails": ("Noor@vela.example",)}


def held() -> dict[str, list[object]]:
    """All ledgers but the batches."""
    return {name: rows for name, rows in everything().items() if name != "journal.Batch"}


def test_a_row_brings_its_client_domain_and_person(studio: Studio) -> None:
    more = {"title": "Head of Brand", "phone": "+44 113", "role": "Decision maker", "language": "de"}
    tally, batch = met(client_row(**VELA, **more))
    noor = Contact.objects.get(batch=batch)
    assert (tally.new, tally.clients, tally.contacts, tally.domains) == (1, 1, 1, 1)
    assert (noor.client.name, noor.name, noor.title, noor.phone) == ("Vela", "Noor Adler", "Head of Brand", "+44 113")
    assert (noor.role, noor.addresses.get().email) == (ContactRole.DECIDES, "noor@vela.example")
    assert noor.agreements.get().language == "de"
    assert noor.client.domains.get().name == "vela.example"


def test_the_same_rows_again_change_nothing(studio: Studio) -> None:
    rows = [client_row(**VELA, language="de"), client_row(client="Lyra"), client_row(client="Borealis", contact="Kim")]
    met(*rows)
    before = held()
    tally, _ = met(*rows)
    assert (tally.new, tally.known, tally.rejections) == (0, 3, [])
    assert held() == before


@pytest.mark.parametrize(
    "row",
    [{"client": "BOREALIS"}, {"domain": "borealis.example"}, {"emails": ("CLEO@borealis.example",)},
     {"emails": ("new@borealis.example",)}, {"client": "Borealis Ltd", "emails": ("cleo@borealis.example",)}],
)  # fmt: skip
def test_a_client_is_found_by_name_domain_or_address(studio: Studio, row: dict[str, object]) -> None:
    met(client_row(**row))
    assert set(Client.objects.all()) == {studio.borealis, studio.cassini}


def test_a_known_person_is_completed_where_something_is_empty(studio: Studio) -> None:
    Contact.objects.filter(pk=studio.cleo.pk).update(phone="+44 1")
    before = held()
    row = client_row(emails=("cleo@borealis.example", "c.north@home.example"), title="Director", phone="+44 2")
    tally, batch = met(row)
    studio.cleo.refresh_from_db()
    assert (tally.new, tally.contacts, studio.cleo.title, studio.cleo.phone) == (1, 0, "Director", "+44 1")
    assert {one.email for one in studio.cleo.addresses.all()} == {"cleo@borealis.example", "c.north@home.example"}
    undo_import(batch, by=None, at=NOW)
    assert held() == before


def test_names_that_mail_did_not_know_come_from_the_list_and_go_with_it(studio: Studio) -> None:
    vela = clients.welcome(name="vela.example", by=None, at=NOW)
    clients.claim_domain(vela, name="vela.example", by=None, at=NOW)
    clients.meet(vela, name="noor@vela.example", emails=("noor@vela.example",), by=None, at=NOW)
    before = held()
    _, batch = met(client_row(**VELA), client_row(**{**VELA, "client": "Vela Ltd", "contact": "Noor A."}))
    vela.refresh_from_db()
    assert (vela.name, vela.contacts.get().name) == ("Vela", "Noor Adler")
    undo_import(batch, by=None, at=NOW)
    assert held() == before


def test_what_somebody_changed_since_is_not_put_back(studio: Studio) -> None:
    _, batch = met(client_row(emails=("cleo@borealis.example",), title="Director"))
    Contact.objects.filter(pk=studio.cleo.pk).update(title="Founder")
    undo_import(batch, by=None, at=NOW)
    studio.cleo.refresh_from_db()
    assert studio.cleo.title == "Founder"


@pytest.mark.parametrize(
    ("row", "why"),
    [({"client": "Cassini", "emails": ("cleo@borealis.example",)}, "contact at Borealis already; the row says Cassini"),
     ({"emails": ("cleo@borealis.example", "cora@cassini.example")}, "contact at Borealis and Cassini already"),
     ({"contact": "Zed", "emails": (ZED,)}, "names no client"), ({"domain": "gmail.com"}, "names no client"),
     ({"client": "Vela", "emails": ("kit@larkfield.example",)}, "one of ours")],
)  # fmt: skip
def test_what_cannot_be_so_is_named_and_left_alone(studio: Studio, row: dict[str, object], why: str) -> None:
    before = held()
    tally, _ = met(client_row(**row))
    assert why in whys(tally.rejections)[0]
    assert held() == before


@pytest.mark.parametrize("domain", ["borealis.example", "larkfield.example"])
def test_a_domain_that_is_taken_is_left_where_it_is(studio: Studio, domain: str) -> None:
    before = held()
    tally, _ = met(client_row(client="Cassini", domain=domain))
    assert whys(tally.remarks) == [
        f"the domain {domain} belongs to somebody else already; the rest of the row was kept"
    ]
    assert held() == before


def test_a_client_called_by_another_name_is_pointed_out(studio: Studio) -> None:
    tally, _ = met(client_row(client="Borealis Ltd", domain="borealis.example"))
    assert whys(tally.remarks) == ["“Borealis Ltd” was taken for Borealis, whose domain or address the row has"]


def test_a_domain_of_a_provider_is_nobodys(studio: Studio) -> None:
    met(client_row(client="Vela", domain="gmail.com"))
    assert not ClientDomain.objects.filter(name="gmail.com").exists()


def strangers_wrote() -> None:
    """Noor wrote twice from Vela, a machine of Vela's and Zed once; we wrote to somebody else at Vela."""
    hour = timedelta(hours=1)
    received(
        letter("Noor <noor@vela.example>", id="noor", subject="Hello"),
        letter("ada@larkfield.example", to="noor@vela.example", id="answer", after="noor", at=NOW + hour),
        letter("Noor <noor@vela.example>", id="again", after="answer", at=NOW + 2 * hour),
        letter("no-reply@vela.example", id="machine", subject="Report", more="Auto-Submitted: auto-generated"),
        letter("ada@larkfield.example", to="kim@vela.example", id="ours", subject="Offer"),
        letter(ZED, id="zed", subject="Other"),
    )


def of_client() -> dict[str, str | None]:
    return dict(Message.objects.values_list("message_id", "conversation__client__name"))


def test_strangers_are_claimed_by_the_domain_of_a_client(studio: Studio) -> None:
    strangers_wrote()
    assert set(of_client().values()) == {None}
    tally, _ = met(client_row(client="Vela", domain="vela.example"))
    assert tally.conversations == 3
    assert of_client() == {**dict.fromkeys(["noor", "answer", "again", "machine", "ours"], "Vela"), "zed": None}
    noor = Contact.objects.get(addresses__email="noor@vela.example")
    assert set(noor.messages.values_list("message_id", flat=True)) == {"noor", "again"}
    assert not Contact.objects.filter(addresses__email="no-reply@vela.example").exists()


def test_strangers_are_claimed_by_the_address_of_a_contact(studio: Studio) -> None:
    strangers_wrote()
    tally, _ = met(client_row(client="Borealis", contact="Zed", emails=(ZED,)))
    assert tally.conversations == 1
    assert Message.objects.get(message_id="zed").contact == Contact.objects.get(name="Zed")
    assert of_client()["zed"] == "Borealis"
    assert of_client()["noor"] is None


def test_undoing_gives_strangers_back_and_leaves_the_ledgers_as_they_were(studio: Studio) -> None:
    strangers_wrote()
    before = held()
    _, batch = met(client_row(**VELA, language="de"), client_row(client="Borealis", contact="Zed", emails=(ZED,)))
    counts = undo_import(batch, by=None, at=NOW)
    assert held() == before
    assert (counts["clients"], counts["contacts"], counts["stayed"]) == (1, 2, 0)


def test_a_conversation_given_to_another_client_since_stays_there(studio: Studio) -> None:
    strangers_wrote()
    _, batch = met(client_row(client="Vela", domain="vela.example"))
    Conversation.objects.filter(messages__message_id="noor").update(client=studio.borealis)
    undo_import(batch, by=None, at=NOW)
    assert of_client()["noor"] == "Borealis"
    assert of_client()["ours"] is None


def test_what_belongs_to_a_walled_client_goes_behind_the_wall(studio: Studio) -> None:
    received(
        letter("noor@vela.example", id="one"),
        letter("caspar@saturn.example", id="two", after="one", at=NOW + timedelta(hours=1)),
    )
    met(client_row(client="Vela", domain="vela.example"), client_row(client="Cassini", domain="saturn.example"))
    assert set(of_client().values()) == {"Cassini"}
    assert not Message.objects.seen_by(studio.kit).exists()


def test_the_journal_tells_of_each_client_in_a_line_of_its_own(studio: Studio) -> None:
    strangers_wrote()
    zed = client_row(client="Borealis", contact="Zed", emails=(ZED,))
    met(zed, client_row(client="Cassini", domain="vela.example"))
    lines = Line.objects.filter(verb="clients.import_change")
    assert set(lines.values_list("client_id", flat=True)) == {studio.borealis.pk, studio.cassini.pk}
