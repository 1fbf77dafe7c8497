"""A machine's mail is told from a person's, and a person's is never taken for a machine's."""

import pytest

from kept.measures.text.automatic import Evidence, judge


def _evidence(sender: str = "cleo@borealis.example", *, headers: dict[str, str] | None = None, **known) -> Evidence:
    found = {name.lower(): (value,) for name, value in (headers or {}).items()}
    return Evidence(headers=found, sender=sender, **known)


def _kind(*told, **known):
    verdict = judge(_evidence(*told, **known))
    assert verdict.automatic is (verdict.kind is not None)
    assert verdict.reason.endswith(".")
    return verdict.kind


@pytest.mark.parametrize(
    "evidence",
    [
        _evidence(parts=("multipart/report; delivery-status", "text/plain", "message/delivery-status")),
        _evidence("mailer-daemon@mx.example"),
        _evidence("cleo@b.example", sender_name="Mail Delivery Subsystem"),
        _evidence(headers={"X-Failed-Recipients": "zed@elsewhere.example"}),
        _evidence(subject="Undelivered Mail Returned to Sender"),
        _evidence(subject="Unzustellbar: Das Plakat"),
        _evidence(subject="Échec de la remise : Affiche"),
        _evidence("postmaster@b.example", text="<zed@b.example>: 550 5.1.1 User unknown"),
        _evidence(headers={"Return-Path": "<>"}, text="Your message could not be delivered."),
    ],
)
def test_mail_that_came_back_is_a_bounce(evidence):
    assert judge(evidence).kind == "bounce"


@pytest.mark.parametrize(
    "evidence",
    [
        _evidence(headers={"Auto-Submitted": "auto-replied (vacation)"}),
        _evidence(headers={"X-Autoreply": "yes"}),
        _evidence(headers={"Precedence": "auto_reply"}),
        _evidence(headers={"X-Auto-Response-Suppress": "All"}, text="I am out of the office until Monday."),
        _evidence(subject="Automatic reply: The poster"),
        _evidence(subject="Automatische Antwort: Das Plakat"),
        _evidence(subject="Abwesenheitsnotiz"),
        _evidence(subject="Réponse automatique : L'affiche"),
        _evidence(subject="Respuesta automática: El cartel"),
        _evidence(subject="Automatisch antwoord: De poster"),
        _evidence(subject="Risposta automatica: Il manifesto"),
        _evidence(subject="Resposta automática: O cartaz"),
        _evidence(subject="Out of office: until Monday"),
    ],
)
def test_an_answer_that_a_mailbox_gave_by_itself_is_out_of_office(evidence):
    assert judge(evidence).kind == "out-of-office"


@pytest.mark.parametrize(
    "headers",
    [
        {"List-Unsubscribe": "<https://n.example/u>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        {"List-Unsubscribe": "<mailto:leave@n.example>", "List-Id": "<news.n.example>"},
        {"List-Unsubscribe": "<https://n.example/u>", "X-Campaign": "spring", "Precedence": "list"},
    ],
)
def test_mail_to_readers_who_can_only_leave_is_a_newsletter(headers):
    assert _kind("hello@n.example", headers=headers) == "newsletter"


@pytest.mark.parametrize(
    ("sender", "known"),
    [
        ("no-reply@shop.example", {}),
        ("builds.noreply@ci.example", {}),
        ("nichtantworten@bank.example", {}),
        ("cron@host.example", {}),
        ("lab@host.example", {"sender_name": "test robot"}),
        ("app+60bcc1e0853c7179dfc8@host.example", {}),
        ("root@host.example", {"headers": {"Auto-Submitted": "auto-generated"}}),
        ("root@host.example", {"headers": {"X-Cron-Env": "<SHELL=/bin/sh>"}}),
        (
            "shop@shop.example",
            {"text": "This is an automatically generated message. Please do not reply to this e-mail."},
        ),
        ("bank@bank.example", {"text": "Diese E-Mail wurde automatisch erstellt."}),
        ("any@host.example", {"parts": ("multipart/report; disposition-notification",)}),
        ("any@host.example", {"parts": ("multipart/report; feedback-report",)}),
    ],
)
def test_what_a_program_tells_is_a_report(sender, known):
    assert _kind(sender, **known) == "report"


def test_mail_that_says_it_was_sent_in_bulk_is_bulk():
    assert _kind("offers@n.example", headers={"Precedence": "bulk"}) == "bulk"


LIST = {"List-Id": "<friends.lists.example>", "Precedence": "list", "List-Unsubscribe": "<mailto:leave@lists.example>"}


@pytest.mark.parametrize(
    "evidence",
    [
        _evidence(text="The poster is fine."),
        _evidence(headers=LIST),
        _evidence(headers={**LIST, "List-Post": "<mailto:friends@lists.example>", "List-Unsubscribe-Post": "x"}),
        _evidence(headers={"Precedence": "bulk", "X-Mailman-Version": "2.1"}),
        _evidence(headers={"Precedence": "bulk", "Sender": "owner-friends@lists.example"}),
        _evidence(headers={"Feedback-ID": "1:user:mailhouse"}),
        _evidence(headers={"Auto-Submitted": "no"}),
        _evidence(headers={"List-Unsubscribe": "<https://crm.example/u>", "In-Reply-To": "<one@studio.example>"}),
        _evidence("cleo-robot@b.example", sender_name="Cleo", headers={"In-Reply-To": "<one@studio.example>"}),
        _evidence("cleo@newsletter.b.example", sender_name="Cleo Talbot"),
        _evidence("bugreports@b.example", sender_name="Bug Reports"),
        _evidence("postmaster@b.example", text="I am the new administrator, can we talk?"),
        _evidence(subject="Re: Undelivered Mail Returned to Sender", text="Did you see this?"),
        _evidence(subject="Fwd: Automatic reply: The poster", text="She is away."),
        _evidence(subject="Out of office chairs", text="Could you order more?"),
        _evidence(subject="Delivery of the posters on Friday", text="Is that possible?"),
        _evidence("noreply@studio.example", reply_to=("cleo@borealis.example",), subject="Contact form"),
    ],
)
def test_a_persons_mail_is_a_persons_mail(evidence):
    verdict = judge(evidence)
    assert (verdict.kind, verdict.reason) == (None, "Nothing says that a machine wrote it.")


def test_a_shop_that_names_its_own_address_for_answers_is_still_a_machine():
    assert _kind("noreply@shop.example", reply_to=("help@shop.example",)) == "report"
