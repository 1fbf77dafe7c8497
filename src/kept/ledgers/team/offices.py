"""Offices: their zone, their working windows and their holidays."""

from datetime import date

from django.db import models
from django.db.models import F, Q

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Office(models.Model):
    name = models.CharField(max_length=120, unique=True)
    zone = models.CharField(max_length=64)  # IANA, "Europe/London"
    country = models.CharField(max_length=2, blank=True)  # ISO 3166, for public holidays
    region = models.CharField(max_length=12, blank=True)  # subdivision of the country, "ENG"

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    def week(self) -> dict[str, list[tuple[str, str]]]:
        """Working windows by weekday, as `Calendar` takes them: {"mon": [("09:00", "12:30"), ...]}."""
        week: dict[str, list[tuple[str, str]]] = {}
        for window in self.windows.all():
            week.setdefault(WEEKDAYS[window.weekday], []).append((clock(window.opens), clock(window.closes)))
        return week

    def days_off(self) -> set[date]:
        """The days on which nobody there works."""
        return {holiday.day for holiday in self.holidays.all()}


class Window(models.Model):
    """One stretch of one weekday in which people work; minutes since midnight, 1440 ends a day."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField()  # 0 Monday .. 6 Sunday
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["office", "weekday", "opens"], name="window_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="window_weekday"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) & Q(closes__lte=1440), name="window_closes_after_opening"
            ),
        ]


class Holiday(models.Model):
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="holiday_once")]


def clock(minutes: int) -> str:
    """570 -> "09:30"; 1440 -> "24:00"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes(clock_time: str) -> int:
    """ "09:30" -> 570; raises ValueError with a plain sentence when it is no time of day."""
    hours, separator, rest = clock_time.strip().partition(":")
    if not (
        separator and hours.isdigit() and rest.isdigit() and int(rest) < 60 and int(hours) * 60 + int(rest) <= 1440
    ):
        raise ValueError(f"“{clock_time}” is not a time of day; write it like 09:30.")
    return int(hours) * 60 + int(rest)
