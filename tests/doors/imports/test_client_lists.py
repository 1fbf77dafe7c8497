"""Lists of clients are read from the programs people keep them in; consent is never read out of them."""

import pytest

from kept.doors.imports.client_lists import read
from kept.doors.imports.questions import Unknown
from kept.measures.entries import ClientRow

from .conftest import Write


def only(write: Write, head: str, row: str) -> ClientRow:
    reading = read(write(f"{head}\n{row}\n"))
    assert (reading.rejections, reading.remarks) == ([], [])
    return reading.rows[0]


def test_hubspot_contacts(write: Write) -> None:
    head = "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company,Contact owner"
    row = only(write, head, "7,Cleo,Berg,Cleo@Borealis.example,+44 1,Head of Web,Borealis,Bo")
    assert (row.client, row.contact, row.emails) == ("Borealis", "Cleo Berg", ("Cleo@borealis.example",))
    assert (row.phone, row.title, row.line) == ("+44 1", "Head of Web", 2)


def test_hubspot_company_numbers_are_no_company(write: Write) -> None:
    row = only(
        write, "Record ID,First Name,Last Name,Email,Associated Company IDs", "7,Cleo,Berg,c@borealis.example,12;13"
    )
    assert row.client == ""


def test_hubspot_companies(write: Write) -> None:
    row = only(
        write,
        "Record ID,Company name,Website URL,Company owner,Create Date",
        "7,Borealis,https://www.Borealis.example/en,Bo,2025-01-01",
    )
    assert (row.client, row.domain, row.contact) == ("Borealis", "borealis.example", "")


def test_pipedrive_has_several_addresses_and_opt_in_columns(write: Write) -> None:
    head = (
        "Person - Name,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Phone - Work,"
        "Person - Marketing status,Person - Double opt-in,Deal - Title"
    )
    row = only(
        write,
        head,
        '"Cleo Berg",Borealis,"c@borealis.example, cleo@borealis.example",c@home.example,+44 1,subscribed,yes,Big',
    )
    assert row.emails == ("c@borealis.example", "cleo@borealis.example", "c@home.example")
    assert (row.client, row.contact, row.title) == ("Borealis", "Cleo Berg", "")


def test_salesforce_leads_and_their_opt_out(write: Write) -> None:
    head = "Lead ID,FirstName,LastName,Email,Email Opt Out,Phone,Company,LeadSource,Status,OwnerId"
    row = only(write, head, "L1,Cleo,Berg,c@borealis.example,1,+44 1,Borealis,Web,Open,O1")
    assert (row.client, row.contact, row.emails) == ("Borealis", "Cleo Berg", ("c@borealis.example",))


def test_google_contacts(write: Write) -> None:
    head = (
        "Name,Given Name,Family Name,Language,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,"
        "Phone 1 - Type,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title"
    )
    row = only(
        write,
        head,
        "Cleo Berg,Cleo,Berg,fr,,c@borealis.example ::: b@borealis.example,,c@home.example,Mobile,+44 1,Borealis,Head",
    )
    assert row.emails == ("c@borealis.example", "b@borealis.example", "c@home.example")
    assert (row.contact, row.client, row.title, row.language, row.phone) == (
        "Cleo Berg",
        "Borealis",
        "Head",
        "fr",
        "+44 1",
    )


def test_a_plain_list_and_a_list_of_firms(write: Write) -> None:
    row = only(
        write, "client;contact;email;domain", "Borealis;Cleo Berg;Cleo Berg <c@borealis.example>;borealis.example"
    )
    assert (row.client, row.contact, row.emails, row.domain) == (
        "Borealis",
        "Cleo Berg",
        ("c@borealis.example",),
        "borealis.example",
    )
    assert only(write, "Client Name,Address", "Borealis,").client == "Borealis"
    assert only(write, "Name,Website", "Borealis,borealis.example").client == "Borealis"


def test_a_broken_address_is_remarked_on_and_the_row_kept(write: Write) -> None:
    reading = read(write("client,contact,email\nBorealis,Cleo,cleo at borealis\n,,\n,,x\n"))
    assert [(row.line, row.emails) for row in reading.rows] == [(2, ())]
    assert [(each.line, "not an e-mail address" in each.why) for each in reading.remarks] == [(2, True)]
    assert [each.line for each in reading.rejections] == [4]


def test_columns_can_be_named_by_hand(write: Write) -> None:
    path = write("Firmenkunde,Adresse A,Adresse B\nBorealis,a@borealis.example,b@borealis.example\n")
    with pytest.raises(Unknown, match="“Adresse A”"):
        read(path)
    reading = read(path, columns={"Firmenkunde": "client", "Adresse A": "email", "Adresse B": "email"})
    assert reading.rows[0].emails == ("a@borealis.example", "b@borealis.example")


def test_a_broken_quotation_mark_is_named(write: Write) -> None:
    reading = read(write('client,contact\n"Borealis,Cleo\nCassini,Zed\n'))
    assert ([row.client for row in reading.rows], reading.rejections[0].line) == (["Cassini"], 2)


CARD_4 = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Cleo Berg\r\nORG:Borealis;Web\r\nTITLE:Head\r\nROLE:Decides\r\nLANG:fr\r\n"
    "EMAIL;TYPE=work:c@borealis.example\r\nitem1.EMAIL:c@home.example\r\nTEL;VALUE=uri:tel:+44-1\r\nURL:https://borealis.example\r\n"
    "END:VCARD\r\n"
)
CARD_21 = (
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Kit\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Kit M=C3=BC=\nller\nEMAIL;INTERNET:k@borealis.example\n"
    "PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ\n !!broken!!\n\nEND:VCARD\n"
)


def test_cards_of_three_versions(write: Write) -> None:
    card_3 = "BEGIN:VCARD\nVERSION:3.0\nN:Lead;Bo;;;\nFN:Bo Lead\nNOTE:a long\n  note\nEND:VCARD\n"
    reading = read(write(CARD_4 + CARD_21 + card_3, name="all.vcf"))
    assert (reading.rejections, reading.remarks) == ([], [])
    cleo, kit, bo = reading.rows
    assert (cleo.client, cleo.contact, cleo.emails) == (
        "Borealis",
        "Cleo Berg",
        ("c@borealis.example", "c@home.example"),
    )
    assert (cleo.phone, cleo.title, cleo.role, cleo.language, cleo.domain) == (
        "+44-1",
        "Head",
        "Decides",
        "fr",
        "borealis.example",
    )
    assert (kit.contact, kit.emails, kit.line) == ("Kit Müller", ("k@borealis.example",), 13)
    assert (bo.contact, bo.client) == ("Bo Lead", "")


def test_a_broken_card_is_named_and_the_rest_goes_on(write: Write) -> None:
    broken = "BEGIN:VCARD\nVERSION:3.0\nthis is no line of a card\nEND:VCARD\n"
    endless = "BEGIN:VCARD\nVERSION:3.0\nFN:Zed\n"
    reading = read(write(broken + endless + CARD_4 + "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"))
    assert [row.contact for row in reading.rows] == ["Cleo Berg"]
    assert [(each.line, bool(each.remedy)) for each in reading.rejections] == [(1, True), (5, True), (20, True)]
