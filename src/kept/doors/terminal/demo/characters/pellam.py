"""Pellam Museum."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

PELLAM = Sheet(
    key="pellam",
    name="Pellam Museum",
    story="Nine rooms, one donkey, a new wing. Hana has sent us two clients and never mentions it.",
    lead="ada",
    months=58,
    people=(
        Person(
            "Hana Ishii",
            ContactRole.DECIDES,
            "Director",
            letters=3,
            agreed={"channel": "Mail, or come by.", "matters": "That children can read it."},
        ),
        Person("Bartle Moor", ContactRole.DAILY, "House and donkey"),
    ),
    sold=(
        Sold(
            "The new wing",
            Kind.FIXED,
            90,
            9900,
            starts=62,
            ends=41,
            pace=(0, 0.87),
            promised={"kit": 0.7, "juno": 0.3},
            working={"kit": 0.55, "juno": 0.45},
            change_order=(8, "the donkey's own page"),
        ),
        Sold(
            "The garden leaflet",
            Kind.FIXED,
            30,
            3000,
            starts=330,
            ends=-260,
            pace=(0, 0.97),
            working={"robin": 0.7, "juno": 0.3},
        ),
    ),
    voice=Voice(
        topics=("leaflet", "event", "sign", "copy", "figures", "proof"), letters=5, answer=50, word=(88, 6, 3, 0, 3)
    ),
)
