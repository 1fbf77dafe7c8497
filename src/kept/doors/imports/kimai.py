"""Kimai's timesheet tables, of its importer and its export: customer and activity, Duration in seconds or h:mm."""

from kept.doors.imports.headings import Shape

SHAPE = Shape(
    "kimai",
    marks=(
        frozenset({"customer"}),
        frozenset({"activity"}),
        frozenset({"from", "begin"}),
        frozenset({"to", "end"}),
        frozenset({"duration"}),
    ),
    # “Rate” is the row's amount here, not a rate per hour
    headings={"client": ("customer",), "task": ("activity",), "rate": ("hourly rate", "hourly price")},
    duration_unit=1,
)
