"""Letters until they go: drafts, whom they go to, what stops them, and calling them back."""

import zlib
from datetime import timedelta
from typing import Any

import pytest

from kept.ledgers.conversations.files import Attachment, Content, opened
from kept.ledgers.conversations.models import Direction, Message, Original
from kept.ledgers.letters import enclosing, recipients, verbs
from kept.ledgers.letters.models import Form, Letter
from kept.ledgers.mailboxes.models import Kind, Mailbox
from kept.ledgers.team import addresses
from kept.ledgers.team.models import Member
from tests.cast import NOW, Studio, london, wrote
from tests.ledgers.telling import told

LATER = london(20, "10:00")


def mailbox(address: str = "hello@larkfield.example", *, member: Member | None = None) -> Mailbox:
    kind = Kind.PERSONAL if member else Kind.SHARED
    return Mailbox.objects.create(
        address=address, name="Larkfield Studio", kind=kind, member=member, host="imap.larkfield.example",
        username=address, quiet_before=NOW, added_at=NOW,
    )  # fmt: skip


def asked(s: Studio, **more: Any) -> Message:
    """Cleo's question from yesterday, sent to our shared address and to Kit, with a copy to two people."""
    message = wrote(s.borealis, by=s.cleo, at=london(19, "15:00"))
    facts = {
        "to": [["Larkfield", "hello@larkfield.example"], ["Kit", "kit@larkfield.example"]],
        "cc": [["Bo", "BO@larkfield.example"], ["Nils", "nils@borealis.example"]],
    }
    Message.objects.filter(pk=message.pk).update(**(facts | more))
    message.refresh_from_db()
    return message


def reply(s: Studio, message: Message, *, by: Member | None = None, form: Form = Form.REPLY, words: str = "") -> Letter:
    return verbs.begin(form=form, by=by or s.bo, at=NOW, answers=message, words=words)


def sent(s: Studio, message: Message, **more: Any) -> Letter:
    return verbs.send_off(reply(s, message, words="Here they are."), by=s.bo, at=NOW, **more)


class TestBeginning:
    def test_a_reply_goes_to_whoever_wrote_and_takes_the_subject(self, studio: Studio) -> None:
        box = mailbox()
        message = asked(studio)
        with told("letters.begin"):
            letter = reply(studio, message)
        assert letter.to == [["Cleo North", "cleo@borealis.example"]]
        assert (letter.cc, letter.subject, letter.with_quote) == ([], "Re: Drafts", True)
        assert (letter.mailbox, letter.client, letter.read_up_to) == (box, studio.borealis, message)

    def test_a_second_begin_gives_the_draft_that_stands(self, studio: Studio) -> None:
        message = asked(studio)
        first = reply(studio, message)
        with told():
            assert reply(studio, message) == first
        assert reply(studio, message, by=studio.ada) != first
        assert reply(studio, message, form=Form.REPLY_ALL) != first

    def test_a_reply_to_all_leaves_out_our_mailboxes_and_the_writer(self, studio: Studio) -> None:
        mailbox()
        addresses.add_address(studio.bo, email="bo@home.example", by=studio.bo, at=NOW)
        message = asked(studio)
        Message.objects.filter(pk=message.pk).update(cc=[*message.cc, ["", "bo@home.example"]])
        letter = reply(studio, message, form=Form.REPLY_ALL)
        assert [email for _, email in letter.to] == ["cleo@borealis.example", "kit@larkfield.example"]
        assert [email for _, email in letter.cc] == ["nils@borealis.example"]

    def test_a_reply_goes_where_the_writer_asked_to_be_answered(self, studio: Studio) -> None:
        message = asked(studio)
        head = b"From: Cleo <cleo@borealis.example>\nReply-To: Team <team@borealis.example>,\n <not an address>\n\nHi"
        Original.objects.create(message=message, zipped=zlib.compress(head))
        assert reply(studio, message).to == [["Team", "team@borealis.example"]]

    def test_an_answer_to_ourselves_goes_to_whom_we_wrote(self, studio: Studio) -> None:
        message = asked(studio, direction=Direction.OUT, to=[["Cleo", "cleo@borealis.example"]])
        assert reply(studio, message).to == [["Cleo", "cleo@borealis.example"]]

    def test_a_forward_takes_the_files_along_and_names_nobody(self, studio: Studio) -> None:
        message = asked(studio)
        content = enclosing.enclose(b"plan")
        for place, inline in ((0, ""), (1, "logo@x")):
            Attachment.objects.create(
                message=message, content=content, position=place, name="plan.pdf", kind="application/pdf", size=4,
                inline_id=inline,
            )  # fmt: skip
        letter = reply(studio, message, form=Form.FORWARD)
        assert (letter.to, letter.subject) == ([], "Fwd: Drafts")
        assert [file.name for file in letter.files.all()] == ["plan.pdf"]

    def test_the_mailbox_is_the_one_that_was_written_to(self, studio: Studio) -> None:
        mailbox()
        support = mailbox("support@larkfield.example")
        own = mailbox("bo@larkfield.example", member=studio.bo)
        mailbox("kit@larkfield.example", member=studio.kit)
        assert reply(studio, asked(studio, to=[["", "Support@larkfield.example"]])).mailbox == support
        assert reply(studio, asked(studio, to=[["", "bo@larkfield.example"]])).mailbox == own
        # another's own mailbox is not for Bo
        assert reply(studio, asked(studio, to=[["", "kit@larkfield.example"]], cc=[])).mailbox != own

    def test_nobody_writes_across_a_wall(self, studio: Studio) -> None:
        message = wrote(studio.cassini, by=studio.cora)
        with told(), pytest.raises(verbs.NotYours):
            reply(studio, message, by=studio.kit)
        with told(), pytest.raises(verbs.NotYours):
            verbs.begin(form=Form.NEW, by=studio.kit, at=NOW, client=studio.cassini)
        assert reply(studio, message, by=studio.ada).client == studio.cassini


