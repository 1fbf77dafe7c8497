"""Brackwater Dental."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

BRACKWATER = Sheet(
    key="brackwater",
    name="Brackwater Dental",
    story="Three surgeries and a fear of photographs. Exact, kind, always between two patients.",
    lead="bo",
    months=17,
    people=(
        Person(
            "Dr Mina Oske",
            ContactRole.DECIDES,
            "Principal",
            letters=3,
            agreed={"channel": "Mail of three lines.", "good_hours": "After six."},
        ),
        Person("Lowri Beck", ContactRole.DAILY, "Front desk", letters=3),
    ),
    sold=(
        Sold(
            "Practice pages",
            Kind.RETAINER,
            40,
            4200,
            starts=17,
            pace=(0.85, 0.93),
            promised={"kit": 0.6, "wren": 0.4},
            working={"kit": 0.5, "wren": 0.5},
        ),
        Sold(
            "Move to the new practice",
            Kind.FIXED,
            48,
            5200,
            starts=290,
            ends=-170,
            pace=(0, 1.08),
            working={"kit": 0.6, "moss": 0.4},
        ),
    ),
    voice=Voice(topics=("photo", "wording", "access", "fault", "meeting", "sign"), letters=5, warmth="plain"),
)
