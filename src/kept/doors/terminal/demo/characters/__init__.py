"""The clients of the demo, each on a sheet of their own."""

from kept.doors.terminal.demo.characters.almirra import ALMIRRA
from kept.doors.terminal.demo.characters.borealis import BOREALIS
from kept.doors.terminal.demo.characters.brackwater import BRACKWATER
from kept.doors.terminal.demo.characters.cassini import CASSINI
from kept.doors.terminal.demo.characters.dunmere import DUNMERE
from kept.doors.terminal.demo.characters.fennimore import FENNIMORE
from kept.doors.terminal.demo.characters.hollin import HOLLIN
from kept.doors.terminal.demo.characters.inkwell import INKWELL
from kept.doors.terminal.demo.characters.littleotter import OTTER
from kept.doors.terminal.demo.characters.marrowby import MARROWBY
from kept.doors.terminal.demo.characters.pellam import PELLAM
from kept.doors.terminal.demo.characters.quillon import QUILLON
from kept.doors.terminal.demo.characters.sable import SABLE
from kept.doors.terminal.demo.characters.saltmarrow import SALTMARROW
from kept.doors.terminal.demo.characters.tidewell import TIDEWELL
from kept.doors.terminal.demo.characters.tolland import TOLLAND

EVERYBODY = (
    BOREALIS,
    CASSINI,
    QUILLON,
    TOLLAND,
    OTTER,
    FENNIMORE,
    SALTMARROW,
    BRACKWATER,
    MARROWBY,
    ALMIRRA,
    PELLAM,
    TIDEWELL,
    INKWELL,
    SABLE,
    DUNMERE,
    HOLLIN,
)
