"""Saltmarrow House."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

SALTMARROW = Sheet(
    key="saltmarrow",
    name="Saltmarrow House",
    story="Fourteen rooms by the sea. Delia runs it, sees everything and writes from the stairs.",
    lead="bo",
    months=22,
    people=(
        Person(
            "Delia Crane",
            ContactRole.DECIDES,
            "Keeper of the house",
            letters=5,
            agreed={"channel": "Phone in the morning, mail after five.", "matters": "What a guest sees first."},
        ),
        Person("Rafe Crane", ContactRole.FINANCE, "Kitchen and books"),
    ),
    sold=(
        Sold(
            "House and seasons",
            Kind.RETAINER,
            40,
            4400,
            starts=22,
            promised={"juno": 0.5, "kit": 0.5},
            working={"juno": 0.5, "kit": 0.3, "wren": 0.2},
        ),
    ),
    voice=Voice(topics=("wording", "photo", "fault", "newsletter", "sign", "event", "campaign"), letters=7),
)
