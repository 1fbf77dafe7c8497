"""Sable Street Ceramics."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

SABLE = Sheet(
    key="sable",
    name="Sable Street Ceramics",
    story="One potter, by the hour, when the kiln is off.",
    lead="bo",
    months=15,
    people=(
        Person(
            "Mab Ollery", ContactRole.DECIDES, "Potter", agreed={"channel": "Phone; her hands are wet, let it ring."}
        ),
    ),
    sold=(Sold("By the hour", Kind.HOURLY, 9, 95, starts=15, working={"kit": 0.6, "wren": 0.4}),),
    voice=Voice(topics=("shop", "photo", "access"), letters=2),
)
