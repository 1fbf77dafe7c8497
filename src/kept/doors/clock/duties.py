"""What somebody must watch all the time (KEPT_SERVICES): each by one worker, in a thread that is started again."""

import logging
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from kept.doors.clock.leases import sentence
from kept.doors.clock.models import Duty

FIRST_PAUSE = 1.0  # seconds; doubled each time, up to
LONGEST_PAUSE = 60.0
log = logging.getLogger("kept.clock")


@dataclass(frozen=True)
class Watches:
    """What this worker watches: by dotted name, the thread and the event that ends it."""

    worker: str
    running: dict[str, tuple[threading.Thread, threading.Event]] = field(default_factory=dict)

    def see_to(self, *, alive: Collection[str]) -> None:
        """Take up what no living worker watches, and let go what another has taken over."""
        mine = _take({*alive, self.worker}, worker=self.worker)
        for watch in self.running.keys() - mine:
            self.running.pop(watch)[1].set()
        for watch in sorted(mine - self.running.keys()):
            stop = threading.Event()
            thread = threading.Thread(target=keep, args=[watch, stop], name=watch, daemon=True)
            self.running[watch] = (thread, stop)
            thread.start()

    def end(self, *, seconds: float) -> None:
        """Ask all to end, wait so long for them, and leave them to other workers."""
        for _, stop in self.running.values():
            stop.set()
        deadline = time.monotonic() + seconds
        for thread, _ in self.running.values():
            thread.join(max(0.0, deadline - time.monotonic()))
        Duty.objects.filter(worker=self.worker).delete()


def keep(watch: str, stop: threading.Event) -> None:
    """Have the function of that dotted name run, called with `stop`, until it is set; again when it fails or ends."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        started = time.monotonic()
        try:
            import_string(watch)(stop)
        except Exception as fault:
            log.warning("%s failed and is started again: %s", watch, sentence(fault))
            log.debug("How %s failed", watch, exc_info=fault)
        finally:
            connections.close_all()
        pause = FIRST_PAUSE if time.monotonic() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        stop.wait(pause / 2)


def _take(alive: Collection[str], *, worker: str) -> set[str]:
    """Make what nobody alive watches this worker's. Answers all that is."""
    kept = dict(Duty.objects.filter(watch__in=settings.KEPT_SERVICES).values_list("watch", "worker"))
    for watch in settings.KEPT_SERVICES:
        if watch not in kept:
            Duty.objects.get_or_create(watch=watch, defaults={"worker": worker})
        elif kept[watch] not in alive:
            # only while it is still with the one that is gone: another may have been faster
            Duty.objects.filter(watch=watch, worker=kept[watch]).update(worker=worker)
    return set(Duty.objects.filter(watch__in=settings.KEPT_SERVICES, worker=worker).values_list("watch", flat=True))
