"""What is noticed in a draft, said to its writer alone: lines for anybody. Nothing is ever held back for it."""

from dataclasses import dataclass

from kept.measures.text.sameness import Sameness

MOST = 4
HAD, EVERYBODYS = "A line others have had too", "A line from everybody’s letters"
SAID_AT = 0.4  # a line that went to two other clients is nobody's habit yet


@dataclass(frozen=True)
class Noticed:
    """One line of the draft, and what is to be said of it."""

    tag: str
    line: str
    why: str


def noticed(found: Sameness) -> list[Noticed]:
    """The stock phrases and the lines that went to many others, the most worn first; then the letter as a whole."""
    worn = sorted((one for one in found.lines if one.can >= SAID_AT and one.why), key=lambda one: -one.can)
    said = [Noticed(HAD if one.line.others else EVERYBODYS, one.line.text, one.why) for one in worn[:MOST]]
    return [*said, Noticed("As a whole", "", found.says)] if found.nudge else said
