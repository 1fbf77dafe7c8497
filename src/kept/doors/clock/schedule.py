"""The one list of recurring work, and giving out what is due: each turn once, however many workers look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from kept.doors.clock.models import Turn
from kept.readings.calendars import offices

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# (a moment, the firm's zone) -> the last moment at or before it when the job was due
Rhythm = Callable[[datetime, ZoneInfo], datetime]


@dataclass(frozen=True)
class Recurring:
    """A job and its rhythm; `name` is how its row is found again, so it stays.

    `task` is a dotted name: the list is one, yet this door knows none of those that add to it. `queue` is another than
    the task's own. A job that runs `alone` lets a turn go by while an earlier one is waiting or running.
    """

    name: str
    task: str
    rhythm: Rhythm
    queue: str | None = None
    alone: bool = False


def every(*, seconds: int = 0, minutes: int = 0) -> Rhythm:
    """Each time so many seconds and minutes have gone by; looked at every few seconds, so not more often than that."""
    step = timedelta(seconds=seconds, minutes=minutes)

    def last(at: datetime, _: ZoneInfo) -> datetime:
        return at - (at - LONG_AGO) % step

    return last


def daily(clock: str) -> Rhythm:
    """Every day at that time of the main office, "03:10"."""

    def last(at: datetime, zone: ZoneInfo) -> datetime:
        today = datetime.combine(at.astimezone(zone).date(), time.fromisoformat(clock), zone)
        return today if today <= at else today - timedelta(days=1)

    return last


def monthly(day: int, clock: str) -> Rhythm:
    """On that day of every month (1 to 28), at that time of the main office."""

    def last(at: datetime, zone: ZoneInfo) -> datetime:
        due = daily(clock)(at, zone)
        while due.day != day:
            due -= timedelta(days=1)
        return due

    return last


SCHEDULE = (
    Recurring("forget_sessions", "kept.doors.clock.tasks.forget_sessions", daily("03:10")),
    Recurring("forget_links", "kept.doors.clock.tasks.forget_links", daily("03:15")),
    Recurring("forget_finished_jobs", "kept.doors.clock.tasks.forget_finished_jobs", daily("03:20")),
    Recurring("compare_sums", "kept.doors.clock.tasks.compare_sums", daily("03:30")),
    Recurring("tidy_mail", "kept.doors.post.tasks.tidy_mail", daily("03:25")),
    Recurring("fetch_mail", "kept.doors.post.tasks.fetch_all", every(minutes=2), queue="mail", alone=True),
    Recurring("send_due_letters", "kept.doors.post.sending_tasks.send_due", every(seconds=20), queue="letters"),
    Recurring("count_trust", "kept.doors.clock.trust_tasks.count_trust", every(minutes=60), alone=True),
    Recurring("count_what_moved", "kept.doors.clock.trust_tasks.count_what_moved", every(minutes=1), alone=True),
    Recurring("look_back_on_trust", "kept.doors.clock.trust_tasks.look_back_on_trust", daily("03:40"), alone=True),
    Recurring("compare_trust", "kept.doors.clock.trust_tasks.compare_trust", daily("03:35")),
    Recurring("hand_out", "kept.doors.clock.tasks.hand_out_what_waits", every(minutes=10)),
    Recurring("count_backtest", "kept.doors.desk.backtest_tasks.count_backtest", daily("04:20"), alone=True),
    Recurring("ask_the_team", "kept.doors.desk.team_tasks.ask_the_team", daily("09:20")),
    Recurring("ask_how_it_felt", "kept.doors.clock.pulse_tasks.ask_how_it_felt", daily("09:40"), alone=True),
    Recurring("take_public_holidays", "kept.doors.clock.tasks.take_public_holidays", monthly(1, "04:00")),
)


def give_out(*, at: datetime) -> list[str]:
    """Queue every job whose turn has come since it was last given out; a new job at once. Answers their names.

    What fell due while no worker ran is made up for once, not once for every turn missed.
    """
    zone = offices().zone
    taken = dict(Turn.objects.values_list("job", "due_at"))
    due = [(job, job.rhythm(at, zone)) for job in SCHEDULE]
    return [job.name for job, moment in due if taken.get(job.name, LONG_AGO) < moment and _take(job, moment)]


@transaction.atomic
def _take(job: Recurring, due: datetime) -> bool:
    """Mark the turn as taken and queue the job, both or neither; False when another worker took it, or it goes by."""
    Turn.objects.get_or_create(job=job.name, defaults={"due_at": LONG_AGO})
    if not Turn.objects.filter(job=job.name, due_at__lt=due).update(due_at=due):
        return False
    runs = DBTaskResult.objects.filter(task_path=job.task, args_kwargs={"args": [], "kwargs": {}})
    if job.alone and runs.filter(status__in=["READY", "RUNNING"]).exists():
        return False
    # what failed in an earlier turn is made up for by this one: nobody need run it again
    runs.filter(status="FAILED").delete()
    import_string(job.task).using(queue_name=job.queue).enqueue()
    return True
