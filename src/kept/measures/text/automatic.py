"""Was this message written by a machine? If so it neither starts nor stops a clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from kept.measures.text import machine_headers as signs
from kept.measures.text import machine_words as words

Kind = Literal["bounce", "out-of-office", "newsletter", "report", "bulk"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """kind is None exactly when a person wrote the message; reason is one plain sentence either way."""

    automatic: bool
    kind: Kind | None
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is judged. headers: lower-cased names to values, in order; parts: content types of all parts, outermost
    first, a report's with its report-type ('multipart/report; delivery-status'); text: what the sender wrote, unquoted;
    reply_to: addresses."""

    headers: Mapping[str, tuple[str, ...]]
    sender: str = ""
    sender_name: str = ""
    reply_to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    parts: tuple[str, ...] = ()


# How far into the text a machine's own words are looked for, in characters.
_OPENING, _ENDING = 3000, 1000


def judge(evidence: Evidence) -> Verdict:
    """The first rule that speaks decides; the order goes from what is certain to what is only likely."""
    for rule in _RULES:
        if verdict := rule(evidence):
            return verdict
    return HUMAN


HUMAN = Verdict(automatic=False, kind=None, reason="Nothing says that a machine wrote it.")


def _machine(kind: Kind, reason: str) -> Verdict:
    return Verdict(automatic=True, kind=kind, reason=reason)


def _first(evidence: Evidence, name: str) -> str:
    return (evidence.headers.get(name) or ("",))[0].strip().lower()


def _has(evidence: Evidence, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in evidence.headers), "")


def _is_answer(evidence: Evidence) -> bool:
    written = "in-reply-to" in evidence.headers or "references" in evidence.headers
    return written or evidence.subject.lower().startswith("re:")


def _is_relayed(evidence: Evidence) -> bool:
    """Came through a group or discussion list, to which people write."""
    return (
        "mailto:" in _first(evidence, "list-post")
        or bool(_has(evidence, signs.RELAY))
        or _first(evidence, "precedence") == "list"
        or bool(words.LIST_OWNER.search(_first(evidence, "sender")))
    )


def _words_of(evidence: Evidence) -> str:
    text = evidence.text
    return text if len(text) <= _OPENING + _ENDING else text[:_OPENING] + "\n" + text[-_ENDING:]


def _report_by_form(evidence: Evidence) -> Verdict | None:
    if words.COMPLAINT_SUBJECT.search(evidence.subject) and "message/rfc822" in evidence.parts:
        return _machine("report", "It is an abuse report from another mail house.")
    for part in evidence.parts:
        if part.startswith("multipart/report") and "disposition-notification" in part:
            return _machine("report", "It is a receipt that a mail was read or removed.")
        if "feedback-report" in part:
            return _machine("report", "It is an abuse report from another mail house.")
        if "delivery-status" in part:
            return _machine("bounce", "It is a delivery report.")
        if part.startswith("multipart/report"):
            return _machine("report", "It has the form of a report made by a machine.")
    return None


def _bounce(evidence: Evidence) -> Verdict | None:
    if "x-failed-recipients" in evidence.headers:
        return _machine("bounce", "It names recipients that could not be reached.")
    system = words.BOUNCING_SENDER.search(evidence.sender) or words.BOUNCING_NAME.search(evidence.sender_name)
    if system and not words.AWAY_SUBJECT.search(evidence.subject):
        return _machine("bounce", "A mail system sent it, not a person.")
    failed = words.BOUNCE_SUBJECT.search(evidence.subject)
    if failed and not _is_answer(evidence):
        return _machine("bounce", "Its subject is that of a delivery failure.")
    suspect = failed or words.POSTMASTER.search(evidence.sender) or _returns_nowhere(evidence)
    if suspect and words.BOUNCE_WORDS.search(_words_of(evidence)):
        return _machine("bounce", "It speaks of a delivery failure, and looks as if a mail system sent it.")
    return None


def _returns_nowhere(evidence: Evidence) -> bool:
    return _first(evidence, "return-path") == "<>"


