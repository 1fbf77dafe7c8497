"""Writing: an answer is begun and kept at every pause, sent and called back, and is its writer's alone until then."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django_tasks_db.models import DBTaskResult

from kept.doors.post import sending_tasks
from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations.models import Message
from kept.ledgers.letters import skeletons, verbs
from kept.ledgers.letters.models import Bounce, Form, Letter
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.team.models import Member
from tests.acting import wrote
from tests.doors.desk.visiting import HOSTILE, main, page, signed_in
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture(autouse=True)
def _shared_mailbox(studio: Studio) -> Mailbox:
    """The studio's mailbox, which can send."""
    return Mailbox.objects.create(
        address="studio@larkfield.example", host="imap.larkfield.example", username="studio", secret="s",
        smtp_host="smtp.larkfield.example", quiet_before=NOW, added_at=NOW,
    )  # fmt: skip


@pytest.fixture
def asked(studio: Studio) -> Message:
    """Cleo wrote this morning."""
    return wrote(
        studio.borealis, by=studio.cleo, at=london(20, "08:10"), subject="The launch", text="Could we move it?"
    )


@pytest.fixture
def bos(client: Browser, bo: Member) -> Browser:
    return signed_in(client, bo)


def here(message: Message, more: str = "") -> str:
    return f"/inbox/{message.conversation_id}/{more}"


def answer(browser: Browser, message: Message, **typed: Any) -> Any:
    """Post the composer of the conversation's page, as the browser would."""
    words = {"form": "reply", "message": message.pk, "words": "", "next": here(message), **typed}
    return browser.post(here(message, "letters/"), words)


def draft(browser: Browser, message: Message, **typed: Any) -> Letter:
    """A draft that is kept."""
    assert answer(browser, message, then="keep", **typed).status_code == 303
    return Letter.objects.drafts().latest("pk")


def foot(browser: Browser) -> dict[str, Any]:
    line: dict[str, Any] = browser.session["kept.undo"]
    return line


# ------------------------------------------------------------ kept


def test_the_page_offers_an_answer_and_keeps_nothing_before_a_word_is_typed(bos: Browser, asked: Message) -> None:
    text = main(bos, here(asked))
    assert "To Cleo, from you" in text
    assert 'value="Cleo North &lt;cleo@borealis.example&gt;"' in text
    assert 'value="Re: The launch"' in text
    assert not Letter.objects.exists()


def test_a_pause_keeps_the_draft_and_says_when(bos: Browser, asked: Message) -> None:
    told = answer(bos, asked, words="Let me see.", then="quietly")
    assert "Kept 09:40" in told.content.decode()
    assert "<html" not in told.content.decode()
    answer(bos, asked, words="Let me see tomorrow.", then="quietly")
    letter = Letter.objects.get()
    assert (letter.words, letter.to) == ("Let me see tomorrow.", [["Cleo North", "cleo@borealis.example"]])


def test_a_draft_is_there_again_after_a_reload_and_on_another_device(bos: Browser, bo: Member, asked: Message) -> None:
    draft(bos, asked, words="Half a thought")
    elsewhere = signed_in(Browser(), bo)
    for browser in (bos, elsewhere):
        assert "Half a thought" in main(browser, here(asked))


def test_nobody_else_sees_a_draft(bos: Browser, asked: Message, ada: Member) -> None:
    letter = draft(bos, asked, words="Half a thought")
    adas = signed_in(Browser(), ada)
    for address in (here(asked), "/letters/"):
        assert "Half a thought" not in page(adas, address)
    assert adas.get(f"/letters/{letter.pk}/").status_code == 404
    assert adas.post(f"/letters/{letter.pk}/", {"words": "Mine now", "then": "quietly"}).status_code == 404
    letter.refresh_from_db()
    assert letter.words == "Half a thought"


def test_half_typed_receivers_are_kept_as_typed(bos: Browser, asked: Message) -> None:
    letter = draft(bos, asked, to="Cleo North <cleo@borealis.example>, zed@", cc="kit@larkfield.example")
    assert letter.to == [["Cleo North", "cleo@borealis.example"], ["", "zed@"]]
    assert letter.cc == [["", "kit@larkfield.example"]]


def test_receivers_that_nobody_touched_are_those_the_mail_asked_for(bos: Browser, asked: Message) -> None:
    shown = "Cleo North <cleo@borealis.example>"
    Message.objects.filter(pk=asked.pk).update(sender_email="cleo@borealis.example")
    letter = draft(bos, asked, to=shown, to_was=shown, words="Yes.")
    assert letter.to == [["Cleo North", "cleo@borealis.example"]]


