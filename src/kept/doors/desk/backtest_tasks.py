"""Looking back by night: what was said before clients left or complained. May run twice without harm."""

from django.db import transaction
from django.tasks import task
from django_tasks_db.models import DBTaskResult

from kept.kit import clock
from kept.kit.rows import hold_all
from kept.ledgers.team.models import Firm
from kept.readings.backtest import count, keep
from kept.readings.calendars import offices


@task()
def count_backtest() -> int:
    """Count two years anew and keep them until the next night. Answers of how many cases."""
    past = count(at=clock.now(), offices=offices())
    keep(past)
    return len(past.cases)


@transaction.atomic
def count_once() -> bool:
    """Have it counted now; False where a count is waiting or running. Of two who ask at once one has it counted."""
    hold_all(Firm.objects.all())  # the second looks only once the first has asked
    if being_counted():
        return False
    count_backtest.enqueue()
    return True


def being_counted() -> bool:
    """Whether a count is waiting or running, by night or because somebody asked. One query."""
    runs = DBTaskResult.objects.filter(task_path=count_backtest.module_path)
    return runs.filter(status__in=["READY", "RUNNING"]).exists()
