"""Clockify's detailed report, as workspaces set it: Task, Activity or neither, with or without Client."""

from kept.doors.imports.headings import Shape

_DURATION = ("duration (h)", "dauer (h)", "duree (h)", "duracion (h)", "duur (h)")
_DECIMAL = ("duration (decimal)", "dauer (dezimal)", "duree (decimale)", "duracion (decimal)", "duur (decimaal)")
_GROUP = ("group", "gruppe", "groupe", "grupo", "groep", "user group")

SHAPE = Shape(
    "clockify",
    marks=(
        frozenset({*_DURATION, *_DECIMAL, *_GROUP}),
        frozenset({"start date", "startdatum", "date de debut", "fecha de inicio", "begindatum"}),
        frozenset({"project", "projekt", "projet", "proyecto"}),
    ),
    headings={"hours": _DURATION, "decimal": _DECIMAL},
)
