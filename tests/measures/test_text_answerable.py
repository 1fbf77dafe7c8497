"""A machine of ours answers people alone, and nobody too often: two machines never write to each other all night."""

import pytest

from kept.measures.text.answerable import OWN_MARK, Sign, may_answer_automatically, signs_of
from kept.measures.text.automatic import Evidence

OURS = {"hello@studio.example", "ada@studio.example"}


def letter(sender: str = "cleo@borealis.example", *, parts: tuple[str, ...] = (), **headers: str) -> Evidence:
    named = {name.replace("_", "-"): (value,) for name, value in headers.items()}
    return Evidence(headers=named, sender=sender, subject="The poster", text="Is it done?", parts=parts)


@pytest.mark.parametrize(
    ("evidence", "sign"),
    [
        (letter(auto_submitted="auto-replied"), Sign.SUBMITTED),
        (letter(auto_submitted="Auto-Generated; rule=7"), Sign.SUBMITTED),
        (letter(x_auto_response_suppress="All"), Sign.SUPPRESS),
        (letter(x_auto_response_suppress="DR, OOF, AutoReply"), Sign.SUPPRESS),
        (letter(precedence="bulk"), Sign.PRECEDENCE),
        (letter(precedence="List"), Sign.PRECEDENCE),
        (letter(precedence="junk"), Sign.PRECEDENCE),
        (letter(list_id="<friends.borealis.example>"), Sign.LIST),
        (letter(list_unsubscribe="<mailto:leave@borealis.example>"), Sign.LIST),
        (letter(list_post="<mailto:friends@borealis.example>"), Sign.LIST),
        (letter(return_path="<>"), Sign.EMPTY_RETURN),
        (letter(return_path=" <> "), Sign.EMPTY_RETURN),
        (letter(parts=("multipart/report; delivery-status",)), Sign.REPORT),
        (letter(parts=("multipart/mixed", "message/delivery-status")), Sign.REPORT),
        (letter(parts=("multipart/report; disposition-notification",)), Sign.REPORT),
        (letter(x_failed_recipients="zed@stranger.example"), Sign.REPORT),
        (letter(**{OWN_MARK: "yes"}), Sign.OWN_MARK),
        (letter("no-reply@borealis.example"), Sign.NO_REPLY),
        (letter("ne-pas-repondre@borealis.example"), Sign.NO_REPLY),
        (letter("MAILER-DAEMON@borealis.example"), Sign.NO_REPLY),
        (letter("postmaster@borealis.example"), Sign.NO_REPLY),
        (letter("friends-request@borealis.example"), Sign.NO_REPLY),
        (letter(x_autoreply="yes"), Sign.MACHINE),
        (letter(""), Sign.NOBODY),
        (letter("Ada@Studio.example"), Sign.OURSELVES),
    ],
)
def test_every_sign_alone_keeps_the_machine_silent(evidence: Evidence, sign: Sign) -> None:
    assert sign in signs_of(evidence, ours=OURS)
    verdict = may_answer_automatically({sign}, sent_today=0, most=3)
    assert not verdict.yes
    assert verdict.why.startswith("No automatic answer: ")
    assert verdict.why.endswith(".")


@pytest.mark.parametrize(
    "evidence",
    [
        letter(),
        letter(auto_submitted="no"),
        letter(auto_submitted="No; by hand"),
        letter(x_auto_response_suppress="DR, RN, NRN"),
        letter(x_auto_response_suppress="None"),
        letter(precedence="normal"),
        letter(return_path="<cleo@borealis.example>"),
        letter(parts=("multipart/mixed", "text/plain")),
        letter("norepline@borealis.example"),
    ],
)
def test_a_persons_letter_may_be_answered(evidence: Evidence) -> None:
    signs = signs_of(evidence, ours=OURS, addressed=["Hello@studio.example", "zed@stranger.example"])
    assert signs == frozenset()
    assert may_answer_automatically(signs, sent_today=0, most=1).yes


def test_a_letter_that_does_not_name_us_is_not_answered() -> None:
    assert signs_of(letter(), ours=OURS, addressed=["zed@stranger.example"]) == {Sign.NOT_TO_US}
    assert signs_of(letter(), ours=OURS, addressed=[]) == {Sign.NOT_TO_US}
    assert signs_of(letter(), ours=OURS) == frozenset()


def test_a_form_that_names_a_person_to_answer_may_be_answered() -> None:
    form = Evidence(headers={}, sender="no-reply@site.example", reply_to=("cleo@borealis.example",))
    assert signs_of(form) == frozenset()
    back = Evidence(headers={}, sender="cleo@borealis.example", reply_to=("noreply@borealis.example",))
    assert Sign.NO_REPLY in signs_of(back)


@pytest.mark.parametrize(
    ("sent_today", "most", "yes"), [(0, 1, True), (1, 1, False), (2, 3, True), (9, 3, False), (0, 0, False)]
)
def test_an_address_gets_so_many_a_day_and_no_more(sent_today: int, most: int, yes: bool) -> None:
    assert may_answer_automatically((), sent_today=sent_today, most=most).yes is yes


def test_the_reason_is_a_sentence_and_the_surest_sign_is_told() -> None:
    full = may_answer_automatically((), sent_today=2, most=2)
    assert full.why == (
        "No automatic answer: this address had two automatic letters today, and two letters a day is the most."
    )
    both = may_answer_automatically([Sign.MACHINE, Sign.OWN_MARK], sent_today=9, most=2)
    assert both.why == "No automatic answer: it carries our own mark, so an automatic letter of ours has come back."
    assert may_answer_automatically((), sent_today=0, most=0).why == "No automatic answer: they are switched off."


def test_two_machines_that_know_no_rule_stop_after_the_most() -> None:
    sent = 0
    for _ in range(1000):
        if may_answer_automatically(signs_of(letter()), sent_today=sent, most=3).yes:
            sent += 1
    assert sent == 3
