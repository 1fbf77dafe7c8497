"""What one calls a person, of whose name we know only how it was written."""

TITLES = {
    "dr", "prof", "mr", "mrs", "ms", "mx", "sir", "dame", "herr", "frau", "mme", "sr", "sra",
    "doc", "ing", "mgr", "mag",
}  # fmt: skip


def calling(name: str) -> str:
    """What one calls a person: "Mina" of "Dr Mina Osei" and of "Osei, Mina"; an address or a number stays whole."""
    if "@" in name or not any(letter.isalpha() for letter in name):
        return name
    last, comma, first = name.partition(",")
    whole = first if comma and first.strip() else last
    parts = [part for part in whole.split() if part.rstrip(".").lower() not in TITLES]
    return parts[0] if parts else name
