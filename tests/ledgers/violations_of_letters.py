"""One wrong row for every constraint on letters."""

from datetime import timedelta
from typing import Any

from kept.ledgers.letters.models import Bounce, Letter, Skeleton
from tests.cast import NOW, Studio, wrote
from tests.ledgers.violations import Violation, made, twice

SENT = {"sent_off_at": NOW, "go_at": NOW, "mail_id": "1@larkfield.example"}
SKELETON = {"name": "Kick-off", "words": "Dear [name]", "made_at": NOW}


def draft(s: Studio) -> dict[str, Any]:
    return {"by": s.bo, "form": "new", "made_at": NOW, "changed_at": NOW}


def letter(**facts: Any) -> Violation:
    return made(Letter, lambda s: draft(s) | facts)


def bounce(s: Studio) -> dict[str, Any]:
    row = Letter.objects.filter(by=s.bo).first() or Letter.objects.create(**draft(s))
    return {"letter": row, "email": "nils@borealis.example", "at": NOW}


def two_of_one_message(s: Studio) -> None:
    message = wrote(s.borealis, by=s.bo)
    for _ in range(2):
        Letter.objects.create(**draft(s), message=message)


VIOLATIONS_OF_LETTERS: dict[str, Violation] = {
    "letter_form": letter(form="sonnet"),
    "letter_sent_off": letter(sent_off_at=NOW),
    "letter_in_time": letter(**SENT | {"go_at": NOW - timedelta(seconds=1)}),
    "accepted_letter_was_sent": letter(accepted_at=NOW),
    "accepted_or_refused": letter(**SENT, accepted_at=NOW, refused_at=NOW),
    "sent_letter_has_id": letter(**SENT | {"mail_id": ""}),
    "tried_letter_was_sent": letter(data_began_at=NOW),
    "dropped_letter_was_not_sent": letter(**SENT, dropped_at=NOW),
    "seen_refusal_is_one": letter(refusal_seen_at=NOW),
    "bounce_once": twice(Bounce, bounce, said="again"),
    "Letter.message": two_of_one_message,
    "Skeleton.name": twice(Skeleton, lambda s: SKELETON, words="Hi [name]"),
}