class TestKeeping:
    def test_what_is_typed_is_kept_without_a_line(self, studio: Studio) -> None:
        letter = reply(studio, asked(studio))
        with told():
            verbs.keep(letter, at=LATER, words="Dear Cleo", cc=[("", "x@"), ("Ann", "ann@a.example")], with_quote=False)
        assert (letter.words, letter.with_quote, letter.changed_at) == ("Dear Cleo", False, LATER)
        assert letter.cc == [["", "x@"], ["Ann", "ann@a.example"]]

    def test_nothing_typed_begins_a_header_of_its_own(self, studio: Studio) -> None:
        letter = reply(studio, asked(studio))
        verbs.keep(letter, at=LATER, subject="Hi\r\nBcc: zed@x.example", to=[("A\nB", "a@b.example\r\nX: y")])
        assert letter.subject == "Hi Bcc: zed@x.example"
        assert letter.to == [["A B", "a@b.example X: y"]]

    def test_a_letter_that_was_sent_off_or_thrown_away_is_not_changed(self, studio: Studio) -> None:
        letter = sent(studio, asked(studio))
        with pytest.raises(verbs.TooLate):
            verbs.keep(letter, at=LATER, words="No, wait")
        letter.refresh_from_db()
        assert letter.words == "Here they are."

    def test_another_members_mailbox_is_refused(self, studio: Studio) -> None:
        own = mailbox("kit@larkfield.example", member=studio.kit)
        letter = reply(studio, asked(studio))
        with pytest.raises(verbs.NotYours):
            verbs.keep(letter, at=LATER, mailbox=own)

    def test_a_draft_thrown_away_can_be_picked_up(self, studio: Studio) -> None:
        letter = reply(studio, asked(studio))
        with told("letters.drop", "letters.pick_up"):
            for verb in (verbs.drop, verbs.drop, verbs.pick_up, verbs.pick_up):
                verb(letter, by=studio.bo, at=LATER)
        assert letter.dropped_at is None

    def test_a_draft_is_its_writers_alone(self, studio: Studio) -> None:
        letter = reply(studio, asked(studio), words="Yes.")
        for verb in (verbs.drop, verbs.pick_up, verbs.send_off):
            with told(), pytest.raises(verbs.NotYours):
                verb(letter, by=studio.ada, at=LATER)
        assert not Letter.objects.seen_by(studio.ada).exists()


