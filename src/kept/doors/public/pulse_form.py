"""What was chosen and typed on the page that asks how it felt; what was not touched stays open."""

from collections.abc import Mapping
from dataclasses import dataclass

from kept.doors.public.pulse_tongue import Tongue
from kept.ledgers.pulses.models import MARKS

LONGEST = 2000  # letters of the open question
CHOICES = {str(mark): mark for mark in range(11)}


@dataclass(frozen=True)
class Typed:
    """Marks 0..10 by name, where there are any; `fault` says why nothing can be taken, in their language."""

    marks: dict[str, int]
    words: str = ""
    call_me: bool = False
    fault: str = ""

    @property
    def all_marks(self) -> dict[str, int | None]:
        """Every name, with none where it was left open."""
        return {name: self.marks.get(name) for name in MARKS}


def typed(sent: Mapping[str, str], tongue: Tongue) -> Typed:
    """What a form brought; whoever asks to be called need not say anything else."""
    chosen = {name: sent.get(name, "") for name in MARKS}
    found = Typed(marks=tapped(sent), words=_plain(sent.get("words", "")), call_me="call" in sent)
    fault = ""
    if any(mark and mark not in CHOICES for mark in chosen.values()):
        fault = tongue.faults.mark
    elif len(found.words) > LONGEST:
        fault = tongue.faults.long
    elif not (found.marks or found.words or found.call_me):
        fault = tongue.faults.nothing
    return Typed(found.marks, found.words, found.call_me, fault)


def tapped(sent: Mapping[str, str]) -> dict[str, int]:
    """The marks that an address or a form names; whatever is none is passed over."""
    return {name: CHOICES[sent[name]] for name in MARKS if sent.get(name) in CHOICES}


def _plain(text: str) -> str:
    kept = "".join(each for each in text.replace("\r\n", "\n") if each.isprintable() or each in "\n\t")
    return kept.encode("utf-8", "replace").decode().strip()
