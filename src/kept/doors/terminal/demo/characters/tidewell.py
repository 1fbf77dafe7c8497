"""Tidewell Trust."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

TIDEWELL = Sheet(
    key="tidewell",
    name="Tidewell Trust",
    story="A charity with auditors. Every third letter is about a bill, and none of them is unkind.",
    lead="ada",
    months=40,
    people=(
        Person(
            "Ruth Adair",
            ContactRole.FINANCE,
            "Treasurer",
            letters=4,
            agreed={"plainness": "A word for every line of a bill.", "detail": "Order numbers, always."},
        ),
        Person("Sol Whitby", ContactRole.DECIDES, "Director", letters=2),
    ),
    sold=(
        Sold(
            "Voice of the Trust",
            Kind.RETAINER,
            35,
            3500,
            starts=40,
            pace=(0.9, 0.93),
            promised={"juno": 0.6, "wren": 0.4},
            working={"juno": 0.6, "wren": 0.25, "fin": 0.15},
        ),
    ),
    voice=Voice(topics=("invoice", "invoice", "copy", "newsletter", "figures", "meeting"), letters=6, warmth="plain"),
)