class TestFiles:
    def test_the_same_bytes_are_kept_once(self, studio: Studio) -> None:
        one, other = reply(studio, asked(studio)), reply(studio, asked(studio))
        for letter in (one, one, other):
            verbs.attach(letter, name="plan.txt", kind="text/plain", content=b"plan" * 100, at=LATER)
        assert [letter.files.count() for letter in (one, other)] == [1, 1]
        content = Content.objects.get()
        assert opened(content) == b"plan" * 100
        assert len(content.zipped) < 100

    @pytest.mark.parametrize(
        ("given", "name"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\plan.pdf", "plan.pdf"),
            ("plan\r\nContent-Type: text/html\r\n.pdf", "html.pdf"),
            ("invoice\u202efdp.exe", "invoicefdp.exe"),
            ("", "file"),
            ("...", "file"),
            ("n" * 300 + ".pdf", "n" * 176 + ".pdf"),
        ],
    )
    def test_a_name_is_made_safe(self, given: str, name: str) -> None:
        assert enclosing.safe_name(given) == name

    def test_more_than_a_server_takes_is_refused(self, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(enclosing, "MOST_BYTES", 1024**2)
        letter = reply(studio, asked(studio))
        verbs.attach(letter, name="a.bin", kind="x", content=b"a" * 700_000, at=LATER)
        with pytest.raises(verbs.TooLarge, match="more than 1 MB"):
            verbs.attach(letter, name="b.bin", kind="x", content=b"b" * 700_000, at=LATER)
        assert letter.files.get().kind == "application/octet-stream"

    def test_a_file_taken_out_and_one_added_too_late(self, studio: Studio) -> None:
        letter = reply(studio, asked(studio), words="Here.")
        file = verbs.attach(letter, name="a.txt", kind="text/plain", content=b"a", at=LATER)
        verbs.detach(file, at=LATER)
        verbs.detach(file, at=LATER)
        assert not letter.files.exists()
        verbs.send_off(letter, by=studio.bo, at=LATER)
        with pytest.raises(verbs.TooLate):
            verbs.attach(letter, name="a.txt", kind="text/plain", content=b"a", at=LATER)


class TestSendingOff:
    def test_a_letter_waits_ten_seconds_and_gets_its_id_once(self, studio: Studio) -> None:
        mailbox()
        with told("letters.begin", "letters.send_off"):
            letter = sent(studio, asked(studio))
            assert verbs.send_off(letter, by=studio.bo, at=LATER).go_at == NOW + timedelta(seconds=10)
        name = letter.mail_id
        assert name.endswith("@larkfield.example")
        verbs.call_back(letter, by=studio.bo, at=NOW)
        assert verbs.send_off(letter, by=studio.bo, at=LATER).mail_id == name

    def test_a_letter_may_go_later_but_never_sooner(self, studio: Studio) -> None:
        assert sent(studio, asked(studio), go_at=london(21, "08:00")).go_at == london(21, "08:00")
        assert sent(studio, asked(studio), go_at=london(19, "08:00")).go_at == NOW + timedelta(seconds=10)

    def test_all_that_is_missing_is_said_at_once(self, studio: Studio) -> None:
        letter = verbs.begin(form=Form.NEW, by=studio.bo, at=NOW)
        with told(), pytest.raises(verbs.NotReady) as refused:
            verbs.send_off(letter, by=studio.bo, at=NOW)
        assert refused.value.faults == [
            "Nobody is named to get this letter. Add an address.",
            "Nothing is written yet. Write a line or two.",
        ]
        people = [("", f"p{n}@borealis.example") for n in range(101)]
        verbs.keep(letter, at=NOW, to=[*people, ("", "cleo at borealis")], words="Dear [name], we liked [1] it [sic].")
        with pytest.raises(verbs.NotReady) as refused:
            verbs.send_off(letter, by=studio.bo, at=NOW)
        assert [fault[:40] for fault in refused.value.faults] == [
            "“cleo at borealis” can’t be read as an a",
            "This letter names 102 people, and at mos",
            "[name] still to be filled in. If the squ",
        ]

    def test_a_wall_raised_meanwhile_stops_the_letter(self, studio: Studio) -> None:
        from kept.ledgers.clients import verbs as clients

        letter = reply(studio, asked(studio), by=studio.kit, words="Yes.")
        clients.put_behind(studio.borealis, wall=studio.wall, by=studio.ada, at=NOW)
        with pytest.raises(verbs.NotYours):
            verbs.send_off(letter, by=studio.kit, at=NOW)

    def test_a_mailbox_removed_meanwhile_stops_the_letter(self, studio: Studio) -> None:
        mailbox()
        letter = reply(studio, asked(studio), words="Yes.")
        Mailbox.objects.update(removed_at=NOW)
        with pytest.raises(verbs.NotReady, match="was removed"):
            verbs.send_off(letter, by=studio.bo, at=NOW)


class TestOvertaken:
    def test_two_who_answer_at_once_are_stopped(self, studio: Studio) -> None:
        message = asked(studio)
        mine, hers = (reply(studio, message, by=who, words="Yes.") for who in (studio.bo, studio.ada))
        verbs.send_off(hers, by=studio.ada, at=NOW)
        with told(), pytest.raises(verbs.Overtaken) as warning:
            verbs.send_off(mine, by=studio.bo, at=NOW)
        assert (warning.value.who, warning.value.what, warning.value.ours) == ("Ada Lark", hers, True)
        verbs.send_off(mine, by=studio.bo, at=NOW, although={"overtaken"})
        assert mine.go_at

    @pytest.mark.parametrize("who", ["ada", "cleo"])
    def test_what_was_written_since_is_told(self, studio: Studio, who: str) -> None:
        message = asked(studio)
        letter = reply(studio, message, words="Yes.")
        # fetched late: it was written before what Bo had read
        newer = wrote(None, by=getattr(studio, who), at=london(19, "14:00"), conversation=message.conversation)
        with pytest.raises(verbs.Overtaken) as warning:
            verbs.send_off(letter, by=studio.bo, at=NOW)
        assert (warning.value.what, warning.value.ours) == (newer, who == "ada")
        verbs.catch_up(letter, at=NOW)
        assert verbs.send_off(letter, by=studio.bo, at=NOW).go_at

    def test_machines_forwards_and_ones_own_letters_overtake_nobody(self, studio: Studio) -> None:
        message = asked(studio)
        letter = reply(studio, message, words="Yes.")
        wrote(None, by=studio.cleo, automatic="out-of-office", conversation=message.conversation)
        wrote(None, by=studio.bo, conversation=message.conversation)
        forward = reply(studio, message, by=studio.ada, form=Form.FORWARD)
        verbs.keep(forward, at=NOW, to=[("", "print@shop.example")])
        verbs.send_off(forward, by=studio.ada, at=NOW)
        assert verbs.send_off(letter, by=studio.bo, at=NOW).go_at


class TestCallingBack:
    def test_a_waiting_letter_is_a_draft_again(self, studio: Studio) -> None:
        letter = sent(studio, asked(studio), go_at=london(22, "08:00"))
        with told("letters.call_back"):
            verbs.call_back(letter, by=studio.bo, at=london(21))
            verbs.call_back(letter, by=studio.bo, at=london(21))
        assert (letter.go_at, letter.sent_off_at) == (None, None)

    @pytest.mark.parametrize("facts", [{"trying_since": NOW}, {"tries": 1}, {"accepted_at": NOW}, {"refused_at": NOW}])
    def test_one_that_was_tried_is_not(self, studio: Studio, facts: dict[str, Any]) -> None:
        letter = sent(studio, asked(studio))
        Letter.objects.update(**facts)
        with told(), pytest.raises(verbs.TooLate):
            verbs.call_back(letter, by=studio.bo, at=NOW)


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("cleo@borealis.example", [["", "cleo@borealis.example"]]),
        ("Cleo North <cleo@b.example>; bo@l.example", [["Cleo North", "cleo@b.example"], ["", "bo@l.example"]]),
        ('"North, Cleo" <cleo@b.example>', [["North, Cleo", "cleo@b.example"]]),
        ("cleo@b.example, CLEO@b.example", [["", "cleo@b.example"]]),
        ("cleo at borealis", [["", "cleo at borealis"]]),
        ("", []),
    ],
)
def test_what_was_typed_is_read_as_people(typed: str, people: list[list[str]]) -> None:
    assert recipients.read(typed) == people


@pytest.mark.parametrize(
    ("email", "readable"),
    [
        ("a.b+c@mail.x.example", True), ("ü@x.example", False), ("a@bücher.example", True), ("a@localhost", False),
        ("a b@x.example", False), ("a@x..example", False), (".a@x.example", False), ("a@x.example>", False),
        ("a@x.example\r\nRCPT TO:<b@y.example>", False), ("a" * 65 + "@x.example", False), ("", False),
    ],
)  # fmt: skip
def test_an_address_is_readable_or_not(email: str, readable: bool) -> None:
    assert recipients.is_readable(email) is readable
