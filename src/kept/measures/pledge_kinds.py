"""What a sentence of the pledge can be held against: the name of each measure, what it counts, and its one number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One live measure.

    `name` and `counts` are for choosing it; `one` and `many` are its occasions ("promise", "promises"). Where it takes
    a number, `unit` says in what it is counted, `usual` is what is meant without, `asks` is its label; `step` is how
    many of them make one as people type it (minutes are typed as hours).
    """

    key: str
    name: str
    counts: str
    one: str
    many: str
    asks: str = ""
    unit: str = ""
    usual: int = 0
    step: int = 1


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "replies",
            "reply time",
            "Messages of clients that ask for an answer; kept where a person answered in time, by what was pledged "
            "when they asked. One that still waits counts from the moment it is late.",
            "message", "messages", "Answered within", "working hours", 240, 60,
        ),
        Kind(
            "calls",
            "calls returned",
            "Calls we missed; kept where a person called or wrote back in time.",
            "missed call", "missed calls", "Called back within", "working hours", 240, 60,
        ),
        Kind(
            "promises",
            "promises kept",
            "Promises that fell due, late ones at once; kept in time, or by a day the client agreed to beforehand. "
            "Their pages count one when it is settled. A call after a low answer is feedback followed up.",
            "promise", "promises",
        ),
        Kind(
            "people",
            "promised people present",
            "Meetings that were held; kept where everybody came who had been promised.",
            "meeting", "meetings",
        ),
        Kind(
            "meetings",
            "meetings kept",
            "Meetings that were planned; kept where we came, and in time. What the client called off is left out.",
            "meeting", "meetings", "Late by at most", "minutes", 10,
        ),
        Kind(
            "bills",
            "no surprise on a bill",
            "Bills that went out; kept where they were as quoted or told of beforehand, and raised no question.",
            "bill", "bills",
        ),
        Kind(
            "first_month",
            "first-month check-in",
            "New clients; kept where we met or called them within their first days.",
            "new client", "new clients", "Spoken with within", "days", 31,
        ),
        Kind(
            "feedback",
            "feedback followed up",
            "Low answers to how it felt; kept where a person spoke with them in time.",
            "low answer", "low answers", "Spoken with within", "working days", 1,
        ),
    )
}  # fmt: skip
