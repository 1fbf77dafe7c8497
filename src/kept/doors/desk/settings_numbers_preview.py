"""What a change of any number would do to every client, by what the number is of."""

from collections.abc import Callable
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kept.doors.desk import settings_numbers_asking as asking
from kept.doors.desk import settings_numbers_staying as staying
from kept.doors.desk import settings_numbers_trust as trusting
from kept.doors.desk.settings_numbers_served import beside
from kept.doors.desk.settings_numbers_table import Preview
from kept.readings.numbers_effects import Trial
from kept.readings.numbers_page import is_counted

type Teller = Callable[[Trial, ZoneInfo], Preview]

# by group, or by a number of its own
TELLS: MappingProxyType[str, Teller] = MappingProxyType(
    {
        "streams": trusting.trust,
        "blend": trusting.trust,
        "hurting": trusting.hurting,
        "drifting": trusting.drifting,
        "staying": staying.stays,
        "feeling": staying.feeling,
        "hiding": staying.team,
        "asking.relationship_days": asking.eligible,
        "asking.moment_days": asking.eligible,
        "asking.moments_a_year": asking.eligible,
        "asking.quarantine_days": asking.eligible,
        "asking.open_days": asking.open_days,
        "asking.remind_days": asking.reminders,
        "asking.from_day": asking.days,
        "asking.window_days": asking.days,
        "asking.moment_within": asking.moments,
    }
)


def preview(tried: Trial, *, zone: ZoneInfo) -> Preview:
    """What the number tried would do, in words for a reader in `zone`."""
    if not is_counted(tried.key):
        return Preview("It would change nothing: nothing is counted by it yet.")
    tells = TELLS.get(tried.key) or TELLS[tried.key.partition(".")[0]]
    return beside(tried, zone).added_to(tells(tried, zone))
