"""What recurs about our own team: a round is closed, and the next one opened. May run twice without harm."""

from django.tasks import task

from kept.flows.ask_team import ask_team
from kept.kit import clock
from kept.readings.calendars import offices


@task()
def ask_the_team() -> bool:
    """Close the round whose time is over, and open the next when a fortnight has gone by. Whether one is open."""
    return ask_team(at=clock.now(), offices=offices()) is not None
