"""May a machine of ours answer this message? Only when a person wrote it to us, and not too often in a day."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kept.kit.words import count
from kept.measures.text import machine_words as words
from kept.measures.text.automatic import Evidence, judge

# On every letter that nobody typed, beside Auto-Submitted: whatever comes back carrying it came from us.
OWN_MARK = "x-kept-automatic"


class Sign(StrEnum):
    """What speaks against an automatic answer, in the order in which it is told (RFC 3834, section 2)."""

    OWN_MARK = "own mark"
    OURSELVES = "ourselves"
    REPORT = "report"
    EMPTY_RETURN = "empty return path"
    SUBMITTED = "auto-submitted"
    SUPPRESS = "suppress"
    PRECEDENCE = "precedence"
    LIST = "list"
    NO_REPLY = "no reply"
    NOBODY = "nobody"
    MACHINE = "machine"
    NOT_TO_US = "not to us"


_SAID = {
    Sign.OWN_MARK: "it carries our own mark, so an automatic letter of ours has come back",
    Sign.OURSELVES: "it came from an address of our own",
    Sign.REPORT: "it is a delivery report or a receipt",
    Sign.EMPTY_RETURN: "it can't be returned to anyone (empty Return-Path)",
    Sign.SUBMITTED: "it says that a machine made it (Auto-Submitted)",
    Sign.SUPPRESS: "it asks for no automatic answer (X-Auto-Response-Suppress)",
    Sign.PRECEDENCE: "it was sent in bulk (Precedence)",
    Sign.LIST: "it came through a list (List headers)",
    Sign.NO_REPLY: "nobody reads the address that it came from",
    Sign.NOBODY: "it names no sender",
    Sign.MACHINE: "a machine seems to have written it",
    Sign.NOT_TO_US: "it was not addressed to us by name",
}
# These only switch off receipts of delivery and reading, which we never send (MS-OXCMAIL 2.1.3.2.20).
_RECEIPTS = {"none", "dr", "ndr", "rn", "nrn", ""}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an automatic letter may go, and why or why not in one sentence."""

    yes: bool
    why: str


def signs_of(
    evidence: Evidence, *, ours: Collection[str] = (), addressed: Collection[str] | None = None
) -> frozenset[Sign]:
    """What speaks against answering a message by machine; none for a person's own letter to us.

    `ours` are our addresses, lower-cased; `addressed` those in To and Cc, None when it is not known to whom it went.
    """
    return frozenset(sign for sign, shows in _SIGNS.items() if shows(evidence)) | _by_address(evidence, ours, addressed)


def may_answer_automatically(signs: Collection[Sign], *, sent_today: int, most: int) -> Verdict:
    """Whether one more automatic letter may go to an address that got `sent_today` of at most `most` today.

    The signs decide first, then the count; `most` of 0 switches automatic letters off.
    """
    against = next((sign for sign in Sign if sign in signs), None)
    if against is not None:
        return Verdict(False, f"No automatic answer: {_SAID[against]}.")
    if most <= 0:
        return Verdict(False, "No automatic answer: they are switched off.")
    if sent_today >= most:
        had = count(sent_today, "automatic letter")
        return Verdict(
            False, f"No automatic answer: this address had {had} today, and {count(most, 'letter')} a day is the most."
        )
    return Verdict(True, "A person wrote to us, and has had fewer automatic letters today than the most.")


def _by_address(evidence: Evidence, ours: Collection[str], addressed: Collection[str] | None) -> frozenset[Sign]:
    sender = evidence.sender.strip().lower()
    found = set()
    if not sender:
        found.add(Sign.NOBODY)
    elif sender in ours:
        found.add(Sign.OURSELVES)
    if addressed is not None and not {each.lower() for each in addressed} & set(ours):
        found.add(Sign.NOT_TO_US)
    return frozenset(found)


def _values(evidence: Evidence, name: str) -> list[str]:
    return [value.strip().lower() for value in evidence.headers.get(name, ())]


def _submitted(evidence: Evidence) -> bool:
    values = _values(evidence, "auto-submitted") + _values(evidence, "x-auto-submitted")
    return any(value.partition(";")[0].strip() not in ("no", "") for value in values)


def _suppresses(evidence: Evidence) -> bool:
    asked = [each.strip() for value in _values(evidence, "x-auto-response-suppress") for each in value.split(",")]
    return any(each not in _RECEIPTS for each in asked)


def _in_bulk(evidence: Evidence) -> bool:
    bulk = ("bulk", "list", "junk", "auto_reply", "auto-reply")
    return any(value in bulk for value in _values(evidence, "precedence"))


def _from_a_list(evidence: Evidence) -> bool:
    return any(name.startswith("list-") or name in ("mailing-list", "x-mailing-list") for name in evidence.headers)


def _is_report(evidence: Evidence) -> bool:
    forms = (
        "multipart/report",
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
    )
    return any(part.startswith(forms) for part in evidence.parts) or "x-failed-recipients" in evidence.headers


def _not_read(evidence: Evidence) -> bool:
    # what counts is where the answer would go: a form on a site writes from no-reply and names a person to answer
    answer_to = evidence.reply_to[0] if evidence.reply_to else evidence.sender.strip()
    return any(pattern.search(answer_to) for pattern in _UNREAD)


_UNREAD = (words.REPORTING_SENDER, words.BOUNCING_SENDER, words.POSTMASTER, words.LIST_OWNER)
_SIGNS: Mapping[Sign, Callable[[Evidence], bool]] = {
    Sign.OWN_MARK: lambda evidence: OWN_MARK in evidence.headers,
    Sign.REPORT: _is_report,
    Sign.EMPTY_RETURN: lambda evidence: "<>" in _values(evidence, "return-path"),
    Sign.SUBMITTED: _submitted,
    Sign.SUPPRESS: _suppresses,
    Sign.PRECEDENCE: _in_bulk,
    Sign.LIST: _from_a_list,
    Sign.NO_REPLY: _not_read,
    Sign.MACHINE: lambda evidence: judge(evidence).automatic,
}
