"""What we learned with a client: written on its page, worded anew, taken back, and seen by nobody kept from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.pulses.models import Answer
from kept.ledgers.reflections.models import Kind, Reflection, Wording
from kept.readings.reflections import REMINDED, reflecting, worth_a_thought
from kept.readings.snapshots.models import Snapshot
from tests.acting import promised
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.ledgers.acts_of_reflections import written
from tests.pledging import pledged
from tests.studio import NOW, Studio, london

SAID = {
    "happened": "The navigation went live twelve days late",
    "kind": "disappointment",
    "learned": "She would have waited, had she known.",
    "change": "Whoever moves a date calls the same day.",
}


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def here(client: Client) -> str:
    return f"/clients/{client.pk}/reflections/"


def said(client: Client, contact: Contact, *, days: int = 1, **marks: int) -> Answer:
    return Answer.objects.create(client=client, contact=contact, at=NOW - timedelta(days=days), **marks)


def counted(client: Client, **told: Any) -> Snapshot:
    """Today's trust, with these rows and alarms."""
    return Snapshot.objects.create(
        client=client, day=NOW.date(), at=NOW, value=70, low=60, high=80, baseline=80, evidence="fair", weight=9, n=9,
        priors={}, told=told,
    )  # fmt: skip


def test_it_is_written_down_with_a_way_back(client: Browser, studio: Studio) -> None:
    kit = signed_in(client, studio.kit)
    answer = post(kit, here(studio.borealis), **SAID)
    row = Reflection.objects.get()
    assert answer.status_code == 303
    assert (row.by, row.after_words, row.wordings.get().change) == (studio.kit, SAID["happened"], SAID["change"])
    text = main(kit, here(studio.borealis))
    assert "One thing learned with Borealis. The last change: Whoever moves a date calls the same day." in text
    assert "She would have waited, had she known." in text
    assert kit.delete(f"{here(studio.borealis)}{row.pk}/").status_code == 303
    assert not Reflection.objects.exists()


def test_twice_is_once(client: Browser, studio: Studio) -> None:
    kit = signed_in(client, studio.kit)
    post(kit, here(studio.borealis), **SAID)
    post(kit, here(studio.borealis), **SAID)
    assert Reflection.objects.count() == 1


