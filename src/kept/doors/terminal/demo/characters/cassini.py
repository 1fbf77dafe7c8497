"""Cassini Maps."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

CASSINI = Sheet(
    key="cassini",
    name="Cassini Maps",
    story="Maps and compasses for the walkers Borealis sells boots to. Kept behind a wall: Kit and Juno, who work "
    "for Borealis, never learn that they are ours.",
    lead="ines",
    office="Lisbon",
    wall="Two maps",
    months=19,
    people=(
        Person(
            "Oriel Dunne",
            ContactRole.DECIDES,
            "Managing partner",
            letters=3,
            agreed={"channel": "Mail; phone only when it burns."},
        ),
        Person("Piet Haan", ContactRole.DAILY, "Print", agreed={"detail": "Exact sizes, in millimetres."}),
    ),
    sold=(
        Sold(
            "Map shop",
            Kind.RETAINER,
            36,
            4100,
            starts=19,
            pace=(0.9, 0.96),
            promised={"teo": 0.6, "wren": 0.4},
            working={"teo": 0.5, "wren": 0.35, "ines": 0.15},
        ),
    ),
    voice=Voice(
        topics=("proof", "shop", "packaging", "figures", "fault", "copy"), letters=5, warmth="plain", answer=60
    ),
)
