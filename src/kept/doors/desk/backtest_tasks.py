"""Looking back by night: what was said before clients left or complained. May run twice without harm."""

from django.tasks import task
from django_tasks_db.models import DBTaskResult

from kept.kit import clock
from kept.readings.backtest import count, keep
from kept.readings.calendars import offices


@task()
def count_backtest() -> int:
    """Count two years anew and keep them until the next night. Answers of how many cases."""
    past = count(at=clock.now(), offices=offices())
    keep(past)
    return len(past.cases)


def being_counted() -> bool:
    """Whether a count is waiting or running, by night or because somebody asked. One query."""
    runs = DBTaskResult.objects.filter(task_path=count_backtest.module_path)
    return runs.filter(status__in=["READY", "RUNNING"]).exists()
