"""Watching mailboxes by IDLE, so that mail is there within a second; where that fails, the recurring look remains."""

import logging
import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import DatabaseError, connections
from django.forms.models import model_to_dict

from kept.doors.post import imap_folders, looking
from kept.doors.post.imap import FAULTS, Box, Trouble, signed_in
from kept.doors.post.reading import read_arrivals
from kept.kit import clock
from kept.ledgers.mailboxes.models import Mailbox

ROUND = 5.0  # seconds between two looks at which mailboxes there are
LISTEN = 240.0  # seconds of IDLE in one go; servers hang up on whoever is still for half an hour
HEARD = 3  # chosen folders of a mailbox that are listened to, each by a connection of its own; servers allow few
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  # seconds before a mailbox is tried again; doubled each time
Heard = tuple[int, int]  # a mailbox's key, and which of its chosen folders
log = logging.getLogger("kept.post")


class NoIdle(Exception):
    """The server does not tell by itself when something comes."""


@dataclass(frozen=True)
class Watcher:
    """One thread that watches one folder of a mailbox, as it was set when the thread began."""

    settled: str
    stop: threading.Event = field(default_factory=threading.Event)

    def start(self, mailbox: Mailbox, place: int) -> None:
        name = f"watch {mailbox.pk}" + (f", folder {place + 1}" if place else "")
        threading.Thread(target=_keep, args=[mailbox, place, self.stop], name=name, daemon=True).start()


def watch(stop: threading.Event) -> None:
    """Watch every running mailbox until `stop` is set; one that is added, changed or paused is so within seconds."""
    watchers: dict[Heard, Watcher] = {}
    try:
        while not stop.is_set():
            with suppress(DatabaseError):
                _see_to(watchers)
                # what a worker that was killed had fetched and not read
                read_arrivals(at=clock.now(), stopped=stop.is_set)
            connections.close_all()
            stop.wait(ROUND)
    finally:
        for watcher in watchers.values():
            watcher.stop.set()


def _see_to(watchers: dict[Heard, Watcher]) -> None:
    running = {(mailbox.pk, place): mailbox for mailbox in Mailbox.objects.running() for place in _heard(mailbox)}
    for key in list(watchers):
        if key not in running or watchers[key].settled != _settled(running[key]):
            watchers.pop(key).stop.set()
    for key in running.keys() - watchers.keys():
        watchers[key] = Watcher(_settled(running[key]))
        watchers[key].start(running[key], key[1])


def _heard(mailbox: Mailbox) -> range:
    """Which of its folders are listened to: the first ones that somebody chose, else INBOX alone."""
    return range(min(max(len(mailbox.folders), 1), HEARD))


def _settled(mailbox: Mailbox) -> str:
    """Everything by which one connects; when it changes, one connects anew. A token that is renewed changes nothing."""
    facts = ["host", "port", "security", "username", "auth", "folders", "kind", "token_url", "client_id"]
    facts += [] if mailbox.token_url else ["secret"]
    return repr(model_to_dict(mailbox, fields=facts))


def _keep(mailbox: Mailbox, place: int, stop: threading.Event) -> None:
    """Watch the folder for as long as it may be; after each trouble a longer pause, with luck, so that many spread."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        began = time.monotonic()
        try:
            with signed_in(mailbox) as box:
                _listen(mailbox, box, place, stop)
        except NoIdle:
            stop.wait()  # the recurring look does
        except Trouble as trouble:
            with suppress(DatabaseError):
                _note(mailbox, place, str(trouble))
        except Exception as fault:
            log.warning("Mailbox %s: watching failed (%s) and begins again", mailbox, type(fault).__name__)
            log.debug("How watching failed", exc_info=fault)
        finally:
            connections.close_all()
        pause = FIRST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        stop.wait(pause * random.uniform(0.5, 1.0))  # noqa: S311  # spreads load, keeps no secret


def _note(mailbox: Mailbox, place: int, trouble: str = "") -> None:
    """Only the first says how it goes: where a server lets in no second connection the recurring look does."""
    if place == 0:
        looking.note(mailbox, trouble)


def _listen(mailbox: Mailbox, box: Box, place: int, stop: threading.Event) -> None:
    """Fetch all (by the first), then fetch the folder whenever something stirs in it."""
    own = imap_folders.chosen(box, mailbox)[place]
    looking.fetch(mailbox, box, places=[own] if place else [], stopped=stop.is_set)
    _note(mailbox, place)
    if "IDLE" not in str(box.client.capability()).upper():
        raise NoIdle
    imap_folders.look_into(box, own)
    while not stop.is_set():
        connections.close_all()  # an idle watcher holds nothing
        if _stirs(box, stop):
            looking.fetch(mailbox, box, places=[own], stopped=stop.is_set)
            _note(mailbox, place)


def _stirs(box: Box, stop: threading.Event) -> bool:
    """Wait until something changes in the folder, or `LISTEN` is over; False when asked to stop."""
    deadline = time.monotonic() + LISTEN
    box.idle.start()  # type: ignore[no-untyped-call]
    words = _said_at_once(box)
    while not words and not stop.is_set() and time.monotonic() < deadline:
        asked = time.monotonic()
        words = box.idle.poll(timeout=1)
        if not words and time.monotonic() - asked < 0.5:
            break  # woken without a word: the line is dead, which ending IDLE will show, or nothing happened
    box.idle.stop()  # type: ignore[no-untyped-call]
    return not stop.is_set()


def _said_at_once(box: Box) -> list[bytes]:
    """What came together with the answer to IDLE: it is read already, so that waiting for it would be in vain."""
    line = box.client.sock
    before = line.gettimeout()
    line.settimeout(0)
    try:
        return [box.client._get_line()]  # as the library's own poll does
    except FAULTS:
        return []
    finally:
        line.settimeout(before)
