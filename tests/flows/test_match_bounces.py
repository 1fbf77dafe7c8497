"""Delivery reports find the letter they speak of, once, and its author is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kept.flows.receive_mail import Incoming
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.undelivered import Undelivered
from kept.ledgers.letters import deciding, trying, verbs
from kept.ledgers.letters.models import Bounce, Form, Letter
from kept.ledgers.team.models import Member
from kept.readings.bounced import Fate, bounced
from kept.readings.calendars import offices
from kept.readings.replies import reply_summaries
from kept.readings.waiting import waiting
from tests.cast import NOW, Studio, london, wrote
from tests.flows.post import letter as mail
from tests.flows.post import received
from tests.ledgers.telling import told

NILS = "nils@borealis.example"
WENT = NOW + timedelta(seconds=20)


def gone(s: Studio, *, by: Member | None = None, to: str = NILS, at: Any = WENT) -> Letter:
    """A letter that a server took."""
    by = by or s.bo
    row = verbs.begin(form=Form.NEW, by=by, at=NOW, client=s.borealis, to=[("", to)], subject="Plan", words="Hello.")
    verbs.send_off(row, by=by, at=NOW)
    one = trying.begin(row.pk, at=WENT, lease=timedelta(minutes=2))
    assert one is not None
    trying.accept(one, refused=[], at=at)
    row.refresh_from_db()
    return row


def report(of: str = "", *, action: str = "failed", to: str = NILS, original: str = "", at: Any = WENT) -> Incoming:
    """A delivery report as mail systems write it; `original`: header lines of the letter it returns."""
    border = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\nMIME-Version: 1.0'
    status = "5.1.1" if action == "failed" else "4.4.1"
    head = f"Message-ID: <{of}>\n" if of else ""
    text = "\n".join([
        "--b", "", "Your letter did not arrive.", "",
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mail.borealis.example", "",
        f"Final-Recipient: rfc822; {to}", f"Action: {action}", f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 No such person", "",
        "--b", "Content-Type: text/rfc822-headers", "", f"{head}{original}Subject: Plan", "", "--b--", "",
    ])  # fmt: skip
    return mail("mailer-daemon@mail.borealis.example", at=at, subject="Undelivered", text=text, more=border)


def test_a_report_finds_its_letter_by_the_letters_id(studio: Studio) -> None:
    row = gone(studio)
    gone(studio)
    with told("letters.bounce"):
        received(report(row.mail_id))
    bounce = Bounce.objects.get(letter=row)
    assert (bounce.email, bounce.status, bounce.said) == (NILS, "5.1.1", "550 5.1.1 No such person")
    assert bounce.report
    assert bounce.report.automatic == "bounce"


def test_a_report_finds_its_letter_by_our_own_mark(studio: Studio) -> None:
    row = gone(studio)
    # a server further on gave it another id
    received(report("changed@mail.example", original=f"X-Kept-Letter: {row.mail_id}\n"))
    assert Bounce.objects.get().letter == row


def test_a_report_that_names_no_letter_finds_the_last_one_to_that_address(studio: Studio) -> None:
    gone(studio)
    row = gone(studio, at=WENT + timedelta(seconds=1))
    gone(studio, to="cleo@borealis.example", at=WENT + timedelta(seconds=2))
    received(report(at=WENT + timedelta(hours=1)))
    assert Bounce.objects.get().letter == row


def test_a_report_of_somebody_elses_letter_is_nobodys(studio: Studio) -> None:
    gone(studio)
    received(report("foreign@mail.example"), report(to="zed@stranger.example"), report(at=WENT + timedelta(days=7)))
    assert not Bounce.objects.exists()


def test_the_same_told_twice_is_told_once_and_a_delay_is_another_thing(studio: Studio) -> None:
    row = gone(studio)
    received(report(row.mail_id, action="delayed"), report(row.mail_id), report(row.mail_id))
    assert [bounce.for_good for bounce in row.bounces.order_by("for_good")] == [False, True]


def test_what_was_delivered_is_no_trouble(studio: Studio) -> None:
    row = gone(studio)
    received(report(row.mail_id, action="delivered"))
    assert not Bounce.objects.exists()


class TestTellingTheAuthor:
    def test_only_the_author_is_told_until_they_have_seen_it(self, studio: Studio) -> None:
        row = gone(studio)
        received(report(row.mail_id))
        (found,) = bounced(studio.bo, at=NOW)
        assert (found.letter, found.fate, found.whom) == (row, Fate.BOUNCED, (NILS,))
        assert found.said == "550 5.1.1 No such person"
        assert bounced(studio.ada, at=NOW) == []
        with pytest.raises(verbs.NotYours):
            deciding.seen(found.bounces[0], by=studio.kit, at=NOW)
        with told("letters.seen"):
            for _ in range(2):
                deciding.seen(found.bounces[0], by=studio.bo, at=NOW)
        assert bounced(studio.bo, at=NOW) == []
        with told("letters.unseen"):
            for _ in range(2):
                deciding.unseen(found.bounces[0], by=studio.bo, at=NOW)
        assert len(bounced(studio.bo, at=NOW)) == 1

    def test_every_fate_is_told_the_worst_first(self, studio: Studio) -> None:
        facts: list[dict[str, Any]] = [
            {"accepted_at": None},
            {"accepted_at": None, "refused_at": WENT, "trouble": "550 No"},
            {"accepted_at": None, "data_began_at": WENT},
            {},
        ]
        rows = [gone(studio) for _ in facts]
        for row, fact in zip(rows, facts, strict=True):
            Letter.objects.filter(pk=row.pk).update(**fact)
        received(report(rows[3].mail_id, action="delayed"))
        found = bounced(studio.bo, at=NOW + timedelta(hours=2))
        assert [one.fate for one in found] == [Fate.REFUSED, Fate.UNCERTAIN, Fate.DELAYED, Fate.DELAYED]
        # a letter that simply waits a few minutes is no news
        soon = bounced(studio.bo, at=NOW + timedelta(minutes=5))
        assert [one.fate for one in soon] == [Fate.REFUSED, Fate.UNCERTAIN, Fate.DELAYED]

    def test_a_letter_its_author_gave_up_is_no_news(self, studio: Studio) -> None:
        row = verbs.begin(form=Form.NEW, by=studio.bo, at=NOW, to=[("", NILS)], words="Hello.")
        verbs.send_off(row, by=studio.bo, at=NOW)
        with told("letters.give_up", "letters.try_now"):
            for verb in (deciding.give_up, deciding.give_up, deciding.try_now, deciding.try_now):
                verb(row, by=studio.bo, at=london(20, "11:00"))
                if row.refused_at:
                    assert bounced(studio.bo, at=london(21)) == []
        assert row.go_at == london(20, "11:00")

    def test_a_refused_letter_is_news_until_its_author_deals_with_it_and_again_when_it_is_refused_anew(
        self, studio: Studio
    ) -> None:
        row = gone(studio)
        refused = {"accepted_at": None, "refused_at": WENT, "trouble": "550 No"}
        Letter.objects.filter(pk=row.pk).update(**refused)
        with pytest.raises(verbs.NotYours):
            deciding.see_refusal(row, by=studio.kit, at=NOW)
        with told("letters.see_refusal", "letters.unsee_refusal"):
            for verb, news in ((deciding.see_refusal, 0), (deciding.unsee_refusal, 1)):
                for _ in range(2):
                    verb(row, by=studio.bo, at=NOW)
                    assert len(bounced(studio.bo, at=london(20, "12:00"))) == news
        deciding.see_refusal(row, by=studio.bo, at=NOW)
        deciding.try_now(row, by=studio.bo, at=NOW)
        with pytest.raises(verbs.TooLate):
            deciding.see_refusal(row, by=studio.bo, at=NOW)
        Letter.objects.filter(pk=row.pk).update(**refused)
        assert len(bounced(studio.bo, at=london(20, "12:00"))) == 1

    @pytest.mark.parametrize("history", [1, 6])
    def test_two_queries_whatever_the_history(
        self, studio: Studio, history: int, django_assert_num_queries: Any
    ) -> None:
        for _ in range(history):
            received(report(gone(studio).mail_id))
        with django_assert_num_queries(2):
            found = bounced(studio.bo, at=NOW)
            assert len([one.letter.client for one in found]) == history


class TestAnAnswerThatCameBack:
    """What did not reach whoever asked is no answer, from the day on which we know."""

    ASKED, TOLD = NOW - timedelta(hours=3), WENT + timedelta(hours=1)

    def answered(self, s: Studio, *, to: str = "cleo@borealis.example", cc: str = "") -> Letter:
        """Bo's answer to Cleo's question, gone and kept as a message."""
        asked = wrote(s.borealis, by=s.cleo, at=self.ASKED)
        people = [["", one] for one in (to, cc) if one]
        row = verbs.begin(form=Form.REPLY, by=s.bo, at=NOW, answers=asked, to=people, words="Here they are.")
        verbs.send_off(row, by=s.bo, at=NOW)
        one = trying.begin(row.pk, at=WENT, lease=timedelta(minutes=2))
        assert one is not None
        trying.accept(one, refused=[], at=WENT)
        row.message = wrote(s.borealis, by=s.bo, at=WENT, conversation=asked.conversation)
        row.save(update_fields=["message"])
        return row

    def waits(self, s: Studio, at: Any, *, replay: bool = False) -> bool:
        places = offices()
        replies = reply_summaries([s.borealis], at=at, offices=places)[s.borealis.pk]
        listed = bool(waiting(s.bo, at=at, offices=places, replay=replay))
        assert bool(replies.waiting) == listed
        return listed

    def test_the_question_is_open_again(self, studio: Studio) -> None:
        row = self.answered(studio)
        assert not self.waits(studio, self.TOLD)
        with told("letters.bounce", "conversations.come_back"):
            received(report(row.mail_id, to="cleo@borealis.example", at=self.TOLD))
        assert self.waits(studio, self.TOLD + timedelta(minutes=1))
        assert settling.untrue() == []

    def test_a_past_moment_stays_what_it_was(self, studio: Studio) -> None:
        row = self.answered(studio)
        received(report(row.mail_id, to="cleo@borealis.example", at=self.TOLD))
        places = offices()
        before, after = self.TOLD - timedelta(minutes=1), self.TOLD + timedelta(minutes=1)
        assert waiting(studio.bo, at=before, offices=places, replay=True) == []
        assert not reply_summaries([studio.borealis], at=before, offices=places)[studio.borealis.pk].waiting
        assert self.waits(studio, after, replay=True)

    def test_only_when_it_did_not_reach_who_asked(self, studio: Studio) -> None:
        row = self.answered(studio, cc=NILS)
        received(report(row.mail_id, to=NILS, at=self.TOLD))
        assert not self.waits(studio, self.TOLD + timedelta(minutes=1))
        received(report(row.mail_id, to="cleo@borealis.example", at=self.TOLD))
        assert self.waits(studio, self.TOLD + timedelta(minutes=1))

    def test_a_delay_changes_nothing(self, studio: Studio) -> None:
        row = self.answered(studio)
        received(report(row.mail_id, to="cleo@borealis.example", action="delayed", at=self.TOLD))
        assert not self.waits(studio, self.TOLD + timedelta(minutes=1))

    def test_its_author_may_say_that_they_have_it(self, studio: Studio, client: Client) -> None:
        row = self.answered(studio)
        received(report(row.mail_id, to="cleo@borealis.example", at=self.TOLD))
        client.force_login(studio.bo, backend="allauth.account.auth_backends.AuthenticationBackend")
        here = reverse("desk:letter_reached", args=[row.pk])
        assert client.post(here).status_code == 303
        assert client.post(here).status_code == 303
        assert not self.waits(studio, self.TOLD + timedelta(minutes=1))
        assert client.delete(here).status_code == 303
        assert Undelivered.objects.get().said == "cleo@borealis.example"
