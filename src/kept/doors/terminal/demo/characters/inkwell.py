"""Inkwell & Rowe."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

INKWELL = Sheet(
    key="inkwell",
    name="Inkwell & Rowe",
    story="Booksellers building a shop on the net, with us, for the first time. Past the point where one asks "
    "what is left.",
    lead="ines",
    months=9,
    people=(
        Person(
            "Nell Rowe",
            ContactRole.DECIDES,
            "Bookseller",
            letters=3,
            agreed={"channel": "Mail before the shop opens at ten.", "matters": "No pictures of cats."},
        ),
        Person("Joss Inkwell", ContactRole.DAILY, "The cellar"),
    ),
    sold=(
        Sold(
            "The new shop",
            Kind.FIXED,
            220,
            24200,
            starts=112,
            ends=46,
            pace=(0, 0.64),
            promised={"moss": 0.5, "wren": 0.3, "teo": 0.2},
            working={"moss": 0.5, "wren": 0.35, "teo": 0.15},
        ),
    ),
    voice=Voice(topics=("shop", "fault", "access", "wording", "shop"), letters=6, first=250),
)
