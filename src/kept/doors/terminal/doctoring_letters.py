"""What the doctor says of letters: how many are on their way, which wait too long, may have gone, or were refused."""

from datetime import datetime, timedelta

from kept.kit import words
from kept.ledgers.letters.models import Letter

LATE = timedelta(hours=1)  # so long after its time a letter should have gone
LATELY = timedelta(days=14)  # what was refused longer ago its author has decided about, or never will


def letters_said(*, at: datetime) -> tuple[str, str]:
    """What stands of letters, and how to mend what should not stand so; "" when there is no such thing."""
    under_way = Letter.objects.under_way()
    uncertain = Letter.objects.uncertain(at)
    late = under_way.filter(go_at__lt=at - LATE, data_began_at=None)
    refused = Letter.objects.refused().filter(refused_at__gt=at - LATELY).exclude(trouble="")
    said = [f"{words.count(under_way.count(), 'letter')} on their way"]
    for rows, what in ((late, "late"), (uncertain, "may have gone"), (refused, "refused lately")):
        if found := rows.count():
            said.append(f"{found} {what}")
    mend = "`kept letters` names them and says why; their authors are told." if said[1:] else ""
    return ", ".join(said), mend
