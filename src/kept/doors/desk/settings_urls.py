"""The addresses of the settings, gathered."""

from kept.doors.desk import (
    settings_asking,
    settings_duty,
    settings_firm,
    settings_inlets,
    settings_mailboxes,
    settings_numbers,
    settings_offices,
    settings_pages,
    settings_people,
    settings_rates,
    settings_walls,
    settings_you,
)

urls = [
    *settings_pages.urls,
    *settings_firm.urls,
    *settings_offices.urls,
    *settings_people.urls,
    *settings_rates.urls,
    *settings_walls.urls,
    *settings_duty.urls,
    *settings_inlets.urls,
    *settings_asking.urls,
    *settings_mailboxes.urls,
    *settings_numbers.urls,
    *settings_you.urls,
]
