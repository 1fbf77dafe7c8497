"""Sending what is due: each letter is taken, handed to its server, and told how that ended, one after the other."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from kept.doors.post.composing import compose
from kept.doors.post.outgoing import NoWay, Way, way_of
from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw
from kept.doors.post.smtp import Envelope, Later, Never, Steps, Unsure, deliver
from kept.flows import send_letters
from kept.flows.receive_mail import Incoming
from kept.kit.clock import now
from kept.kit.secrets import Unreadable
from kept.ledgers.letters import trying
from kept.ledgers.letters.linking import link_of
from kept.ledgers.letters.models import Letter
from kept.ledgers.letters.trying import Refused, Try

LEASE = timedelta(seconds=settings.SENDING_LEASE)  # without a sign of life for so long a try counts as dead
PATIENT_TRIES = 3  # so often all wait for receivers that are refused only for the moment; then the others get it
PAUSES = (0.2, 1.0, 5.0, 20.0)  # seconds, when the database does not answer after a server took the letter
log = logging.getLogger("kept.post")


def send_due(on_gone: Callable[[int], None] = lambda letter: None) -> dict[str, int]:
    """Try every letter that is due, and file those of which somebody said that they went. Answers counts.

    `on_gone` is told of each letter that a server took.
    """
    counts = {"tried": 0, "gone": 0, "filed": 0}
    for pk in send_letters.due(at=now(), lease=LEASE):
        gone = send(pk)
        counts["tried"] += gone is not None
        if gone:
            counts["gone"] += 1
            on_gone(pk)
    counts["filed"] = sum(_file(pk) for pk in send_letters.unfiled(at=now()))
    return counts


def _file(pk: int) -> bool:
    """Make the letter that went a message; one that cannot be made one keeps no other from it, and is tried again."""
    letter = Letter.objects.select_related("by__office", "mailbox", "answers").get(pk=pk)
    try:
        content = compose(letter).content
        send_letters.file(pk, copy=Incoming(parse(Raw(source="sent", content=content)), content), at=now())
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Letter %s went, and cannot be put into its conversation", pk)
        return False
    return True


def send(pk: int) -> bool | None:
    """One try with one letter: whether a server took it; None when it is not due, or somebody else has it."""
    one = trying.begin(pk, at=now(), lease=LEASE)
    if one is None:
        return None
    ready = _ready(one)
    return _hand_over(one, *ready) if ready else False


def _ready(one: Try) -> tuple[Way, Envelope] | None:
    """Where to, and what; None when the letter is put off because there is none of it."""
    try:
        return way_of(one.letter.mailbox), compose(one.letter, link=link_of(one.letter))
    except (NoWay, Unreadable) as fault:
        trying.put_off(one, why=str(fault), at=now())
    except Exception:
        log.exception("Letter %s could not be put together", one.letter.pk)
        trying.put_off(one, why="Kept could not put this letter together; its log says why.", at=now())
    return None


def _hand_over(one: Try, way: Way, envelope: Envelope) -> bool:
    alive = _Alive(one)
    try:
        steps = Steps(still=alive.go_on, last_word=alive.last_word)
        refused = deliver(way, envelope, steps=steps, patient=one.letter.tries <= PATIENT_TRIES)
    except trying.Lost:
        log.warning("Letter %s took so long to hand over that another worker has taken it over.", one.letter.pk)
    except Later as fault:
        trying.put_off(alive.one, why=str(fault), at=now())
    except Never as fault:
        trying.refuse(alive.one, why=str(fault), at=now())
    except Unsure as fault:
        trying.leave_open(alive.one, why=str(fault))
    else:
        _arrived(alive.one, refused)
        return True
    return False


class _Alive:
    """Says that a try goes on, a few times within each lease."""

    def __init__(self, one: Try) -> None:
        self.one = one

    def go_on(self) -> None:
        at = now()
        if at - self.one.since > LEASE / 4:
            self.one = trying.go_on(self.one, at=at)

    def last_word(self) -> None:
        trying.last_word(self.one, at=now())


def _arrived(one: Try, refused: list[Refused]) -> None:
    """Keep that it arrived, at once and however often the database does not answer: else nobody would know.

    Its place in the conversation comes after, as that takes longer: whoever is killed then leaves it to the next round.
    """
    for pause in (*PAUSES, None):
        try:
            trying.accept(one, refused=refused, at=now())
            break
        except (OperationalError, InterfaceError):
            if pause is None:
                raise
            connection.close()
            time.sleep(pause)
    _file(one.letter.pk)
