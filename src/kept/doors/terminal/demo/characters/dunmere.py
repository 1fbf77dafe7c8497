"""Dunmere Festival."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole, Stage
from kept.ledgers.engagements.models import Kind

DUNMERE = Sheet(
    key="dunmere",
    name="Dunmere Festival",
    story="One summer, well done and over; they come back when there is money.",
    lead="ada",
    stage=Stage.PAST,
    months=13,
    people=(Person("Ivo Strand", ContactRole.DECIDES, "Festival"),),
    sold=(
        Sold(
            "The summer",
            Kind.FIXED,
            110,
            11500,
            starts=300,
            ends=-190,
            pace=(0, 1.13),
            working={"juno": 0.4, "robin": 0.6},
        ),
    ),
    voice=Voice(topics=("event", "campaign", "proof", "sign"), letters=8, first=310, last=180),
)
