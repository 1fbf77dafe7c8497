"""Casa Almirra."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

ALMIRRA = Sheet(
    key="almirra",
    name="Casa Almirra",
    story="Olive oil from the hills behind Porto. Three generations at one table, all of them copied in.",
    lead="ines",
    office="Lisbon",
    months=12,
    people=(
        Person(
            "Tomás Vilar",
            ContactRole.DECIDES,
            "Son of the house",
            letters=3,
            agreed={
                "channel": "Phone, then a mail that says the same.",
                "no_go_hours": "Lunch, one to two; the harvest.",
            },
        ),
        Person("Graça Vilar", ContactRole.SPONSOR, "The house", agreed={"language": "Portuguese"}),
    ),
    sold=(
        Sold(
            "Oil and letters",
            Kind.RETAINER,
            45,
            4300,
            starts=12,
            pace=(0.9, 0.98),
            promised={"teo": 0.5, "ines": 0.2, "wren": 0.3},
            working={"teo": 0.5, "ines": 0.2, "wren": 0.3},
        ),
        Sold(
            "Labels for the harvest",
            Kind.FIXED,
            60,
            5900,
            starts=240,
            ends=-150,
            pace=(0, 1.02),
            working={"teo": 0.8, "ines": 0.2},
        ),
    ),
    voice=Voice(topics=("packaging", "photo", "newsletter", "shop", "event"), letters=5),
)
