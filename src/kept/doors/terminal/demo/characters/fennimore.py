"""Fennimore Tea."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Sold, Voice
from kept.ledgers.clients.models import ContactRole, Stage
from kept.ledgers.engagements.models import Kind

FENNIMORE = Sheet(
    key="fennimore",
    name="Fennimore Tea",
    story="Paused since a bad harvest; no quarrel. Tom writes now and then to say he has not forgotten us.",
    lead="ada",
    stage=Stage.PAUSED,
    months=44,
    people=(Person("Tom Fennimore", ContactRole.DECIDES, "Owner", agreed={"channel": "A postcard, honestly."}),),
    sold=(
        Sold(
            "Tins and letters",
            Kind.RETAINER,
            25,
            2900,
            starts=44,
            stops=4,
            promised={"kit": 1.0},
            working={"kit": 0.7, "robin": 0.3},
        ),
    ),
    voice=Voice(topics=("packaging", "newsletter", "proof"), letters=4, answer=80, last=110),
)
