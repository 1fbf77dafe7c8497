"""The headers that hold a thread together in every mail program, and the subject of an answer."""

import re
from collections.abc import Sequence
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy

from kept.measures.text.subjects import LIST_TAG, MARK

MOST_REFERENCES = 20
_LINE, _LONGEST_ID = 78, 900  # RFC 5322 2.1.1: a line should stay below 78 and must stay below 998 characters
# visible ASCII alone, so nothing can be slipped into a header by way of an id
_ID = re.compile(rf"<?([!-;=?-~]{{1,{_LONGEST_ID}}}@[!-;=?-~]{{1,90}})>?")
# given by Kept to letters that came without an id, so no mail program would find them
_OURS = re.compile(r"kept-[0-9a-f]{64}")
_ACCENTED = re.compile(r"^\s*ré(?:f|p)?\s*[:：]\s*", re.IGNORECASE)
_LONGEST_SUBJECT, _LAYERS = 900, 10


def reply_headers(answered: str, *, references: Sequence[str] = ()) -> dict[str, str]:
    """In-Reply-To and References of an answer (RFC 5322 3.6.4); empty when the answered message has no id to name.

    Ids with or without <>. `references` are those of the answered message, oldest first; whether they end with its own
    id is the same. Of more than twenty the first and the last nineteen stay: programs look for the root and for the
    nearest. What is no id is left out, so nothing can be slipped into the headers. Values are unfolded: see `LETTERS`.
    """
    answers = _ids([answered])
    known = _ids([*(each for each in references if _ids([each]) != answers), answered])
    if len(known) > MOST_REFERENCES:
        known = known[:1] + known[1 - MOST_REFERENCES :]
    found = {"In-Reply-To": " ".join(answers), "References": " ".join(known)}
    return {name: value for name, value in found.items() if value}


def reply_subject(subject: str) -> str:
    """ "Re: The launch" of "The launch", "AW: The launch" and "Re: Fwd: The launch"; the tag of a list stays."""
    return f"Re: {bare_subject(subject)}".strip()


def forward_subject(subject: str) -> str:
    """ "Fwd: The launch" of "The launch" and of "AW: The launch"."""
    return f"Fwd: {bare_subject(subject)}".strip()


def bare_subject(subject: str) -> str:
    """The subject on one line, without the marks of answers and forwards before it, in the writer's own letters."""
    bare = " ".join(_CONTROL.sub(" ", subject).split())[:_LONGEST_SUBJECT]
    for _ in range(_LAYERS):
        tag = LIST_TAG.match(bare)
        head = tag.group() if tag else ""
        shorter = head + _without_mark(bare[len(head) :]) if head else _without_mark(bare)
        if shorter == bare:
            break
        bare = shorter
    return bare.strip()


_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def _without_mark(text: str) -> str:
    return _ACCENTED.sub("", MARK.sub("", text))


def _ids(written: Sequence[str]) -> list[str]:
    """Each id once, in <>, where it first stood."""
    matched = (_ID.fullmatch(each.strip()) for each in written)
    return list(dict.fromkeys(f"<{found[1]}>" for found in matched if found and not _OURS.match(found[1])))


class IdHeader(UnstructuredHeader, BaseHeader):
    """A header of message ids: folded between ids and never encoded.

    The standard library encodes an id longer than a line as words ("=?utf-8?q?..."), by which no mail program knows
    the thread again; ids of Outlook are that long.
    """

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        """The header with its name, lines ended as the policy says."""
        lines = [f"{self.name}:"]
        for each in str(self).split():
            if len(lines[-1]) + 1 + len(each) <= _LINE or lines == [f"{self.name}:"]:
                lines[-1] += f" {each}"
            else:
                lines.append(f" {each}")
        return policy.linesep.join(lines) + policy.linesep


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in ("in-reply-to", "references"):
        registry.map_to_type(name, IdHeader)
    return registry


# The policy for letters that are sent: EmailMessage(policy=LETTERS).
LETTERS = SMTP.clone(header_factory=_registry())
