"""What people decide of a letter that did not simply arrive: it went, send it again, give up, write anew, seen."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from kept.kit.rows import hold
from kept.ledgers.journal.verbs import write
from kept.ledgers.letters import readiness
from kept.ledgers.letters.faults import NotYours, TooLate
from kept.ledgers.letters.models import Bounce, Letter
from kept.ledgers.team.models import Member

_FREE = {"trying_since": None, "data_began_at": None}
_NOT_REFUSED = {"refused_at": None, "refusal_seen_at": None}


@transaction.atomic
def it_went(letter: Letter, *, by: Member | None, at: datetime) -> None:
    """Of a letter that may have gone: it did, as they have it. Twice is once.

    Not undone, as it is a fact about the world; written anew it is another letter. Raises TooLate, NotYours.
    """
    _check(letter, by)
    facts = {"trying_since": None, "accepted_at": F("data_began_at"), "trouble": "", "link": ""}
    done = Letter.objects.uncertain(at).filter(pk=letter.pk).update(**facts)
    _told("letters.it_went", letter, done, by=by, at=at, already=letter.accepted_at is not None)


@transaction.atomic
def send_again(letter: Letter, *, by: Member | None, at: datetime) -> None:
    """Of a letter that may have gone: send it once more, by the same id, so that most programs show it once.

    Not undone, but the ten seconds begin anew. Raises TooLate when how it ended is known, NotYours.
    """
    _check(letter, by)
    facts = {**_FREE, "next_try_at": at, "trouble": ""}
    done = Letter.objects.uncertain(at).filter(pk=letter.pk).update(**facts)
    _told("letters.send_again", letter, done, by=by, at=at, already=letter.data_began_at is None)


@transaction.atomic
def try_now(letter: Letter, *, by: Member | None, at: datetime) -> None:
    """Try a letter at once that waits for its next try, or was refused. `give_up` undoes it. Twice is once."""
    _check(letter, by)
    mine = Letter.objects.filter(pk=letter.pk, accepted_at=None, **_FREE)
    waits = mine.filter(next_try_at__gt=at, refused_at=None).update(next_try_at=at)
    # a refused letter never went: it begins anew, with two days to arrive in
    anew = {**_NOT_REFUSED, "go_at": at, "next_try_at": at, "trouble": ""}
    again = mine.filter(refused_at__isnull=False).update(**anew)
    _told("letters.try_now", letter, waits or again, by=by, at=at, already=bool(_under_way(letter)))


@transaction.atomic
def give_up(letter: Letter, *, by: Member | None, at: datetime) -> None:
    """Try it no more; `try_now` undoes it. Twice is once. Raises TooLate when it goes just now, or went, NotYours.

    Whoever gives it up need not be told that it was not taken, so its trouble is over.
    """
    _check(letter, by)
    done = Letter.objects.under_way().filter(pk=letter.pk, **_FREE).update(refused_at=at, trouble="")
    _told("letters.give_up", letter, done, by=by, at=at, already=letter.refused_at is not None)


@transaction.atomic
def write_anew(letter: Letter, *, by: Member, at: datetime) -> Letter:
    """Make a draft again of a letter that was refused; sending it off undoes it. Twice is once."""
    readiness.check_writer(letter, by=by)
    facts = {**_NOT_REFUSED, "go_at": None, "sent_off_at": None, "next_try_at": None, "tries": 0, "changed_at": at}
    done = Letter.objects.refused().filter(pk=letter.pk).update(**facts)
    _told("letters.write_anew", letter, done, by=by, at=at, already=letter.go_at is None)
    return letter


@transaction.atomic
def seen(bounce: Bounce, *, by: Member, at: datetime) -> None:
    """The author knows that it did not reach somebody; `unseen` undoes it. Twice is once."""
    _check(bounce.letter, by)
    if Bounce.objects.filter(pk=bounce.pk, seen_at=None).update(seen_at=at):
        write("letters.seen", bounce, by=by, at=at, client_id=bounce.letter.client_id, said=bounce.email)
    bounce.refresh_from_db()


@transaction.atomic
def unseen(bounce: Bounce, *, by: Member, at: datetime) -> None:
    """Tell the author again. Twice is once."""
    _check(bounce.letter, by)
    if Bounce.objects.filter(pk=bounce.pk, seen_at__isnull=False).update(seen_at=None):
        write("letters.unseen", bounce, by=by, at=at, client_id=bounce.letter.client_id, said=bounce.email)
    bounce.refresh_from_db()


@transaction.atomic
def see_refusal(letter: Letter, *, by: Member, at: datetime) -> None:
    """The writer knows that no server took it, and deals with it; `unsee_refusal` undoes it. Twice is once.

    Raises TooLate when it is not refused any more, NotYours.
    """
    _check(letter, by)
    done = Letter.objects.refused().filter(pk=letter.pk, refusal_seen_at=None).update(refusal_seen_at=at)
    _told("letters.see_refusal", letter, done, by=by, at=at, already=letter.refusal_seen_at is not None)


@transaction.atomic
def unsee_refusal(letter: Letter, *, by: Member, at: datetime) -> None:
    """Tell the writer again. Twice is once."""
    _check(letter, by)
    done = Letter.objects.filter(pk=letter.pk, refusal_seen_at__isnull=False).update(refusal_seen_at=None)
    _told("letters.unsee_refusal", letter, done, by=by, at=at, already=True)


def _check(letter: Letter, by: Member | None) -> None:
    """The writer decides, or the owner; nobody across a wall. None is whoever runs the server."""
    hold(letter)
    if by is None:
        return
    if letter.by_id != by.pk and not by.may_settle:
        raise NotYours("This letter is somebody else's to decide about. It was left as it is.")
    readiness.may_see(by, conversation=letter.conversation_id, client=letter.client_id)


def _under_way(letter: Letter) -> int:
    return Letter.objects.under_way().filter(pk=letter.pk, data_began_at=None).count()


def _told(verb: str, letter: Letter, done: int, *, by: Member | None, at: datetime, already: bool) -> None:
    """Write the line, or refuse when the letter stands otherwise than whoever decided thought."""
    if done:
        write(verb, letter, by=by, at=at, client_id=letter.client_id)
    elif not already:
        raise TooLate("This letter stands otherwise by now: it is on its way, or how it ended is known. Look again.")
    letter.refresh_from_db()
