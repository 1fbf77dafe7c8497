"""What in a message forbids an automatic answer, so that two machines never write to each other for ever."""

from collections.abc import Iterator

from kept.doors.post.headers import Fields, first
from kept.measures.text.answerable import OWN_MARK
from kept.measures.text.automatic import Verdict
from kept.measures.text.machine_headers import ANSWERING
from kept.measures.text.machine_words import BOUNCING_SENDER, REPORTING_SENDER

_IN_BULK = ("bulk", "list", "junk", "auto_reply", "auto-reply")
_PASSED_ON = ("x-loop", "mailing-list", "x-mailing-list")
_REPORTS = ("delivery-status", "disposition-notification", "feedback-report")


def found(fields: Fields, *, sender: str, kinds: list[str], verdict: Verdict) -> tuple[str, ...]:
    """The signs by name, those of RFC 3834, section 2, first; kinds: the content types of all parts.

    Mail of which only its words say that a machine wrote it carries what they say as its one sign.
    """
    signs = tuple(dict.fromkeys((*_by_header(fields), *_by_origin(fields, sender, kinds))))
    return signs or ((f"it reads like a machine's ({verdict.kind})",) if verdict.automatic else ())


def _by_header(fields: Fields) -> Iterator[str]:
    for name in ("Auto-Submitted", "X-Auto-Submitted"):
        if (value := first(fields, name.lower()).lower()) and value.split(";")[0].strip() != "no":
            yield name
    if "x-auto-response-suppress" in fields and first(fields, "x-auto-response-suppress").lower() != "none":
        yield "X-Auto-Response-Suppress"
    if (precedence := first(fields, "precedence").lower().strip()) in _IN_BULK:
        yield f"Precedence: {precedence}"
    for name in fields:
        if name.startswith("list-") or name == OWN_MARK or name in _PASSED_ON or name in ANSWERING:
            yield name.title()


def _by_origin(fields: Fields, sender: str, kinds: list[str]) -> Iterator[str]:
    if any(value.strip() == "<>" for value in fields.get("return-path", ())):
        yield "Return-Path: <>"
    if any(mark in kind for kind in kinds for mark in _REPORTS):
        yield "a delivery report"
    if BOUNCING_SENDER.search(sender):
        yield "a mail system wrote it"
    elif REPORTING_SENDER.search(sender):
        yield "nobody reads at its address"