def _away(evidence: Evidence) -> Verdict | None:
    precedence = _first(evidence, "precedence") in ("auto_reply", "auto-reply")
    if precedence or _first(evidence, "auto-submitted").startswith("auto-replied"):
        return _machine("out-of-office", "It says itself that it is an automatic answer.")
    named = _has(evidence, signs.ANSWERING)
    if named and _first(evidence, named) not in ("no", "false", "0"):
        return _machine("out-of-office", f"It says itself that it is an automatic answer ({named}).")
    if words.AWAY_SUBJECT.search(evidence.subject):
        return _machine("out-of-office", "Its subject is that of an automatic answer.")
    quiet = _returns_nowhere(evidence) or "x-auto-response-suppress" in evidence.headers
    if quiet and words.AWAY_WORDS.search(_words_of(evidence)):
        return _machine("out-of-office", "It says that someone is away, and asks for no answer.")
    return None


def _declared(evidence: Evidence) -> Verdict | None:
    submitted = _first(evidence, "auto-submitted") or _first(evidence, "x-auto-submitted")
    if submitted and not submitted.startswith("no"):
        return _machine("report", "It says itself that a machine made it (Auto-Submitted).")
    if _returns_nowhere(evidence):
        return _machine("report", "It can't be returned to anyone, as only machines send (empty Return-Path).")
    if named := _has(evidence, signs.REPORTING):
        return _machine("report", f"A reporting program sent it ({named}).")
    return None


def _newsletter(evidence: Evidence) -> Verdict | None:
    campaign, leave = _has(evidence, signs.CAMPAIGN), "list-unsubscribe" in evidence.headers
    if _is_answer(evidence) or "mailto:" in _first(evidence, "list-post"):
        return None
    if campaign and leave:
        return _machine("newsletter", f"It was sent as part of a campaign ({campaign}).")
    if leave and "list-unsubscribe-post" in evidence.headers and not _has(evidence, signs.RELAY):
        return _machine("newsletter", "One click leaves the list that it was sent to.")
    if leave and not _is_relayed(evidence):
        return _machine("newsletter", "It was sent to a list of readers, none of whom can write to the list.")
    if campaign and words.NEWSLETTER_WORDS.search(evidence.text):
        return _machine("newsletter", f"It was sent as part of a campaign ({campaign}).")
    return None


def _robot(evidence: Evidence) -> Verdict | None:
    if words.REPORTING_NAME.search(evidence.sender_name):
        return _machine("report", "The sender calls itself a machine.")
    if words.REPORTING_SENDER.search(evidence.sender):
        if _speaks_for_a_person(evidence):
            return None
        if not _is_answer(evidence) or words.REPORT_WORDS.search(_words_of(evidence)):
            return _machine("report", "It came from an address at which nobody reads.")
    if words.TAGGED_SENDER.search(evidence.sender) and not _is_answer(evidence):
        return _machine("report", "The sender's address was made for this one message.")
    return None


def _speaks_for_a_person(evidence: Evidence) -> bool:
    """A form on a website writes from an address of its own, and answers go to the person who filled it in."""
    domain = evidence.sender.rpartition("@")[2]
    return any(
        address.rpartition("@")[2] != domain and not words.REPORTING_SENDER.search(address)
        for address in evidence.reply_to
    )


def _bulk(evidence: Evidence) -> Verdict | None:
    if _is_relayed(evidence) or _is_answer(evidence):
        return None
    if _first(evidence, "precedence") in ("bulk", "junk"):
        return _machine("bulk", "It says itself that it was sent in bulk (Precedence).")
    if words.REPORT_WORDS.search(_words_of(evidence)) and not _speaks_for_a_person(evidence):
        return _machine("report", "It says itself that it was made by a machine.")
    return None


_RULES: tuple[Callable[[Evidence], Verdict | None], ...] = (
    _report_by_form,
    _bounce,
    _away,
    _declared,
    _newsletter,
    _robot,
    _bulk,
)
