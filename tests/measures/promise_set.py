"""The labelled promise sentences: sixteen invented senders, half of them kept for judging only."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kept.measures.text import promises

FOLDER = Path(__file__).parent / "promise_sentences"
# The grammar was written and mended with the first eight in sight; the others were labelled before it and only counted.
SEEN = ("bo", "kit", "marta", "raj", "lucille", "tomasz", "priya", "owen")
HELD_OUT = ("ada", "jonas", "femke", "sal", "beatriz", "hugh", "noor", "cal")
COLLEAGUES = {
    "ada": ("Bo", "Kit", "Fin"),
    "bo": ("Ada", "Kit", "Fin"),
    "raj": ("Meera",),
    "owen": ("Harriet",),
    "femke": ("Pieter",),
    "hugh": ("Marjorie",),
    "cal": ("Dee",),
    "beatriz": ("Ana",),
}
# Every sentence was sent on this Wednesday at two.
SENT = datetime(2026, 10, 14, 14, 0, tzinfo=ZoneInfo("Europe/London"))


@dataclass(frozen=True)
class Labelled:
    """label: yes, soft or no; due: "2026-10-16 17:30", or '' where the sentence names none."""

    sender: str
    trade: str
    label: str
    sentence: str
    due: str


def labelled(*senders: str) -> list[Labelled]:
    """The sentences of these senders."""
    lines = (line for sender in senders for line in (FOLDER / f"{sender}.tsv").read_text().splitlines()[1:])
    return [Labelled(*line.split("\t")) for line in lines]


def flagged(one: Labelled) -> str:
    """What the measure says: yes, soft, or no."""
    found = promises.found(one.sentence, sent_at=SENT, by=one.sender.title(), ours=COLLEAGUES.get(one.sender, ()))
    return "no" if not found else "yes" if any(not each.soft for each in found) else "soft"


@dataclass(frozen=True)
class Score:
    """precision and recall of "yes": a soft sentence flagged as sure is a fault, a sure one flagged as soft a miss."""

    right: int
    flags: int
    promises: int

    @property
    def precision(self) -> float:
        return self.right / self.flags

    @property
    def recall(self) -> float:
        return self.right / self.promises


def score(sentences: list[Labelled]) -> Score:
    said = [(one.label, flagged(one)) for one in sentences]
    return Score(
        right=said.count(("yes", "yes")),
        flags=sum(flag == "yes" for _, flag in said),
        promises=sum(label == "yes" for label, _ in said),
    )
