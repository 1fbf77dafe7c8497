"""Trust on the client's page, opened to its rows on a page of its own, and what may be done about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Web

from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.reckoning.models import AlarmSeen, RowSetAside
from kept.ledgers.team.models import Member
from kept.ledgers.team.walls import keep_out_of
from kept.readings.snapshots.taking import take
from kept.readings.trust import trust_of_firm
from tests.acting import promised, wrote
from tests.readings.looking_back import answer
from tests.readings.test_evidence_served import fill
from tests.studio import NOW, Studio, london

HOSTILE = "<script>alert(1)</script> The launch"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def enter(client: Web, who: Member) -> Web:
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def shown(client: Web, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


@pytest.fixture
def broken(studio: Studio) -> Promise:
    """A major promise that broke on the fifteenth."""
    return promises.promise(
        studio.borealis, words=HOSTILE, due=london(1, "12:00"), by=studio.bo, at=london(1, "09:00"), size=Size.MAJOR
    )


@pytest.fixture
def good_years(studio: Studio) -> None:
    """So many promises kept that the range is narrow."""
    for week in range(1, 60):
        due = NOW - timedelta(weeks=week)
        row = promised(studio.borealis, by=studio.bo, due=due, at=due - timedelta(days=5), words=f"Draft {week}")
        promises.keep(row, by=studio.bo, at=due - timedelta(hours=2))


def page(studio: Studio, more: str = "") -> str:
    return f"/clients/{studio.borealis.pk}/trust/{more}"


def of(studio: Studio) -> str:
    return f"/clients/{studio.borealis.pk}/"


def test_thin_trust_is_a_range_and_mostly_the_firms_average(client: Web, studio: Studio, broken: Promise) -> None:
    take(at=NOW)
    said = shown(enter(client, studio.bo), of(studio))
    assert "<b>Trust</b></a> between" in said
    assert "mostly the firm’s average so far." in said
    assert "now</text>" not in said


def test_the_rows_that_moved_it_open_what_they_are_and_words_stay_words(
    client: Web, studio: Studio, broken: Promise
) -> None:
    take(at=NOW)
    said = shown(enter(client, studio.bo), of(studio))
    assert "What moved trust" in said
    assert f'href="/promises/{broken.pk}/"' in said
    assert "major broken promise" in said
    assert "<script>alert" not in said
    assert "Counted at 09:40." in said


def test_before_the_first_snapshot_the_page_says_what_it_knows(client: Web, studio: Studio) -> None:
    said = shown(enter(client, studio.bo), of(studio))
    assert "What moved trust" not in said
    assert "Is the relationship good?" in said


def test_a_quarter_ago_stands_beside_today_once_both_are_known(
    client: Web, studio: Studio, good_years: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.readings.snapshots.counted.Counted.thin", False)
    take(at=NOW - timedelta(days=91), past=True)
    take(at=NOW)
    said = shown(enter(client, studio.bo), of(studio))
    assert "now</text>" in said


def test_what_was_done_since_is_said_to_count_soon(client: Web, studio: Studio, broken: Promise) -> None:
    take(at=NOW - timedelta(hours=1))
    promised(studio.borealis, by=studio.bo, due=london(29), at=NOW)
    said = shown(enter(client, studio.bo), of(studio))
    assert "What was done since counts within minutes." in said


def test_the_page_of_all_rows_counts_afresh(client: Web, studio: Studio, broken: Promise) -> None:
    said = shown(enter(client, studio.bo), page(studio))
    trust = trust_of_firm(NOW).clients[studio.borealis.pk].trust
    assert f"Borealis, {trust.value:.1f}" in said
    assert "for one major broken promise." in said
    assert "&lt;script&gt;" in said


def test_another_day_is_shown_as_it_was(client: Web, studio: Studio, broken: Promise) -> None:
    enter(client, studio.bo)
    said = shown(client, page(studio, "?at=2026-10-14"))
    assert "Nothing had moved it by then." in said
    assert "on Wednesday 14 October" in said
    assert "Set aside" not in shown(client, page(studio, "?at=2026-10-16"))
    for odd in ("?at=2026-02-31", "?at=nonsense", "?at=9999-01-01", "?at=0001-01-01", "?page=x", "?page=99"):
        assert client.get(page(studio, odd)).status_code == 200


def test_a_row_is_set_aside_with_a_reason_and_taken_back(client: Web, studio: Studio, broken: Promise) -> None:
    enter(client, studio.bo)
    form = page(studio, f"asides/?stream=promise&row={broken.pk}")
    assert "not count?" in shown(client, form)
    typed = {"reason": "They asked us to wait", "until": "2026-11-30", "next": page(studio)}
    for _ in range(2):
        assert client.post(form, typed).status_code == 303
    aside = RowSetAside.objects.get()
    assert (aside.reason, aside.by) == ("They asked us to wait", studio.bo)
    said = shown(client, page(studio))
    assert "set aside by Bo Field on Tuesday 20 October, until Monday 30 November: They asked us to wait" in said
    for _ in range(2):
        assert client.delete(page(studio, f"asides/{aside.pk}/")).status_code == 303
    assert not RowSetAside.objects.exists()
    assert "What does not count" not in shown(client, page(studio))


@pytest.mark.parametrize(
    ("typed", "why"),
    [({"reason": "", "until": "2026-11-30"}, "required"), ({"reason": "odd", "until": "2026-10-01"}, "still to come")],
)
def test_without_a_reason_or_a_day_to_come_it_still_counts_and_the_words_stay(
    client: Web, studio: Studio, broken: Promise, typed: dict[str, str], why: str
) -> None:
    answer = enter(client, studio.bo).post(page(studio, f"asides/?stream=promise&row={broken.pk}"), typed)
    said = answer.content.decode()
    assert (answer.status_code, why in said, f'value="{typed["until"]}"' in said) == (422, True, True)
    assert not RowSetAside.objects.exists()


def test_a_deleted_row_leaves_a_tombstone(client: Web, studio: Studio, broken: Promise) -> None:
    promises.withdraw(broken, by=studio.bo, at=london(19))
    said = shown(enter(client, studio.bo), page(studio))
    assert "deleted by Bo Field on Monday 19 October" in said


def test_an_alarm_is_told_with_its_false_ones_and_is_watched_anew_once_seen(
    client: Web, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for week in range(75, 0, -1):
        due = NOW - timedelta(weeks=week, days=1)
        row = promised(studio.borealis, by=studio.bo, due=due, at=due - timedelta(days=5))
        promises.keep(row, by=studio.bo, at=due + (timedelta(days=6) if week < 12 else timedelta(hours=-1)))
    enter(client, studio.bo)
    said = shown(client, page(studio))
    assert "Consistency grows worse" in said
    assert "With two clients, expect about" in said
    keep_out_of(studio.wall, member=studio.bo, by=studio.ada, at=NOW)
    assert "With one client, expect about" in shown(client, page(studio))
    assert client.post(page(studio, "alarms/"), {"part": "consistency"}).status_code == 303
    assert "grows worse" not in shown(client, page(studio))
    seen = AlarmSeen.objects.get()
    assert client.delete(page(studio, f"alarms/{seen.pk}/")).status_code == 303
    assert "Consistency grows worse" in shown(client, page(studio))
    assert client.post(page(studio, "alarms/"), {"part": "nonsense"}).status_code == 303
    assert not AlarmSeen.objects.exists()


def test_a_member_reads_but_does_not_judge(client: Web, studio: Studio, broken: Promise) -> None:
    enter(client, studio.kit)
    assert "Set aside" not in shown(client, page(studio))
    assert client.get(page(studio, f"asides/?stream=promise&row={broken.pk}")).status_code == 403
    assert client.post(page(studio, "alarms/"), {"part": "merit"}).status_code == 403
    assert not AlarmSeen.objects.exists()


def test_who_is_kept_out_finds_nothing(client: Web, studio: Studio) -> None:
    enter(client, studio.kit)
    assert client.get(f"/clients/{studio.cassini.pk}/trust/").status_code == 404
    aside = reckoning.set_aside(
        studio.cassini, stream="promise", row=1, reason="odd", until=london(30), by=studio.ada, at=NOW
    )
    enter(client, studio.bo)
    assert client.delete(page(studio, f"asides/{aside.pk}/")).status_code == 303
    assert RowSetAside.objects.filter(pk=aside.pk).exists()


def test_no_row_of_another_client_is_told_to_who_names_it(client: Web, studio: Studio) -> None:
    hidden = promised(studio.cassini, by=studio.ada, due=london(29), at=NOW, words="The secret merger")
    keep_out_of(studio.wall, member=studio.bo, by=studio.ada, at=NOW)
    enter(client, studio.bo)
    form = page(studio, f"asides/?stream=promise&row={hidden.pk}")
    assert "merger" not in shown(client, form)
    client.post(form, {"reason": "odd", "until": "2026-11-30"})
    assert RowSetAside.objects.exists()
    assert "merger" not in shown(client, page(studio))


def test_signed_out_one_is_led_to_the_door(client: Web, studio: Studio) -> None:
    assert client.get(page(studio)).status_code == 302


def test_the_rows_as_a_table_are_all_of_them(client: Web, studio: Studio, broken: Promise, good_years: None) -> None:
    enter(client, studio.bo)
    lines = client.get(page(studio, "?as=csv")).content.decode().splitlines()
    trust = trust_of_firm(NOW).clients[studio.borealis.pk].trust
    assert len(lines) == 1 + len(trust.contributions) == 61
    assert "2 of 2" in shown(client, page(studio, "?page=2"))


@pytest.mark.parametrize("at", ["", "?at=2026-10-19"])
def test_the_page_asks_little_of_the_database_whatever_the_history(
    at: str, client: Web, studio: Studio, broken: Promise, django_assert_max_num_queries: Any
) -> None:
    take(at=NOW)
    reckoning.set_aside(
        studio.borealis, stream="promise", row=broken.pk, reason="odd", until=london(30), by=studio.bo, at=london(19)
    )
    fill(studio, 6)
    answer(studio, london(2), secure=3, cherished=9)
    enter(client, studio.bo)
    client.get(page(studio))
    for length in (2, 8):
        for day in range(1, length + 1):
            message = wrote(studio.borealis, by=studio.cleo, at=london(day, "10:00"))
            wrote(studio.borealis, by=studio.bo, at=london(day, "16:00"), conversation=message.conversation)
        with django_assert_max_num_queries(20):
            said = client.get(page(studio, at)).content.decode()
        assert "Cleo: secure 3, cherished 9" in said
        if not at:
            assert all(each in said for each in ("The bill of", "one more round", "of promised people", "Bo instead"))


def test_of_an_earlier_day_the_page_says_what_nobody_can_tell(client: Web, studio: Studio, broken: Promise) -> None:
    untold = "Imported hours and mail count from their own day"
    enter(client, studio.bo)
    assert untold in shown(client, page(studio, "?at=2026-10-19"))
    assert untold not in shown(client, page(studio))
