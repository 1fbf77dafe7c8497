"""A delivery report tells of which letter it speaks, whom it did not reach, and why."""

import pytest

from kept.doors.post.parsing import parse
from kept.measures.text.letter import Report
from tests.doors.post.mail import letter, raw

HEAD = b"""From: MAILER-DAEMON@mx.borealis.example
To: bo@studio.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 6 May 2024 10:00:00 +0200
Message-ID: <report@mx.borealis.example>
MIME-Version: 1.0
"""
STATUS = """Reporting-MTA: dns; mx.borealis.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>:
    Recipient address rejected
"""
RETURNED = "From: bo@studio.example\nMessage-ID: <poster@studio.example>\nSubject: The poster\n\nHere it is.\n"


def report(*, action="failed", status="5.1.1", returned="message/rfc822", recipient="cleo@borealis.example"):
    said = STATUS.format(action=action, status=status, recipient=recipient)
    parts = (
        "Content-Type: text/plain\n\nI'm sorry to have to inform you.\n",
        f"Content-Type: message/delivery-status\n\n{said}",
        f"Content-Type: {returned}\n\n{RETURNED}",
    )
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    more = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n'
    return parse(letter(body, more=more, head=HEAD)).report


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_letter_the_recipient_and_the_reason(returned):
    assert report(returned=returned) == Report(
        action="failed",
        status="5.1.1",
        recipient="cleo@borealis.example",
        original_id="poster@studio.example",
        diagnostic="550 5.1.1 <cleo@borealis.example>: Recipient address rejected",
    )


@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [
        ("delayed", "4.4.1", "delayed"),
        ("delivered", "2.1.5", "delivered"),
        ("relayed", "2.1.9", "relayed"),
        ("expanded", "2.1.9", "relayed"),
        ("failed (gave up)", "4.4.7", "failed"),
        ("", "2.0.0", "delivered"),
        ("nonsense", "5.0.0", "failed"),
    ],
)
def test_what_became_of_the_letter_is_told(action, status, expected):
    assert report(action=action, status=status).action == expected


def test_of_several_recipients_the_first_that_was_not_reached_is_named():
    reached = STATUS.format(action="delivered", status="2.1.5", recipient="ann@borealis.example").partition("\n\n")[2]
    failed = STATUS.format(action="failed", status="5.2.2", recipient="cleo@borealis.example").partition("\n\n")[2]
    body = f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n{reached}\n{failed}\n--b--\n"
    more = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n'
    found = parse(letter(body, more=more, head=HEAD)).report
    assert (found.recipient, found.status) == ("cleo@borealis.example", "5.2.2")


def test_a_report_written_as_plain_text_is_read_too():
    body = (
        "Hi. This is the mail program at mx.borealis.example.\n\n<cleo@borealis.example>:\n"
        "192.0.2.1 does not like recipient.\nRemote host said: 550 no such user here\nGiving up.\n\n"
        "--- Below this line is a copy of the message.\n\n" + RETURNED
    )
    assert parse(letter(body, head=HEAD)).report == Report(
        action="failed",
        status="5.0.0",
        recipient="cleo@borealis.example",
        original_id="poster@studio.example",
        diagnostic="Remote host said: 550 no such user here",
    )


def test_a_warning_that_mail_is_late_is_no_failure():
    head = HEAD.replace(b"Undelivered Mail Returned to Sender", b"Warning: message delayed 4 hours")
    found = parse(letter("<cleo@borealis.example>: 451 4.7.1 greylisted, will keep trying\n", head=head)).report
    assert (found.action, found.status) == ("delayed", "4.7.1")


def test_a_report_that_only_answers_the_letter_still_finds_it():
    found = parse(letter("Delivery failed.\n", more="In-Reply-To: <poster@studio.example>\n", head=HEAD)).report
    assert found.original_id == "poster@studio.example"


def test_a_letter_from_a_person_is_no_report():
    assert parse(letter("550 5.1.1 is what their server said, can you look?\n")).report is None


@pytest.mark.parametrize(
    ("header", "sign"),
    [
        ("Auto-Submitted: auto-replied", "Auto-Submitted"),
        ("X-Auto-Response-Suppress: All", "X-Auto-Response-Suppress"),
        ("Precedence: Bulk", "Precedence: bulk"),
        ("List-Id: <friends.example>", "List-Id"),
        ("List-Unsubscribe: <mailto:out@friends.example>", "List-Unsubscribe"),
        ("Return-Path: <>", "Return-Path: <>"),
        ("X-Kept-Automatic: acknowledgement", "X-Kept-Automatic"),
        ("X-Autoreply: yes", "X-Autoreply"),
    ],
)
def test_what_forbids_an_automatic_answer_is_named(header, sign):
    assert sign in parse(letter(more=f"{header}\n")).loop_signs


@pytest.mark.parametrize(
    "header",
    ["Auto-Submitted: no", "X-Auto-Response-Suppress: None", "Precedence: first-class", "Return-Path: <a@b.c>"],
)
def test_a_person_who_writes_may_be_answered(header):
    assert parse(letter(more=f"{header}\n")).loop_signs == ()


def test_a_report_and_a_mail_system_are_never_answered():
    assert "a mail system wrote it" in parse(letter("Sorry.\n", head=HEAD)).loop_signs
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n'
    body = "--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n\n--b--\n"
    assert "a delivery report" in parse(letter(body, more=kind)).loop_signs


def test_what_only_reads_like_a_machine_is_not_answered_either():
    source = raw("From: zed@elsewhere.example\nSubject: Automatic reply: The poster\n\nI am away until Monday.\n")
    assert parse(source).loop_signs == ("it reads like a machine's (out-of-office)",)
