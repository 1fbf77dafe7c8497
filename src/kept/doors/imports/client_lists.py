"""Read lists of clients and their people: HubSpot, Pipedrive, Salesforce and Google exports, plain tables, vCards."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kept.doors.imports.addresses import addresses, domain_of
from kept.doors.imports.headings import Headings, fold, listed, resolve, straighten
from kept.doors.imports.questions import Unknown
from kept.doors.imports.sheets import TORN, Cells, Sheet, open_sheet, read_text
from kept.doors.imports.vcards import are_cards, read_cards
from kept.measures.entries import ClientRow, Rejection

HEADINGS: Headings = {
    "client": (
        "client", "client name", "company name", "company", "associated company", "person organization",
        "organization name", "organization 1 name", "account name", "account.name", "account",
        "organization", "organisation", "customer", "customer name", "firm", "kunde", "firma",
        "unternehmen", "societe", "entreprise", "empresa", "cliente", "bedrijf", "klant",
    ),
    "domain": (
        "domain", "company domain name", "website url", "website", "web site", "url", "homepage",
        "organization website", "website 1 value", "webseite", "site web", "sitio web",
    ),
    "contact": (
        "contact", "contact name", "person name", "full name", "contact person", "name", "person",
        "ansprechpartner", "kontakt", "interlocuteur", "contacto", "contactpersoon",
    ),
    "first": ("first name", "given name", "person first name", "vorname", "prenom", "voornaam", "nombre"),
    "last": (
        "last name", "family name", "person last name", "surname", "nachname", "nom", "achternaam",
        "apellido", "apellidos",
    ),
    "title": (
        "job title", "title", "position", "person title", "person job title", "organization title",
        "organization 1 title", "funktion", "fonction", "cargo", "functie",
    ),
    "role": ("role", "contact role", "buying role", "rolle", "rol"),
    "language": (
        "language", "preferred language", "person language", "sprache", "langue", "idioma", "taal",
    ),
}  # fmt: skip
FIELDS = frozenset({*HEADINGS, "email", "phone"})
_MAIL = (("email",), ("e", "mail"), ("mail",), ("courriel",), ("correo",))
_PHONE = frozenset({"phone", "mobile", "telephone", "tel", "telefon", "handy", "telefono", "movil", "telefoon"})
# words that make an e-mail or phone column something else: a consent, a state, a count
_ABOUT = frozenset(
    {"opt", "out", "optout", "in", "consent", "unsubscribed", "unsubscribe", "marketing", "status", "type", "label",
     "bounced", "bounce", "confirmed", "verified", "quarantined", "sent", "last", "date", "count", "domain", "owner",
     "hard", "eligibility", "valid", "invalid", "subscription", "newsletter"}
)  # fmt: skip
_KNOWN = frozenset(name for names in HEADINGS.values() for name in names)


@dataclass(frozen=True, slots=True)
class ClientReading:
    """The rows of a list; `rejections` are rows left out, `remarks` parts left out, such as a broken address."""

    rows: list[ClientRow]
    rejections: list[Rejection]
    remarks: list[Rejection]


def read(path: Path, *, columns: Mapping[str, str] | None = None) -> ClientReading:
    """Read the table or the vCards at `path`; `columns` maps headings to FIELDS, several to email if need be.

    Raises Unknown when the file names neither clients nor people.
    """
    text = read_text(path)
    if are_cards(text):
        cards, broken, notes = read_cards(text)
        return ClientReading(cards, broken, notes)
    asked = {fold(name) for pair in (columns or {}).items() for name in pair}
    sheet = open_sheet(text, lambda cells: sum(_known(fold(cell)) or fold(cell) in asked for cell in cells))
    places = _places(sheet, straighten(columns or {}, sheet.headings, fields=FIELDS))
    return _walk(sheet, places)


def _places(sheet: Sheet, chosen: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    places = resolve(sheet.headings, HEADINGS, chosen=chosen)
    taken = {place for several in places.values() for place in several}
    folded = [fold(heading) for heading in sheet.headings]
    for name, says in (("email", _is_mail), ("phone", _is_phone)):
        places.setdefault(name, tuple(i for i, heading in enumerate(folded) if i not in taken and says(heading)))
    of_people = places["email"] or places["phone"] or "first" in places
    if "client" not in places and "contact" in places and not of_people:
        places["client"] = places.pop("contact")  # a list of names and nothing personal is a list of firms
    if not (places["email"] or {"client", "contact", "last"} & places.keys()):
        raise Unknown(
            f"Kept found neither clients nor people in it. The columns are: {listed(sheet.headings)}. "
            "Nothing was imported.",
            'Name the columns, for instance: --map "COLUMN=client" --map "COLUMN=contact" --map "COLUMN=email"',
        )
    return places


def _walk(sheet: Sheet, places: Mapping[str, tuple[int, ...]]) -> ClientReading:
    reading = ClientReading([], [], [])
    for line, cells in sheet.rows():
        if cells[0] == TORN:
            reading.rejections.append(
                Rejection(
                    line,
                    "a quotation mark opens on this line and never closes",
                    "Close it or take it out, then import again.",
                )
            )
            continue
        row, unread = _row(line, cells, places)
        if not (row.client or row.contact or row.emails or row.domain):
            reading.rejections.append(
                Rejection(line, "it names neither a client nor a person", "Fill one in, or leave it out.")
            )
            continue
        reading.rows.append(row)
        remedy = "Correct it and import the list again; what is stored already is known."
        reading.remarks.extend(
            Rejection(line, f"“{text}” is not an e-mail address; the rest of the row was kept", remedy)
            for text in unread
        )
    return reading


def _row(line: int, cells: Cells, places: Mapping[str, tuple[int, ...]]) -> tuple[ClientRow, tuple[str, ...]]:
    def told(name: str) -> list[str]:
        return [text for place in places.get(name, ()) if place < len(cells) and (text := cells[place].strip())]

    def first(name: str) -> str:
        return next(iter(told(name)), "")

    emails, unread = addresses(told("email"))
    contact = " ".join(told("contact")) or " ".join((*told("first"), *told("last")))
    phone = first("phone").split(" ::: ")[0]
    row = ClientRow(
        line, first("client").split(" ::: ")[0], domain_of(first("domain")), contact, emails, phone,
        first("title"), first("role"), first("language"),
    )  # fmt: skip
    return row, unread


def _known(heading: str) -> bool:
    return heading in _KNOWN or _is_mail(heading) or _is_phone(heading)


def _is_mail(heading: str) -> bool:
    words = heading.split()
    says = any(tuple(words[i : i + len(mail)]) == mail for mail in _MAIL for i in range(len(words)))
    return says and not _ABOUT & set(words)


def _is_phone(heading: str) -> bool:
    words = set(heading.split())
    return bool(words & _PHONE) and not _ABOUT & words
