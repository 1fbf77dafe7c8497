"""Tolland Bikes."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

TOLLAND = Sheet(
    key="tolland",
    name="Tolland Bikes",
    story="About to leave. Two promises broken since summer, answers slow since Robin left, and letters that were "
    "warm have become short and few.",
    lead="bo",
    months=26,
    people=(
        Person(
            "Jonas Rehm",
            ContactRole.DECIDES,
            "Marketing",
            letters=4,
            agreed={"channel": "Mail.", "matters": "Being told before he has to ask.", "good_hours": "Mornings."},
        ),
        Person("Petra Tolland", ContactRole.SPONSOR, "Owner", agreed={"channel": "A call each quarter."}),
    ),
    sold=(
        Sold(
            "The season",
            Kind.RETAINER,
            60,
            6900,
            starts=26,
            pace=(0.98, 0.72),
            promised={"robin": 0.5, "bo": 0.2, "juno": 0.3},
            working={"juno": 0.45, "bo": 0.2, "teo": 0.35},
        ),
    ),
    voice=Voice(
        topics=("campaign", "photo", "copy", "figures", "fault", "meeting"),
        letters=7,
        warmth="plain",
        answer=110,
        wobble=0.8,
        lately=2.6,
        quiet=0.35,
        word=(52, 8, 24, 12, 4),
    ),
)
