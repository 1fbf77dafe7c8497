"""Letters as they are put together: threads hold, nothing is slipped in, and our own reader reads them back."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from kept.doors.post.composing import compose
from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw
from kept.ledgers.conversations.models import Body, Message, Reference
from kept.ledgers.letters import verbs
from kept.ledgers.letters.models import Form, Letter
from kept.ledgers.mailboxes.models import Kind
from kept.measures.text.letter import Letter as Mail
from tests.cast import NOW, Studio, london, wrote
from tests.doors.post.outbox import mailbox, on_its_way
from tests.smtpserver import Server

OUTLOOK = "<AM0PR0" + "4" * 80 + "@AM0PR04MB0000.eurprd04.prod.outlook.com>"


def put_together(letter: Letter) -> EmailMessage:
    row = Letter.objects.get(pk=letter.pk)
    parsed = message_from_bytes(compose(row).content, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def read_back(letter: Letter) -> Mail:
    return parse(Raw(source="sent", content=compose(Letter.objects.get(pk=letter.pk)).content))


def asked(s: Studio, *before: str, **facts: Any) -> Message:
    message = wrote(s.borealis, by=s.cleo, at=london(19, "15:00"), text="Is it <b>done</b>?\n\n> Not yet.\n\n-- \nCleo")
    Reference.objects.bulk_create(Reference(message=message, names=name) for name in before)
    Message.objects.filter(pk=message.pk).update(**facts)
    message.refresh_from_db()
    return message


@pytest.fixture(autouse=True)
def _shared(studio: Studio) -> None:
    mailbox(Server(port=25))


def test_an_answer_carries_what_holds_the_thread_together(studio: Studio) -> None:
    message = asked(studio, "root@borealis.example", "second@borealis.example")
    letter = on_its_way(studio, message)
    mail = put_together(letter)
    assert mail["From"] == "Bo Field <hello@larkfield.example>"
    assert mail["Reply-To"] == "Larkfield Studio <hello@larkfield.example>"
    assert mail["To"] == "Cleo North <cleo@borealis.example>"
    assert mail["Subject"] == "Re: Drafts"
    assert mail["Message-ID"] == f"<{letter.mail_id}>"
    assert mail["X-Kept-Letter"] == letter.mail_id
    assert mail["In-Reply-To"] == f"<{message.message_id}>"
    assert mail["References"].split() == [
        "<root@borealis.example>", "<second@borealis.example>", f"<{message.message_id}>"
    ]  # fmt: skip
    assert mail["Date"] == "Tue, 20 Oct 2026 09:40:10 +0100"
    assert "Auto-Submitted" not in mail


def test_an_id_longer_than_a_line_stays_whole(studio: Studio) -> None:
    letter = on_its_way(studio, asked(studio, OUTLOOK.strip("<>"), message_id=OUTLOOK.strip("<>") + ".example"))
    content = compose(Letter.objects.get(pk=letter.pk)).content
    assert OUTLOOK.encode() in content
    assert b"=?utf-8?q?=3CAM0" not in content
    assert all(len(line) < 998 for line in content.splitlines())


def test_every_try_is_the_same_letter(studio: Studio) -> None:
    letter = on_its_way(studio, asked(studio))
    verbs.call_back(letter, by=studio.bo, at=NOW)
    verbs.attach(letter, name="plan.pdf", kind="application/pdf", content=b"%PDF", at=NOW)
    verbs.send_off(letter, by=studio.bo, at=NOW)
    one, other = (compose(Letter.objects.get(pk=letter.pk)).content for _ in range(2))
    assert one == other


def test_our_own_reader_tells_our_words_from_what_is_quoted(studio: Studio) -> None:
    mail = read_back(
        on_its_way(studio, asked(studio), words="Yes.\n\n.\nFrom here on it is blue: https://x.example/a?b=1&c\n")
    )
    assert mail.visible == "Yes.\n\n.\nFrom here on it is blue: https://x.example/a?b=1&c"
    assert "On Mon, 19 Oct 2026 at 15:00, Cleo North wrote:\n> Is it <b>done</b>?\n>\n>> Not yet." in mail.text
    assert not mail.defects


def test_the_html_is_as_simple_as_the_words_and_escapes_them(studio: Studio) -> None:
    letter = on_its_way(studio, asked(studio), words="5 < 6 & https://x.example/?a=1&b=2.\nWarmly")
    html = put_together(letter).get_body(("html",))
    assert html is not None
    page = html.get_content()
    assert '<p>5 &lt; 6 &amp; <a href="https://x.example/?a=1&amp;b=2">https://x.example/?a=1&amp;b=2</a>.<br>' in page
    assert '<blockquote type="cite">Is it &lt;b&gt;done&lt;/b&gt;?<br>' in page
    assert "<b>" not in page


def test_without_the_quote_there_is_none(studio: Studio) -> None:
    assert "Is it" not in read_back(on_its_way(studio, asked(studio), with_quote=False)).text


def test_a_forward_stays_in_the_thread_and_answers_nobody(studio: Studio) -> None:
    message = asked(studio)
    mail = on_its_way(studio, message, form=Form.FORWARD, to=[("", "print@shop.example")], words="")
    put = put_together(mail)
    assert put["Subject"] == "Fwd: Drafts"
    assert put["In-Reply-To"] is None
    assert put["References"] == f"<{message.message_id}>"
    assert "---------- Forwarded message ----------\nFrom: Cleo North <cleo@borealis.example>" in read_back(mail).text


def test_what_came_without_an_id_is_not_named(studio: Studio) -> None:
    mail = put_together(on_its_way(studio, asked(studio, message_id="kept-" + "0" * 64)))
    assert mail["In-Reply-To"] is mail["References"] is None


def test_files_keep_their_bytes_and_names(studio: Studio) -> None:
    letter = on_its_way(studio)
    verbs.call_back(letter, by=studio.bo, at=NOW)
    files = {
        "Übersicht für Cleo.pdf": ("application/pdf", b"%PDF\r\n\0"),
        "mail.eml": ("message/rfc822", b"Subject: x\n\nHi\n"),
        "plan.txt": ("text/plain", b"\xff no text\n.\n"),
        'q"uo\\te;.png': ("image/png", b"\x89PNG"),
    }
    for name, (kind, content) in files.items():
        verbs.attach(letter, name=name, kind=kind, content=content, at=NOW)
    verbs.send_off(letter, by=studio.bo, at=NOW)
    read = read_back(letter)
    assert [file.content for file in read.attachments] == [content for _, content in files.values()]
    assert [file.name for file in read.attachments][:3] == ["Übersicht für Cleo.pdf", "mail.eml", "plan.txt"]


@pytest.mark.parametrize(
    "name",
    ["Cleo\r\nBcc: zed@stranger.example", 'Cleo" <zed@stranger.example>, "', "Cleo\u202e\x00", "李雷, Ü", "C" * 300],
)
def test_no_name_slips_anything_into_the_headers(studio: Studio, name: str) -> None:
    letter = on_its_way(studio, to=[(name, "cleo@borealis.example")], subject=f"Hi\r\nBcc: zed@x.example {name}")
    mail = put_together(letter)
    assert mail["Bcc"] is None
    assert [one.addr_spec for one in mail["To"].addresses] == ["cleo@borealis.example"]
    envelope = compose(Letter.objects.get(pk=letter.pk))
    assert envelope.receivers == ["cleo@borealis.example"]


def test_a_domain_in_another_script_is_written_as_servers_do(studio: Studio) -> None:
    letter = on_its_way(studio, to=[("Jo", "jo@bücher.example")])
    assert compose(letter).receivers == ["jo@xn--bcher-kva.example"]
    assert put_together(letter)["To"] == "Jo <jo@xn--bcher-kva.example>"


def test_by_an_own_mailbox_nothing_is_said_of_where_to_answer(studio: Studio) -> None:
    own = mailbox(Server(port=25), address="bo@larkfield.example", kind=Kind.PERSONAL, member=studio.bo)
    mail = put_together(on_its_way(studio, asked(studio), mailbox=own))
    assert mail["From"] == "Bo Field <bo@larkfield.example>"
    assert mail["Reply-To"] is None


def test_without_any_mailbox_it_goes_by_the_writers_own_address(studio: Studio) -> None:
    letter = on_its_way(studio, mailbox=None)
    assert put_together(letter)["From"] == "Bo Field <bo@larkfield.example>"


class TestAutomaticLetters:
    def automatic(self, s: Studio, message: Message | None) -> Letter:
        form = Form.REPLY if message else Form.NEW
        letter = verbs.begin(form=form, by=s.bo, at=NOW, answers=message, automatic=True, words="We have it.")
        verbs.keep(letter, at=NOW, to=letter.to or [("", "cleo@borealis.example")])
        return verbs.send_off(letter, by=s.bo, at=NOW)

    def test_they_say_so(self, studio: Studio) -> None:
        letter = self.automatic(studio, asked(studio))
        mail = put_together(letter)
        assert mail["Auto-Submitted"] == "auto-replied"
        assert mail["X-Auto-Response-Suppress"] == "All"
        assert mail["From"] == "Larkfield Studio <hello@larkfield.example>"
        assert read_back(letter).automatic.automatic
        assert put_together(self.automatic(studio, None))["Auto-Submitted"] == "auto-generated"

    def test_none_answers_a_machine(self, studio: Studio) -> None:
        with pytest.raises(verbs.NotReady, match="No automatic answer"):
            self.automatic(studio, asked(studio, automatic="newsletter"))

    def test_none_answers_what_comes_back_to_ourselves(self, studio: Studio) -> None:
        with pytest.raises(verbs.NotReady, match="an address of our own"):
            self.automatic(studio, asked(studio, sender_email="hello@larkfield.example"))

    def test_nobody_gets_more_than_a_few_a_day(self, studio: Studio) -> None:
        for _ in range(3):
            self.automatic(studio, asked(studio))
        with pytest.raises(verbs.NotReady, match="letters a day is the most"):
            self.automatic(studio, asked(studio))
        assert on_its_way(studio, asked(studio)).go_at


def test_a_letter_without_a_body_to_quote_is_sent_all_the_same(studio: Studio) -> None:
    message = asked(studio)
    Body.objects.all().delete()
    assert read_back(on_its_way(studio, message)).text.strip() == "Here it is.\n\nWarmly, Bo"
