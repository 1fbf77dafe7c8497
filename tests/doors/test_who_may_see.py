"""Who may see and do what: every address, every viewer; and that nothing tells of a client behind a wall."""

import pickle
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from pytest_django import DjangoDbBlocker

from kept.ledgers.clients.models import Client
from kept.ledgers.team import verbs as team
from kept.ledgers.team import walls
from kept.readings import client_known, promises_open, waiting_written
from tests.doors.every_address import BY_TOKEN, DOOR, TABLE, Address, every_name
from tests.doors.two_clients import BACKEND, Side, forget, side, viewers
from tests.shared_rows import made_for_all
from tests.studio import NOW, Studio, set_up_studio

Statements = list[tuple[str, Any]]
ABOUT_CLIENTS = [address for address in TABLE if address.walled]
SECRETS = re.compile("cassini|cora|competes", re.IGNORECASE)
# every way in which lists are sifted, looked through and taken away
LISTS = [
    "/", "/inbox/", "/inbox/?as=csv", "/inbox/?whose=all", "/inbox/?whose=all&as=csv", "/inbox/?whose=strangers",
    "/inbox/?done=1", "/inbox/?whose=all&done=1", "/clients/", "/clients/?as=csv", "/clients/?stage=past",
    "/clients/?q=site", "/clients/?q=ass", "/promises/", "/promises/?as=csv", "/promises/?new=1", "/promises/?by=all",
    "/promises/?state=late", "/promises/noticed/", "/money/", "/money/?as=csv", "/settings/you/",
    "/team/", "/team/?as=csv",
    "/our-pledge/", "/our-pledge/?as=csv", "/our-pledge/differences/", "/our-pledge/wordings/",
    "/reviews/", "/reviews/?as=csv", "/reviews/?quarter=2026Q4",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    storages = deepcopy(settings.STORAGES)
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = storages
    settings.WHITENOISE_AUTOREFRESH = True


@dataclass(frozen=True)
class Everybody:
    """The studio, Borealis, Cassini from which a wall keeps Kit, what the browsers hold, and how Cassini never was."""

    studio: Studio
    open_side: Side
    hidden_side: Side
    cookies: dict[str, SimpleCookie]
    never: Statements


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[bytes]:
    """Pickled: a copy for each test is read from it in a fifth of the time that `deepcopy` takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kept.kit.clock.now", lambda: NOW)
        with made_for_all(django_db_blocker, _everybody) as made:
            yield pickle.dumps(made)


def _everybody() -> Everybody:
    studio = set_up_studio()
    open_side = side(studio.borealis, studio.cleo, by=studio.ada)
    hidden_side = side(studio.cassini, studio.cora, by=studio.ada)
    cookies = {viewer: browser.cookies for viewer, browser in viewers(studio).items()}
    return Everybody(studio, open_side, hidden_side, cookies, never=_said_by(lambda: forget(deepcopy(hidden_side))))


def _said_by(act: Callable[[], None]) -> Statements:
    """What is said to the database in an act that is taken back at once, so that it can be said again for each test."""
    said: Statements = []

    def hear(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(("DELETE", "UPDATE")):
            said.append((sql, params))
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(hear):
        act()
        transaction.set_rollback(True)
    return said


@pytest.fixture
def people(everybody: bytes, db: None) -> Everybody:
    """A copy for one test."""
    made: Everybody = pickle.loads(everybody)  # noqa: S301  # our own, of a moment ago
    return made


@pytest.fixture
def cassini_never_was(people: Everybody) -> Callable[[], None]:
    """Does what `forget` does."""

    def never() -> None:
        with connection.cursor() as cursor:
            for sql, params in people.never:
                cursor.execute(sql, params)
        for kept in (client_known, promises_open, waiting_written):
            kept.forget()  # no verb did this, so no line of the journal tells of it
        assert not Client.objects.filter(pk=people.hidden_side.client.pk).exists()

    return never


@pytest.fixture
def studio(people: Everybody) -> Studio:
    return people.studio


@pytest.fixture
def open_side(people: Everybody) -> Side:
    return people.open_side


@pytest.fixture
def hidden_side(people: Everybody) -> Side:
    return people.hidden_side


@pytest.fixture
def browsers(people: Everybody) -> dict[str, Browser]:
    found = {viewer: Browser() for viewer in people.cookies}
    for viewer, browser in found.items():
        browser.cookies = people.cookies[viewer]
    return found


def name(address: Address) -> str:
    return address.name.removeprefix("desk:")


def ask(browser: Browser, method: str, address: str) -> Any:
    """Ask, and forget what came of it."""
    with transaction.atomic():
        answer = getattr(browser, method)(address)
        transaction.set_rollback(True)
    return answer


def body(answer: Any) -> str:
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text.decode())


# ------------------------------------------------------------ the table


def test_no_address_is_missing_from_the_table() -> None:
    assert sorted(every_name()) == sorted(address.name for address in TABLE)


@pytest.mark.parametrize("address", TABLE, ids=name)
def test_each_address_answers_each_viewer_as_the_table_says(
    address: Address, studio: Studio, open_side: Side, browsers: dict[str, Browser]
) -> None:
    to = address.of(studio, open_side)
    for method in ("get", "post"):
        answers = {viewer: ask(browser, method, to).status_code for viewer, browser in browsers.items()}
        assert answers == address.expected(method, hidden=False), method


@pytest.mark.parametrize("address", ABOUT_CLIENTS, ids=name)
def test_a_wall_hides_each_noun_of_its_client_and_it_reads_as_what_never_was(
    address: Address, studio: Studio, hidden_side: Side, browsers: dict[str, Browser]
) -> None:
    to = address.of(studio, hidden_side)
    never = re.sub(r"\d+", "987654321", to)
    for method in ("get", "post"):
        answers = {viewer: ask(browser, method, to).status_code for viewer, browser in browsers.items()}
        assert answers == address.expected(method, hidden=True), method
    for method in ("get", "post", "delete"):
        one, other = (ask(browsers["walled"], method, where) for where in (to, never))
        assert (one.status_code, one.headers, body(one)) == (other.status_code, other.headers, body(other)), method
        assert not SECRETS.search(body(one))


def test_a_number_that_no_row_can_have_reads_as_what_never_was(
    studio: Studio, open_side: Side, browsers: dict[str, Browser]
) -> None:
    for to in {address.of(studio, open_side) for address in TABLE if address not in DOOR}:
        beyond = [f"{to[: one.start()]}{2**63}{to[one.end() :]}" for one in re.finditer(r"(?<=/)\d+(?=/)", to)]
        for place in beyond:
            for method in ("get", "post", "delete"):
                assert ask(browsers["owner"], method, place).status_code == 404, (method, place)


def test_nothing_is_done_by_a_form_from_elsewhere(studio: Studio, open_side: Side) -> None:
    strict = Browser(enforce_csrf_checks=True)
    for member in (None, studio.ada):
        if member:
            strict.force_login(member, backend=BACKEND)
        for address in TABLE:
            to = address.of(studio, open_side)
            refused = {401, 405} if address.name in BY_TOKEN else {403}
            assert {ask(strict, method, to).status_code for method in ("post", "delete")} == refused, to


def test_who_is_signed_out_is_led_to_the_door_and_back(studio: Studio, open_side: Side) -> None:
    for address in TABLE:
        to = address.of(studio, open_side)
        if address not in DOOR:
            for method in ("get", "post", "delete"):
                assert ask(Browser(), method, to)["Location"] == f"/account/login/?next={to}"


# ------------------------------------------------------------ the wall


@pytest.mark.parametrize("to", LISTS)
def test_nothing_walled_is_listed_counted_exported_or_said(
    to: str, browsers: dict[str, Browser], cassini_never_was: Callable[[], None]
) -> None:
    """Whoever is kept out reads the same, to the letter, as if the client had never been."""
    assert ask(browsers["owner"], "get", to).status_code == 200  # what is kept for the owner must not be told to others
    walled = browsers["walled"]
    with_it = ask(walled, "get", to)
    cassini_never_was()
    without = ask(walled, "get", to)
    assert (with_it.status_code, body(with_it)) == (without.status_code, body(without))
    assert not SECRETS.search(body(with_it))


@pytest.mark.parametrize("role", ["lead", "finance", "owner"])
@pytest.mark.parametrize("to", LISTS)
def test_nothing_walled_is_told_to_anybody_kept_out_whatever_their_role(
    to: str, role: str, studio: Studio, cassini_never_was: Callable[[], None]
) -> None:
    walls.keep_out_of(studio.wall, member=studio.fin, by=studio.ada, at=NOW)
    team.change_member(studio.fin, role=role, by=studio.ada, at=NOW)
    browser = Browser()
    browser.force_login(studio.fin, backend=BACKEND)
    with_it = ask(browser, "get", to)
    assert with_it.status_code == 200
    assert not SECRETS.search(body(with_it))
    cassini_never_was()
    without = ask(browser, "get", to)
    assert body(with_it) == body(without)


def test_the_owner_does_read_of_it(studio: Studio, hidden_side: Side, browsers: dict[str, Browser]) -> None:
    told = [to for to in LISTS if SECRETS.search(body(ask(browsers["owner"], "get", to)))]
    assert {"/", "/inbox/?whose=all&as=csv", "/clients/", "/clients/?as=csv", "/promises/?as=csv", "/money/"} <= set(
        told
    )


@pytest.mark.parametrize("to", ["/clients/?q=Cassini", "/clients/?q=Cora", "/promises/?q=Cassini"])
def test_looking_for_it_by_name_finds_nothing(
    to: str, browsers: dict[str, Browser], cassini_never_was: Callable[[], None]
) -> None:
    walled = browsers["walled"]
    found = body(ask(walled, "get", to))
    cassini_never_was()
    assert found == body(ask(walled, "get", to))
