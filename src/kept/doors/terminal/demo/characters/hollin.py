"""Hollin Architects."""

from kept.doors.terminal.demo.sheets import Person, Sheet, Voice
from kept.ledgers.clients.models import ContactRole, Stage

HOLLIN = Sheet(
    key="hollin",
    name="Hollin Architects",
    story="Have asked twice what we cost and liked the answer; not ours yet.",
    lead="ada",
    stage=Stage.PROSPECT,
    months=2,
    people=(Person("Vita Hollin", ContactRole.DECIDES, "Partner"),),
    sold=(),
    voice=Voice(topics=("meeting",), letters=2, first=60, warmth="plain"),
)
