"""Why a letter does not go, or cannot be called back: each says what happened, what was kept, and what to do next."""

from collections.abc import Sequence

from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.letters.models import Letter


class NotYours(ValueError):
    """The member may not write this letter: it is somebody else's draft, or a wall stands between."""


class TooLate(ValueError):
    """A letter that is on its way is not changed or called back any more."""


class NotReady(ValueError):
    """The letter cannot go as it is; `faults` are plain sentences, each with what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = list(faults)


class Overtaken(ValueError):
    """Since the writer read the conversation somebody wrote in it: `who`, and the message or letter `what`.

    A warning: `send_off(..., although={"overtaken"})` sends all the same. `ours`: one of us wrote, so they may be
    answered twice; else they wrote again.
    """

    def __init__(self, who: str, what: Message | Letter) -> None:
        self.who, self.what = who, what
        self.ours = isinstance(what, Letter) or what.direction == Direction.OUT
        if isinstance(what, Letter):
            said = f"{who} has an answer on its way already."
        else:
            said = f"{who} has answered meanwhile." if self.ours else f"{who} has written again meanwhile."
        super().__init__(
            f"{said} Your letter was kept as it is. Read that first, then send yours if it is still needed."
        )
