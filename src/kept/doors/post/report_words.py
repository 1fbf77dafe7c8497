"""The words and forms in which mail systems tell what became of a letter."""

import re

# A field of RFC 3464 as it stands in a text, with the lines it is folded over.
FIELD = re.compile(
    r"^[ \t>]*(Action|Status|Final-Recipient|Original-Recipient|Diagnostic-Code)[ \t]*:[ \t]*"
    r"(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)",
    re.I | re.M,
)
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.\-/:\[])([45][0-5]\d)(?=[ \-][\w<#])(?! (?:bytes|seconds|hours|minutes|messages))")
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"|/]+@[^\s<>()\[\],;:\"|/]+\.[^\s<>()\[\],;:\"|/]+")
NAMED_RECIPIENT = re.compile(
    r"^[ \t]*<?([^\s<>]+@[^\s<>]+?)>?:[ \t]*(?:\n|$|\S)"
    r"|(?:recipients?|address(?:es)?|mail|message|delivery) (?:\w+ ){0,6}?(?:to|was|is|failed):?\s+"
    r"<?([^\s<>]+@[^\s<>]+)>?"
    r"|RCPT T[oO]:?\s*<([^\s<>]+@[^\s<>]+)>",
    re.M,
)
SYSTEM = re.compile(
    r"^(?:postmaster|mailer-daemon|mail-daemon|double-bounce|nobody|root)@|\.(?:local|localdomain)$", re.I
)
ORIGINAL_ID = re.compile(r"^[ \t>]*Message-ID[ \t]*:\s*(<[^<>\s]+>|[^\s<>]+@[^\s<>]+)", re.I | re.M)
ORIGINAL_BELOW = re.compile(
    r"^[ \t\-=*_>+]*(?:(?:this is a |below (?:this line )?(?:is|are) a )?copy of (?:the|your) (?:original )?message"
    r"|below this line is|original message|unsent message|message headers?\b|headers? follow|returned message"
    r"|the header of the original|the attached file contains|returned mail|included is a copy"
    r"|---- Forwarded|start of the original)[^\n]*$",
    re.I | re.M,
)
DELAYED = re.compile(
    r"\bdelay(?:ed)?\b|still being (?:re)?tried|not yet been delivered|will (?:continue|keep) (?:to )?try"
    r"|temporar(?:y|ily)|will be retried|warning message only|no action is required"
    r"|verzöger|retardé|demorad|vertraagd|ritard|opóźni|atrasad",
    re.I,
)
DIAGNOSIS = re.compile(r"^[^\n]*?\b[45]\d\d[ \-][^\n]*(?:\n[ \t]+[^\n:]+$)?", re.M)
