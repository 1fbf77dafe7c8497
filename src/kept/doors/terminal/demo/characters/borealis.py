"""Borealis."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.engagements.models import Kind

BOREALIS = Sheet(
    key="borealis",
    name="Borealis",
    story="Boots, tents and a trail magazine. They love us and we them, and each month we give what nobody ordered: "
    "over the hours since winter, more each month, and Cleo does not know it.",
    lead="bo",
    pledge=120,
    months=31,
    people=(
        Person(
            "Cleo Varn",
            ContactRole.DECIDES,
            "Head of shop",
            letters=5,
            agreed={
                "channel": "By phone when it is about dates, by mail for the rest.",
                "good_hours": "Before noon.",
                "plainness": "The bad news first, then what we do about it. No “circle back”.",
                "no_go_hours": "Never on Friday after three.",
                "matters": "Dates. Her magazine goes to the printer whether we are ready or not.",
                "language": "English",
            },
        ),
        Person(
            "Arun Saye",
            ContactRole.DAILY,
            "Shop and stock",
            letters=4,
            agreed={
                "channel": "Mail, short, with a list.",
                "plainness": "English is his third language.",
                "language": "English",
            },
        ),
        Person(
            "Maya Lund",
            ContactRole.SPONSOR,
            "Owner",
            agreed={"channel": "Twice a year, in person.", "detail": "One page, the sum at the top."},
        ),
    ),
    sold=(
        Sold(
            "Shop and magazine",
            Kind.RETAINER,
            80,
            9600,
            starts=31,
            pace=(1.06, 1.38),
            runs_out=True,
            before=(7, 70, 8400),
            promised={"kit": 0.6, "moss": 0.25, "ada": 0.15},
            working={"kit": 0.41, "moss": 0.3, "ada": 0.09, "juno": 0.12, "bo": 0.08},
        ),
    ),
    voice=Voice(
        topics=("shop", "wording", "photo", "campaign", "newsletter", "figures", "copy", "fault", "event", "proof"),
        letters=11,
        answer=55,
        lately=1.3,
        word=(76, 8, 11, 2, 3),
    ),
)
