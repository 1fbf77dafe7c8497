"""Quillon & Daughters."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

QUILLON = Sheet(
    key="quillon",
    name="Quillon & Daughters",
    story="Solicitors. They pay on the day, answer in three words and stay, because moving would be a nuisance: "
    "half a year's notice, and their papers run on a thing only we know.",
    lead="bo",
    months=74,
    people=(
        Person(
            "Edmund Quillon",
            ContactRole.DECIDES,
            "Senior partner",
            letters=4,
            agreed={"channel": "By letter or mail. Not by phone.", "plainness": "Numbered points."},
        ),
        Person("Harriet Quillon", ContactRole.FINANCE, "Partner", agreed={"matters": "Nothing may be urgent."}),
    ),
    sold=(
        Sold(
            "Site and papers",
            Kind.RETAINER,
            45,
            5850,
            starts=74,
            pace=(0.88, 0.97),
            promised={"moss": 0.7, "wren": 0.3},
            working={"moss": 0.6, "wren": 0.4},
        ),
    ),
    voice=Voice(
        topics=("hosting", "access", "invoice", "wording", "hosting", "fault"), letters=5, warmth="cold", answer=85
    ),
)
