"""The sentence above how a client was served: meetings, work and bills of half a year, and who was replaced quietly."""

from kept.kit import words
from kept.measures.billing import Verdict
from kept.measures.trust_events import Accepted, Held
from kept.readings.service_page import Served


def opening(served: Served) -> str:
    """ "We met Borealis six times, each as promised; five of six pieces of work were right at once. ..." """
    said = [*_met(served), *_worked(served), *_billed(served)]
    people = _people(served)
    if not said and not people:
        return f"Nothing is written down yet of meetings with {served.client.name}, work handed over, or bills."
    first = f"{words.sentence('; '.join(said))}." if said else ""
    return " ".join(filter(None, (first, people)))


def _met(served: Served) -> list[str]:
    how = [one.how for one in served.meetings if one.how and one.meeting.planned_at >= served.since]
    if not how:
        return []
    lacking = sum(one is not Held.AS_PROMISED for one in how)
    met = f"we met {served.client.name} {_times(len(how))} in half a year"
    if not lacking:
        return [f"{met}, {'as promised' if len(how) == 1 else 'each time as promised'}"]
    return [f"{met}, {_times(lacking)} not as promised" if len(how) > 1 else f"{met}, not as promised"]


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number) or words.count(number, "time")


def _worked(served: Served) -> list[str]:
    found = [one.received for one in served.work if one.received and one.received.at >= served.since]
    if not found:
        return []
    right = sum(one.accepted is Accepted.AT_ONCE for one in found)
    if len(found) == 1:
        return ["the work handed over was right at once" if right else "the work handed over was not right at once"]
    number = {0: "none", len(found): "all"}.get(right) or _number(right)
    of = "" if right == len(found) else "of "
    return [f"{number} {of}{words.count(len(found), 'piece')} of work were right at once"]


def _billed(served: Served) -> list[str]:
    found = [one for one in served.bills if one.verdict and one.row.sent_on >= served.since.date()]
    if not found:
        return []
    surprises = [one for one in found if one.verdict is Verdict.SURPRISE]
    still = sum(one.open is not None for one in surprises)
    if not surprises:
        return ["no bill surprised them"]
    if not still:
        unsettled = ""
    else:
        unsettled = ", and is not settled" if len(surprises) == 1 else f", {_number(still)} not settled"
    return [f"{words.count(len(surprises), 'bill')} surprised them{unsettled}"]


def _number(number: int) -> str:
    return words.SMALL[number] if number < len(words.SMALL) else str(number)


def _people(served: Served) -> str:
    """Who was replaced without a word before, the newest last."""
    quietly = [
        (one.row.member.first_name, one.replacement.since)
        for one in served.people
        if one.replacement and not one.replacement.announced and one.replacement.since >= served.since.date()
    ]
    if not quietly:
        return ""
    names = words.listed([name for name, _ in quietly])
    when = f" in {words.MONTHS[quietly[0][1].month - 1]}" if len(quietly) == 1 else ""
    return f"{names} {'was' if len(quietly) == 1 else 'were'} replaced{when}, and nobody told them before."