@pytest.mark.parametrize(
    ("missing", "why"),
    [("learned", "Say what we learn"), ("change", "one thing we change"), ("kind", "delight or a disappointment"),
     ("happened", "Say what happened")],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    missing: str, why: str, client: Browser, studio: Studio
) -> None:
    answer = post(signed_in(client, studio.kit), here(studio.borealis), **(SAID | {missing: ""}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert why in text
    assert all(words in text for name, words in SAID.items() if name not in {missing, "kind"})
    assert not Reflection.objects.exists()


def test_glad_and_low_answers_are_worth_a_thought_until_one_was_written(
    client: Browser, studio: Studio, cleo: Contact
) -> None:
    low = said(studio.borealis, cleo, secure=3, delighted=9)
    glad = said(studio.borealis, cleo, days=2, dazzled=10)
    said(studio.borealis, cleo, days=3, secure=7)
    kit = signed_in(client, studio.kit)
    text = main(kit, here(studio.borealis))
    assert "Cleo: secure 3, delighted 9" in text
    assert "Cleo: dazzled 10" in text
    assert "secure 7" not in text
    assert "though something happened" in text
    post(kit, here(studio.borealis), **(SAID | {"after": f"pulses.Answer:{low.pk}", "happened": ""}))
    row = Reflection.objects.get()
    assert (row.after_noun, row.after_id, row.after_words) == (
        "pulses.Answer", low.pk, "Cleo: secure 3, delighted 9",
    )  # fmt: skip
    one = reflecting(studio.borealis, at=NOW)
    assert [(occasion.kind, occasion.pk) for occasion in one.occasions] == [(Kind.DELIGHT, glad.pk)]


def test_a_form_begins_with_the_occasion_its_address_names(client: Browser, studio: Studio, cleo: Contact) -> None:
    low = said(studio.borealis, cleo, secure=3)
    text = main(signed_in(client, studio.kit), f"{here(studio.borealis)}?after=pulses.Answer:{low.pk}")
    assert f'value="pulses.Answer:{low.pk}" selected' in text
    assert 'value="disappointment" checked' in text


def test_an_incident_of_trust_is_worth_a_thought(client: Browser, studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(23))
    incident = {
        "kind": "incident", "words": "“Navigation live”, major, broken", "noun": "promises.Promise", "pk": row.pk,
        "at": london(16).isoformat(), "stream": "promise", "row": row.pk, "what": "a major promise broken",
    }  # fmt: skip
    counted(studio.borealis, alarms=[incident], rows=[])
    assert "“Navigation live”, major, broken" in main(signed_in(client, studio.kit), here(studio.borealis))


def test_the_rows_that_moved_trust_are_kept_as_they_were_shown(client: Browser, studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(23))
    told = {"words": "“Navigation live”, broken", "points": -3.871, "noun": "promises.Promise", "pk": row.pk}
    snapshot = counted(studio.borealis, rows=[told])
    kit = signed_in(client, studio.kit)
    assert "−3.9" in main(kit, here(studio.borealis))
    post(kit, here(studio.borealis), **SAID)
    Snapshot.objects.filter(pk=snapshot.pk).update(told={"rows": []})
    text = main(kit, here(studio.borealis))
    assert "What moved trust then" in text
    assert f'<a href="/promises/{row.pk}/">“Navigation live”, broken</a>' in text


def test_it_is_worded_anew_and_the_old_words_stay_beneath(client: Browser, studio: Studio) -> None:
    row = written(studio)
    bo = signed_in(client, studio.bo)
    at = f"{here(studio.borealis)}{row.pk}/"
    assert post(bo, at, learned="She minds silence.", change="We call.").status_code == 303
    text = main(bo, here(studio.borealis))
    assert "She minds silence." in text.partition("As it was said before")[0]
    assert "She would have waited" in text.partition("As it was said before")[2]
    newest = Wording.objects.first()
    assert newest is not None
    assert bo.delete(f"{at}wordings/{newest.pk}/").status_code == 303
    assert "She minds silence." not in main(bo, here(studio.borealis))


def test_a_wording_without_words_is_a_fault_in_its_place(client: Browser, studio: Studio) -> None:
    row = written(studio)
    answer = post(signed_in(client, studio.bo), f"{here(studio.borealis)}{row.pk}/", learned="", change="We call.")
    assert answer.status_code == 422
    assert 'value="We call."' in answer.content.decode()


def test_hostile_words_are_shown_as_words(client: Browser, studio: Studio) -> None:
    kit = signed_in(client, studio.kit)
    post(kit, here(studio.borealis), **(SAID | {"learned": HOSTILE, "change": HOSTILE, "happened": HOSTILE}))
    assert HOSTILE not in page(kit, here(studio.borealis))


def test_another_clients_reflection_is_not_found_under_this_one(client: Browser, studio: Studio) -> None:
    row = written(studio)
    bo = signed_in(client, studio.bo)
    assert bo.delete(f"{here(studio.cassini)}{row.pk}/").status_code == 404
    assert bo.delete(f"{here(studio.borealis)}{row.pk}/wordings/99/").status_code == 404


def test_a_walled_client_has_no_page_of_it(client: Browser, studio: Studio) -> None:
    kit = signed_in(client, studio.kit)
    assert kit.get(here(studio.cassini)).status_code == 404
    assert post(kit, here(studio.cassini), **SAID).status_code == 404


def test_the_clients_page_leads_here_once(client: Browser, studio: Studio) -> None:
    text = page(signed_in(client, studio.kit), f"/clients/{studio.borealis.pk}/")
    assert text.count(f'href="{here(studio.borealis)}"') == 1


def test_a_lead_is_reminded_of_their_own_clients_answers_only(studio: Studio, cleo: Contact) -> None:
    answer = said(studio.borealis, cleo, secure=2)
    said(studio.cassini, studio.cora, secure=2)
    said(studio.borealis, cleo, days=15, secure=1)
    assert list(worth_a_thought(studio.bo, since=NOW - REMINDED, at=NOW)) == [answer]
    assert list(worth_a_thought(studio.kit, since=NOW - REMINDED, at=NOW)) == []


def test_today_says_quietly_that_an_answer_is_worth_a_thought_until_one_was_written(
    client: Browser, studio: Studio, cleo: Contact
) -> None:
    bo = signed_in(client, studio.bo)
    assert "worth a thought" not in page(bo, "/")
    low = said(studio.borealis, cleo, secure=2)
    text = page(bo, "/")
    assert f'href="{here(studio.borealis)}?after=pulses.Answer%3A{low.pk}#write"' in text
    assert "worth a thought" not in page(signed_in(Browser(), studio.kit), "/")
    post(bo, here(studio.borealis), **(SAID | {"after": f"pulses.Answer:{low.pk}", "happened": ""}))
    assert "worth a thought" not in page(bo, "/")


def test_queries_stay_few_whatever_the_history(
    client: Browser, studio: Studio, cleo: Contact, django_assert_max_num_queries: Any
) -> None:
    kit = signed_in(client, studio.kit)
    for number in range(3):
        said(studio.borealis, cleo, days=number, secure=1)
        post(kit, here(studio.borealis), **(SAID | {"happened": f"Again, {number}"}))
        with django_assert_max_num_queries(17):
            page(kit, here(studio.borealis))


def test_signed_out_one_is_led_to_the_door(client: Browser, studio: Studio) -> None:
    assert client.get(here(studio.borealis)).status_code == 302


def test_it_may_name_a_sentence_of_the_pledge_in_force(client: Browser, studio: Studio) -> None:
    sentence = pledged(studio).sentences.first()
    assert sentence is not None
    kit = signed_in(client, studio.kit)
    assert sentence.words in main(kit, here(studio.borealis))
    post(kit, here(studio.borealis), **(SAID | {"sentence": str(sentence.pk)}))
    assert Reflection.objects.get().sentence == sentence
    assert "About our pledge:" in main(kit, here(studio.borealis))
    assert post(kit, here(studio.borealis), **(SAID | {"sentence": "99"})).status_code == 422
