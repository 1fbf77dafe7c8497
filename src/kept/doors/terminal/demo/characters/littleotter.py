"""Little Otter Nursery."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole, Stage
from kept.ledgers.engagements.models import Kind

OTTER = Sheet(
    key="littleotter",
    name="Little Otter Nursery",
    story="New, five weeks with us, sent by Hana at Pellam. Everything is asked for the first time and nothing is "
    "taken for granted.",
    lead="ines",
    stage=Stage.ONBOARDING,
    months=1,
    people=(
        Person(
            "Asha Brindle",
            ContactRole.DECIDES,
            "Head",
            letters=3,
            agreed={
                "channel": "Mail in the evening, phone at nap time, one to two.",
                "plainness": "No English words from America.",
            },
        ),
        Person("Gwen Tarn", ContactRole.FINANCE, "Books, on Wednesdays"),
    ),
    sold=(
        Sold(
            "A first year",
            Kind.RETAINER,
            30,
            3300,
            starts=1,
            pace=(0.9, 0.9),
            promised={"kit": 0.5, "juno": 0.5},
            working={"kit": 0.55, "juno": 0.35, "ines": 0.1},
        ),
    ),
    voice=Voice(
        topics=("access", "wording", "photo", "meeting", "leaflet", "sign"),
        letters=13,
        answer=40,
        first=40,
        word=(92, 4, 3, 0, 1),
    ),
)
