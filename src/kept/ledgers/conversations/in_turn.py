"""Messages come in one transaction after the other."""

from kept.kit.rows import hold_all
from kept.ledgers.team.models import Firm


def in_turn() -> None:
    """Wait for whoever brings messages in right now, and keep others waiting until this transaction ends.

    Of two at once neither would know the other's threads; and who knows the newest message by its key, as the pages
    do that keep what they counted, would never learn of one with a lower key that was not there to see yet.
    """
    hold_all(Firm.objects.all())