def test_reply_to_all_and_forward_open_a_draft_of_their_own(bos: Browser, asked: Message) -> None:
    Message.objects.filter(pk=asked.pk).update(cc=[["Zed", "zed@stranger.example"]])
    for form in ("reply_all", "forward"):
        began = bos.post(here(asked, "letters/"), {"form": form, "message": asked.pk})
        letter = Letter.objects.latest("pk")
        assert began["Location"] == here(asked, f"?letter={letter.pk}#words")
        assert letter.form == form
    everybody, onward = Letter.objects.order_by("pk")
    assert [email for _, email in everybody.to + everybody.cc] == ["cleo@borealis.example", "zed@stranger.example"]
    assert onward.to == []
    assert "You have begun another here" in main(bos, here(asked, f"?letter={onward.pk}"))


def test_a_message_of_another_conversation_is_not_answered_here(bos: Browser, asked: Message, studio: Studio) -> None:
    other = wrote(studio.cassini, by=studio.cora, at=NOW)
    assert bos.post(here(asked, "letters/"), {"form": "reply", "message": other.pk}).status_code == 404
    assert bos.post(here(asked, "letters/"), {"form": "new", "message": asked.pk}).status_code == 404


# ------------------------------------------------------------ sent


def test_a_letter_is_sent_and_within_ten_seconds_called_back_whole(bos: Browser, asked: Message) -> None:
    sent = answer(bos, asked, words="The 9th can work.", then="send")
    line, letter = foot(bos), Letter.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, here(asked, f"#letter-{letter.pk}"))
    assert f'id="letter-{letter.pk}"' in main(bos, here(asked))
    assert (line["said"], line["seconds"]) == ("On its way to Cleo.", 10)
    assert letter.go_at is not None
    assert "goes in a few seconds" in main(bos, here(asked))
    back = bos.post(line["url"], {"undo": "1"}, follow=True)
    assert "The 9th can work." in back.content.decode()
    assert Letter.objects.drafts().get().pk == letter.pk
    bos.post(line["url"], {"undo": "1"})
    assert Letter.objects.drafts().count() == 1


def test_the_worker_looks_the_moment_a_letter_may_go(bos: Browser, asked: Message) -> None:
    answer(bos, asked, words="The 9th can work.", then="send")
    job = DBTaskResult.objects.get()
    assert (job.task.func, job.queue_name) == (sending_tasks.send_due.func, "letters")
    assert job.run_after == Letter.objects.get().go_at == NOW + timedelta(seconds=10)


def test_a_letter_with_hours_to_wait_is_found_by_the_rounds_of_the_worker(bos: Browser, asked: Message) -> None:
    answer(bos, asked, words="The 9th can work.", then="later", go_day="2026-10-21", go_time="09:30")
    assert Letter.objects.get().go_at == london(21, "09:30")
    assert not DBTaskResult.objects.exists()


def test_what_is_tried_again_is_tried_at_once(bos: Browser, asked: Message) -> None:
    answer(bos, asked, words="Yes.", then="send")
    DBTaskResult.objects.all().delete()
    Letter.objects.update(refused_at=NOW, trouble="No such mailbox.")
    bos.post(f"/letters/{Letter.objects.get().pk}/trying/")
    assert DBTaskResult.objects.get().run_after == NOW


def test_a_letter_that_nobody_would_get_stays_and_says_what_is_missing(bos: Browser, asked: Message) -> None:
    refused = answer(bos, asked, words="", then="send")
    assert refused.status_code == 422
    assert "Nothing is written yet" in refused.content.decode()
    unread = answer(bos, asked, words="Dear Zed", to="zed@", then="send")
    assert "“zed@” can’t be read as an address" in unread.content.decode()
    assert "Dear Zed" in unread.content.decode()


def test_a_letter_may_wait_for_its_day(bos: Browser, asked: Message) -> None:
    answer(bos, asked, words="Tomorrow, then.", then="later", go_day="2026-10-21", go_time="08:30")
    letter = Letter.objects.get()
    assert letter.go_at == london(21, "08:30")
    assert foot(bos)["said"] == "It goes to Cleo tomorrow, 08:30."
    assert "goes tomorrow, 08:30" in main(bos, here(asked))


