"""Whether the server that took a mail in doubts that its sender wrote it, by its own words (RFC 8601)."""

import re

from kept.doors.post.headers import Fields

DOUBTED = "The mail server doubts that this came from where it says."
_SAID = re.compile(r"\s*([a-z-]+)\s*=\s*([a-z]+)", re.I)
_FAILED = {"fail", "softfail", "hardfail"}


def doubt(fields: Fields) -> str:
    """A sentence where the sender's domain did not vouch for the mail; '' where it did, or nobody asked it.

    Only what the last server wrote counts, which stands topmost: all below it anybody may have written.
    """
    every = [value.split(";") for value in fields.get("authentication-results", ())]
    said: dict[str, set[str]] = {}
    for server, *results in every:
        if server.strip().lower() == every[0][0].strip().lower():
            for found in filter(None, map(_SAID.match, results)):
                said.setdefault(found[1].lower(), set()).add(found[2].lower())
    if "dmarc" in said:
        return DOUBTED if "fail" in said["dmarc"] else ""
    vouched = "pass" in said.get("dkim", set()) | said.get("spf", set())
    return DOUBTED if _FAILED & said.get("spf", set()) and not vouched else ""
