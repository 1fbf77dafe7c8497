"""Opens a message: what could wear out its reader cut off, what is broken mended, its parts told apart."""

from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Any

from kept.doors.post import aside, bounds, mending

# The newest ways of reading mail refuse odd headers; the oldest one takes everything, and is quickest.
_PARSER = BytesParser(policy=compat32)
_COMPLAINTS = {
    "StartBoundaryNotFoundDefect": "It was said to have several parts, and they were not found.",
    "NoBoundaryInMultipartDefect": "It was said to have several parts, and not where they begin.",
    "CloseBoundaryNotFoundDefect": "It ends in the middle of its last part.",
    "MultipartInvariantViolationDefect": "It was said to have several parts, and has one.",
    "MissingHeaderBodySeparatorDefect": "Its headers end in the middle.",
    "FirstHeaderLineIsContinuationDefect": "Its first header has lost its beginning.",
    "MisplacedEnvelopeHeaderDefect": "A mailbox line stands among its headers.",
}


def opened(content: bytes) -> "tuple[Message[Any, Any], list[str]]":
    """The message with all its parts, and plain sentences about what was wrong with their borders."""
    content, cut = bounds.within_bounds(mending.without_wrapping(content))
    parked = aside.set_aside(content)
    message = _message(parked.content)
    aside.give_back(message, parked)
    found = (type(defect).__name__ for defect in message.defects)
    return message, [*(_COMPLAINTS[name] for name in found if name in _COMPLAINTS), *filter(None, (cut,))]


def _message(content: bytes) -> "Message[Any, Any]":
    try:
        message = _PARSER.parsebytes(content)
        if message.defects and (mended := mending.mended(content)):
            again = _PARSER.parsebytes(mended)
            return again if len(again.defects) < len(message.defects) else message
        return message
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AttributeError):
        return _PARSER.parsebytes(content, headersonly=True)


def flat(content: bytes) -> "Message[Any, Any]":
    """What stands below the header block as one text, for a message whose parts can't be told apart."""
    return _PARSER.parsebytes(b"\n" + content.partition(b"\n\n")[2])
