"""A mail by a few of its headers, read as the whole mail would be."""

from email.parser import BytesParser
from email.policy import compat32

from kept.doors.post import addresses, dates, headers
from kept.doors.post.imap_reading import Head
from kept.flows.choose_arrivals import Glimpse

_PARSER = BytesParser(policy=compat32)


def glimpse(head: Head) -> Glimpse:
    """What the headers of this mail tell."""
    fields = headers.fields(_PARSER.parsebytes(head.content, headersonly=True))
    sender = addresses.one(fields.get("from", ())).email
    named = addresses.people([*fields.get("from", ()), *fields.get("to", ()), *fields.get("cc", ())])
    return Glimpse(
        message_id=headers.normal_id(headers.first(fields, "message-id")),
        references=headers.references(fields),
        sender=sender,
        people=tuple(person.email for person in named),
        at=dates.read(headers.first(fields, "date")),
        size=head.size,
    )