def test_a_day_without_a_time_is_as_the_office_opens_and_a_past_one_is_refused(bos: Browser, asked: Message) -> None:
    past = answer(bos, asked, words="Yes", then="later", go_day="2026-10-19", go_time="08:30")
    assert past.status_code == 422
    assert "That moment has passed" in past.content.decode()
    nonsense = answer(bos, asked, words="Yes", then="later", go_day="the 9th")
    assert nonsense.status_code == 422
    answer(bos, asked, words="Yes", then="later", go_day="2026-10-24")  # a Saturday
    assert Letter.objects.get().go_at == london(26, "09:00")


def test_it_can_come_back_if_nobody_answers(bos: Browser, asked: Message) -> None:
    answer(bos, asked, words="What do you think?", then="send", follow_day="2026-10-27")
    assert Letter.objects.get().follow_up_at == london(27, "09:00")
    assert foot(bos)["said"].endswith("It comes back on Tue 27 Oct if nobody answers.")


def test_twice_sent_is_once(bos: Browser, asked: Message) -> None:
    letter = draft(bos, asked, words="Yes.")
    for _ in range(2):
        bos.post(f"/letters/{letter.pk}/", {"words": "Yes.", "then": "send", "next": here(asked)})
    assert Letter.objects.count() == 1


# ------------------------------------------------------------ two at once


def test_an_answer_of_a_colleague_holds_the_second_one_back(bos: Browser, asked: Message, studio: Studio) -> None:
    draft(bos, asked, words="My answer")
    wrote(studio.borealis, by=studio.ada, at=NOW, conversation=asked.conversation, text="It is settled: the 9th.")
    held = answer(bos, asked, words="My answer", then="send")
    text = held.content.decode()
    assert held.status_code == 422
    assert "Ada has answered meanwhile." in text
    assert "It is settled: the 9th." in text
    assert "My answer" in text
    assert "Send it anyway" not in text
    letter = Letter.objects.get()
    bos.post(f"/letters/{letter.pk}/", {"words": "My answer", "then": "read", "next": here(asked)})
    assert answer(bos, asked, words="My answer", then="send").status_code == 303


def test_what_they_wrote_meanwhile_is_shown_and_may_be_answered_anyway(
    bos: Browser, asked: Message, studio: Studio
) -> None:
    draft(bos, asked, words="My answer")
    wrote(studio.borealis, by=studio.cleo, at=NOW, conversation=asked.conversation, text="One more thing.")
    held = answer(bos, asked, words="My answer", then="send").content.decode()
    assert "Cleo has written again meanwhile." in held
    assert "Send it anyway" in held
    assert answer(bos, asked, words="My answer", then="anyway").status_code == 303
    assert Letter.objects.under_way().count() == 1


# ------------------------------------------------------------ thrown away, files, skeletons


def test_a_draft_is_thrown_away_with_its_last_words_and_picked_up_again(bos: Browser, asked: Message) -> None:
    letter = draft(bos, asked, words="Half")
    bos.post(f"/letters/{letter.pk}/dropped/", {"words": "Half a thought"})
    undo = foot(bos)["url"]
    assert not Letter.objects.drafts().exists()
    assert "Half a thought" not in main(bos, here(asked))
    bos.post(undo, {"undo": "1"})
    assert Letter.objects.drafts().get().words == "Half a thought"


def test_files_go_along_and_are_taken_out(bos: Browser, asked: Message) -> None:
    plan = SimpleUploadedFile("../../plan <b>.pdf", b"%PDF" * 300, content_type="application/pdf")
    letter = draft(bos, asked, words="Here", files=[plan])
    file = letter.files.get()
    text = main(bos, here(asked))
    assert "plan &lt;b&gt;.pdf" in text
    assert "1 KB" in text
    bos.post(f"/letters/{letter.pk}/", {"words": "Here", "detach": file.pk, "next": here(asked)})
    assert not letter.files.exists()


