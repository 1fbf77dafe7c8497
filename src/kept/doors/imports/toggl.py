"""Toggl Track's detailed report, old (User, End date, Amount) and new (Member, Stop date)."""

from kept.doors.imports.headings import Shape

SHAPE = Shape(
    "toggl",
    marks=(
        frozenset({"user", "member", "email"}),
        frozenset({"start date"}),
        frozenset({"start time"}),
        frozenset({"end time", "stop time"}),
        frozenset({"duration"}),
        frozenset({"tags", "email", "billable"}),
    ),
    headings={"rate": ("billable rate", "hourly rate")},
)
