"""Tells the demo's story into the ledgers, chapter by chapter, all of it or nothing."""

from collections.abc import Callable
from datetime import datetime

from django.apps import apps
from django.db import transaction

from kept.doors.terminal.demo.choosing import choose
from kept.doors.terminal.demo.counting import count
from kept.doors.terminal.demo.feeling import feel
from kept.doors.terminal.demo.founding import found
from kept.doors.terminal.demo.giving import give
from kept.doors.terminal.demo.keeping import keep
from kept.doors.terminal.demo.letters import year
from kept.doors.terminal.demo.machines import machines
from kept.doors.terminal.demo.pledging import pledge
from kept.doors.terminal.demo.posting import post
from kept.doors.terminal.demo.present import present
from kept.doors.terminal.demo.reflecting import reflect
from kept.doors.terminal.demo.reviewing import review
from kept.doors.terminal.demo.serving import meet
from kept.doors.terminal.demo.serving_paper import hand_and_bill
from kept.doors.terminal.demo.stage import Stage
from kept.doors.terminal.demo.strangers import strangers
from kept.doors.terminal.demo.welcoming import welcome
from kept.doors.terminal.demo.work import work
from kept.kit.rows import learn_sizes
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.journal.models import Line
from kept.ledgers.journal.verbs import write
from kept.ledgers.team.models import Firm, Member

CHAPTERS = ("the studio", "its clients", "a year of letters", "what was promised", "a year of hours")
LOADED = "demo.load"  # the journal line that tells when
LEDGERS = (  # from the top
    "snapshots", "reckoning", "reflections", "rounds",
    "reviews", "pulses", "letters", "promises", "conversations", "hours", "choices", "pledges",
    "touches", "deliverables", "bills", "engagements", "clients", "mailboxes", "team", "journal",
)  # fmt: skip

Progress = Callable[[str], None]  # told the name of each chapter as it begins


class NotTheDemo(ValueError):
    """What is in this database is somebody's own; the message says what."""


@transaction.atomic
def tell(*, at: datetime, progress: Progress = lambda chapter: None) -> Stage:
    """Load the demo as of `at` (full minutes count): the same moment gives the same rows, one day the same history.

    Raises NotTheDemo when the database holds a firm that is not the demo; a demo already there makes room first.
    """
    clear()
    begin = iter(CHAPTERS)
    progress(next(begin))
    stage = found(at.replace(second=0, microsecond=0))
    progress(next(begin))
    welcome(stage)
    progress(next(begin))
    posted = post(stage, [*year(stage), *strangers(stage), *machines(stage), *present(stage)])
    progress(next(begin))
    keep(stage, posted)
    progress(next(begin))
    work(stage)
    give(stage)
    meet(stage)
    hand_and_bill(stage)
    feel(stage)
    choose(stage)
    pledge(stage)
    reflect(stage)
    review(stage)
    write(LOADED, stage.firm, by=None, at=stage.at, said=stage.firm.name)
    learn_sizes()
    count(at=stage.at)
    return stage


def loaded_at() -> datetime | None:
    """When the demo that is here was loaded; None where there is none."""
    firm = Firm.objects.filter(is_demo=True).first()
    if firm is None:
        return None
    return Line.objects.filter(verb=LOADED).values_list("at", flat=True).last() or firm.founded_at


@transaction.atomic
def clear() -> None:
    """Remove the demo, wholly. Raises NotTheDemo, and removes nothing, when the firm is somebody's own."""
    firm = Firm.objects.select_for_update().first()
    if firm is None and not any(model.objects.exists() for model in (Member, Client, Conversation)):
        return
    if firm is None or not firm.is_demo:
        raise NotTheDemo(f"{firm.name} is here already." if firm else "Somebody's mail or clients are here already.")
    for label in LEDGERS:
        for model in reversed(list(apps.get_app_config(label).get_models(include_auto_created=True))):
            model._default_manager.all().delete()