def test_a_file_no_server_would_take_is_refused_and_the_words_are_kept(
    bos: Browser, asked: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.ledgers.letters.enclosing.MOST_BYTES", 100)
    monkeypatch.setattr("kept.doors.desk.letters_sending.MOST_BYTES", 100)
    film = SimpleUploadedFile("film.mov", b"x" * 500)
    refused = answer(bos, asked, words="See the film", files=[film], then="send")
    assert refused.status_code == 422
    assert "“film.mov” was not added" in refused.content.decode()
    assert Letter.objects.get().words == "See the film"


def test_a_skeleton_begins_a_letter_that_goes_only_once_it_is_filled(bos: Browser, bo: Member, asked: Message) -> None:
    bones = skeletons.make(name="A date moved", words="It moves to [the new day].", by=bo, at=NOW)
    assert "A date moved" in main(bos, here(asked, "?begin=1"))
    answer(bos, asked, words="Hi Cleo,", skeleton=bones.pk)
    letter = Letter.objects.get()
    assert letter.words == "Hi Cleo,\n\nIt moves to [the new day]."
    assert "<mark>[the new day]</mark>" in main(bos, here(asked))
    refused = answer(bos, asked, words=letter.words, then="send")
    assert "[the new day] still to be filled in" in refused.content.decode()
    assert answer(bos, asked, words="It moves to Friday.", then="send").status_code == 303


# ------------------------------------------------------------ noticed


def test_a_line_from_everybodys_letters_is_noticed_for_its_writer_and_holds_nothing_back(
    bos: Browser, asked: Message
) -> None:
    told = answer(bos, asked, words="I hope this email finds you well.", then="quietly").content.decode()
    assert "A line from everybody’s letters" in told
    assert answer(bos, asked, words="I hope this email finds you well.", then="send").status_code == 303


# ------------------------------------------------------------ hostile, cheap, signed out


def test_nothing_hostile_in_a_letter_is_more_than_text(bos: Browser, asked: Message) -> None:
    letter = draft(
        bos, asked, words=f"</textarea>{HOSTILE} [{HOSTILE}]", subject=HOSTILE, to=f'"{HOSTILE}" <x@y.example>'
    )
    text = main(bos, here(asked))
    assert "<script>alert" not in text
    assert "&lt;/textarea&gt;" in text
    told = bos.get(f"/letters/{letter.pk}/told/").content.decode()
    assert "<script>alert" not in told
    verbs.send_off(Letter.objects.get(), by=letter.by, at=NOW) if not skeletons.blanks(letter.words) else None
    for address in (here(asked), "/letters/"):
        assert "<script>alert" not in page(bos, address)


def test_an_address_cannot_carry_a_header_along(bos: Browser, asked: Message) -> None:
    steering = "cleo@borealis.example\r\nBcc: x@y.example"
    letter = draft(bos, asked, subject="Hello\r\nBcc: all@borealis.example", to=steering)
    assert "\n" not in letter.subject
    assert all("\n" not in part and "\r" not in part for pair in letter.to for part in pair)


@pytest.mark.parametrize("drafts", [1, 30])
def test_the_page_of_letters_costs_the_same_however_many(
    bos: Browser, bo: Member, studio: Studio, drafts: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(drafts):
        verbs.begin(form=Form.NEW, by=bo, at=NOW, client=studio.borealis, subject=f"Letter {number}", words="Hello")
    with django_assert_max_num_queries(14):
        assert f"Letter {drafts - 1}" in page(bos, "/letters/")


def test_a_letter_kept_meanwhile_elsewhere_is_not_written_over_once_it_went(
    bos: Browser, bo: Member, asked: Message
) -> None:
    letter = draft(bos, asked, words="Yes.")
    verbs.send_off(letter, by=bo, at=NOW)
    late = bos.post(f"/letters/{letter.pk}/", {"words": "No!", "then": "quietly"})
    assert late.status_code == 409
    assert "sent off" in late.content.decode()
    letter.refresh_from_db()
    assert letter.words == "Yes."


def test_signed_out_one_is_sent_to_the_door(client: Browser, asked: Message) -> None:
    for address in ("/letters/", "/letters/new/", "/letters/1/", here(asked, "letters/")):
        assert client.post(address)["Location"].startswith("/account/login/")


def test_a_letter_is_held_until_they_like_to_be_written_to_unless_one_insists(
    bos: Browser, bo: Member, asked: Message, studio: Studio
) -> None:
    clients.agree(studio.cleo, on=NOW.date(), by=bo, at=NOW, no_go_hours="Never before 11")
    held = answer(bos, asked, words="Yes.", then="send")
    assert held.status_code == 422
    assert "Cleo asked for this: “" in held.content.decode()
    assert "Send it 11:00" in held.content.decode()
    answer(bos, asked, words="Yes.", then="held")
    letter = Letter.objects.get()
    assert letter.go_at == london(20, "11:00")
    verbs.call_back(letter, by=bo, at=NOW)
    answer(bos, asked, words="Yes.", then="now")
    letter.refresh_from_db()
    assert letter.go_at == NOW + verbs.TO_UNDO


def test_the_day_it_comes_back_is_suggested_by_how_they_answer(bos: Browser, asked: Message) -> None:
    letter = draft(bos, asked, words="What do you think?")
    told = bos.get(f"/letters/{letter.pk}/told/").content.decode()
    assert 'data-day="2026-10-23"' in told
    assert "That would be Friday 23 October." in told


def test_a_new_letter_is_begun_from_a_contact_and_belongs_to_their_client(
    bos: Browser, asked: Message, studio: Studio
) -> None:
    ask = main(bos, f"/letters/new/?contact={studio.cleo.pk}")
    assert "What would Cleo be glad to read?" in ask
    assert "Cleo North &lt;cleo@borealis.example&gt;" in ask
    began = bos.post("/letters/new/", {"to": "Cleo North <cleo@borealis.example>", "subject": "The museum"})
    letter = Letter.objects.get()
    assert began["Location"] == f"/letters/{letter.pk}/"
    assert letter.client == studio.borealis
    text = main(bos, f"/letters/{letter.pk}/")
    assert "A letter to Cleo." in text
    assert 'href="/letters/"' in text


def test_a_sent_letter_of_no_conversation_is_what_one_lands_on(bos: Browser, asked: Message) -> None:
    bos.post("/letters/new/", {"to": "Cleo North <cleo@borealis.example>", "subject": "The museum"})
    letter = Letter.objects.get()
    typed = {"to": "cleo@borealis.example", "subject": "The museum", "words": "It is open.", "then": "send"}
    assert bos.post(f"/letters/{letter.pk}/", typed)["Location"] == f"/letters/{letter.pk}/"
    assert "goes in a few seconds" in main(bos, f"/letters/{letter.pk}/")


def test_whom_one_may_write_to_leaves_out_those_behind_a_wall(kit: Member, studio: Studio) -> None:
    kits = signed_in(Browser(), kit)
    people = kits.get("/letters/receivers/").content.decode()
    assert "cleo@borealis.example" in people
    assert "cora@cassini.example" not in people
    assert "cora@" not in page(kits, f"/letters/new/?contact={studio.cora.pk}")
    kits.post("/letters/new/", {"to": "cora@cassini.example", "client": studio.cassini.pk})
    assert Letter.objects.get().client is None


def test_the_inbox_says_how_many_drafts_wait_for_me(bos: Browser, asked: Message, ada: Member) -> None:
    draft(bos, asked, words="Half a thought")
    assert "One draft" in main(bos, "/inbox/")
    assert "draft" not in main(signed_in(Browser(), ada), "/inbox/")


def test_what_became_of_a_letter_is_said_in_its_place_with_what_can_be_done(bos: Browser, asked: Message) -> None:
    answer(bos, asked, words="Yes.", then="send")
    gone = Letter.objects.all()
    stories = [
        ({"tries": 1, "trouble": "Not there.", "next_try_at": london(20, "10:00")}, "not taken yet", "Give it up"),
        ({"refused_at": NOW, "trouble": "No such mailbox."}, "No such mailbox.", "Write it anew"),
        ({"refused_at": None, "data_began_at": london(20, "09:00")}, "perhaps sent", "It arrived"),
    ]
    for facts, said, act in stories:
        gone.update(**facts)
        text = main(bos, here(asked))
        assert said in text
        assert act in text


def test_a_refused_letter_is_written_anew_with_everything_in_it(bos: Browser, asked: Message) -> None:
    answer(bos, asked, words="Yes.", then="send")
    letter = Letter.objects.get()
    Letter.objects.update(refused_at=NOW, trouble="No such mailbox.")
    again = bos.post(f"/letters/{letter.pk}/anew/", {}, follow=True)
    assert "Yes." in again.content.decode()
    assert Letter.objects.drafts().exists()


def test_a_letter_that_came_back_says_so_until_its_author_has_seen_it(bos: Browser, asked: Message) -> None:
    answer(bos, asked, words="Yes.", then="send")
    letter = Letter.objects.get()
    back = Bounce.objects.create(letter=letter, email="cleo@borealis.example", said="no such mailbox", at=NOW)
    assert "It did not reach cleo@borealis.example: no such mailbox." in main(bos, "/letters/")
    bos.post(f"/letters/{letter.pk}/bounces/{back.pk}/")
    assert "It did not reach" not in main(bos, "/letters/")
    bos.post(f"/letters/{letter.pk}/bounces/{back.pk}/", {"undo": "1"})
    assert "It did not reach" in main(bos, "/letters/")
