"""Harvest's detailed time report of any year: a date and hours a row, the person's name in two columns."""

from kept.doors.imports.headings import Shape

SHAPE = Shape(
    "harvest",
    marks=(
        frozenset({"date"}),
        frozenset({"hours"}),
        frozenset({"first name"}),
        frozenset({"last name"}),
        frozenset({"project code", "billable?", "employee?"}),
    ),
    # “Hours Rounded” is what was invoiced, not what was worked; “Employee?” says yes or no, not who
    headings={"hours": ("hours",), "person": ()},
)
