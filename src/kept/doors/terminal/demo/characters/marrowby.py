"""Marrowby Foods."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

MARROWBY = Sheet(
    key="marrowby",
    name="Marrowby Foods",
    story="Jars and boxes in five sizes. Cheerful, late with their own texts, and we make up for it in hours.",
    lead="ines",
    office="Lisbon",
    months=35,
    people=(
        Person(
            "Lucía Ferrán",
            ContactRole.DECIDES,
            "Brand",
            letters=4,
            agreed={
                "channel": "Mail, pictures rather than words.",
                "matters": "Never to hear it from the shop first.",
                "language": "English, Spanish gladly",
            },
        ),
        Person("Hugh Pask", ContactRole.DAILY, "Packing"),
    ),
    sold=(
        Sold(
            "Packaging",
            Kind.RETAINER,
            50,
            5500,
            starts=35,
            pace=(1.02, 1.2),
            promised={"teo": 1.0},
            working={"teo": 0.75, "ines": 0.1, "juno": 0.15},
        ),
    ),
    voice=Voice(topics=("packaging", "proof", "copy", "photo", "packaging"), letters=6, word=(72, 12, 12, 1, 3)),
)
