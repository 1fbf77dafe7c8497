"""Time tables of no known tool: the headings people use, in English, German, French, Spanish and Dutch."""

from kept.doors.imports.headings import Headings, Shape

HEADINGS: Headings = {
    "id": ("id", "entry id", "time entry id", "timesheet id", "eintrag id"),
    "person": (
        "user", "user name", "username", "member", "person", "employee", "staff", "staff member",
        "consultant", "team member", "who", "resource", "worker", "full name", "developer", "mitarbeiter",
        "mitarbeiterin", "benutzer", "benutzername", "nutzer", "bearbeiter", "utilisateur", "membre",
        "collaborateur", "employe", "salarie", "usuario", "miembro", "empleado", "persona", "gebruiker",
        "medewerker", "lid", "persoon", "personne",
    ),
    "first": ("first name", "firstname", "given name", "vorname", "prenom", "nombre", "voornaam"),
    "last": (
        "last name", "lastname", "surname", "family name", "nachname", "nom de famille", "apellido",
        "apellidos", "achternaam",
    ),
    "email": (
        "email", "e mail", "user email", "email address", "e mail address", "e mail adresse", "courriel",
        "adresse e mail", "correo", "correo electronico", "e mailadres",
    ),
    "client": (
        "client", "client name", "customer", "customer name", "account", "company", "kunde", "kundin",
        "auftraggeber", "mandant", "cliente", "klant", "opdrachtgever", "organisation", "organization",
    ),
    "project": (
        "project", "project name", "engagement", "matter", "job", "projekt", "projektname", "projet",
        "nom du projet", "proyecto", "projectnaam", "auftrag",
    ),
    "task": (
        "task", "task name", "activity", "activity name", "service", "work type", "aufgabe", "tatigkeit",
        "aktivitat", "leistung", "tache", "activite", "tarea", "actividad", "taak", "activiteit",
    ),
    "note": (
        "description", "notes", "note", "comment", "comments", "memo", "details", "summary", "beschreibung",
        "notiz", "notizen", "kommentar", "bemerkung", "commentaire", "remarque", "descripcion", "notas",
        "nota", "comentario", "omschrijving", "beschrijving", "notitie", "opmerking",
    ),
    "day": (
        "date", "day", "start date", "work date", "spent date", "spent on", "entry date", "started on",
        "datum", "tag", "startdatum", "date de debut", "jour", "fecha", "fecha de inicio", "dia", "dag",
        "begindatum",
    ),
    "start": (
        "start time", "start", "begin time", "begin", "from", "started", "started at", "time in",
        "startzeit", "beginn", "von", "anfang", "heure de debut", "debut", "de", "hora de inicio", "inicio",
        "desde", "starttijd", "begintijd", "van",
    ),
    "end_day": (
        "end date", "stop date", "enddatum", "date de fin", "fecha de fin", "fecha de finalizacion",
        "einddatum",
    ),
    "end": (
        "end time", "end", "stop time", "stop", "to", "until", "finish", "ended at", "stopped at",
        "time out", "endzeit", "ende", "bis", "heure de fin", "fin", "a", "hora de fin",
        "hora de finalizacion", "hasta", "eindtijd", "einde", "tot",
    ),
    "hours": (
        "hours", "hour", "time spent", "duration (h)", "time (h)", "hours worked", "spent hours",
        "logged hours", "time (hours)", "duration (hours)", "stunden", "std", "dauer (h)", "zeit (h)",
        "arbeitszeit", "heures", "duree (h)", "horas", "duracion (h)", "uren", "duur (h)", "aantal uren",
    ),
    "decimal": (
        "duration (decimal)", "time (decimal)", "hours (decimal)", "decimal hours", "dauer (dezimal)",
        "duree (decimale)", "duree (decimal)", "duracion (decimal)", "duur (decimaal)",
    ),
    "minutes": (
        "minutes", "mins", "min", "duration (min)", "duration (minutes)", "time (min)", "minuten",
        "minutos",
    ),
    "seconds": (
        "seconds", "secs", "sec", "duration (s)", "duration (seconds)", "sekunden", "secondes", "segundos",
        "seconden",
    ),
    "duration": (
        "duration", "time", "total time", "dauer", "zeit", "duree", "temps", "duracion", "tiempo", "duur",
        "tijd",
    ),
    "billable": (
        "billable", "billable?", "billable status", "is billable", "chargeable", "abrechenbar",
        "verrechenbar", "facturable", "facturable?", "factureerbaar", "declarabel",
    ),
    "rate": (
        "billable rate", "hourly rate", "rate", "hour rate", "abrechenbarer satz", "abrechnungssatz",
        "stundensatz", "taux horaire", "taux facturable", "tarifa", "tarifa por hora", "tarifa facturable",
        "uurtarief", "tarief",
    ),
    "currency": ("currency", "wahrung", "devise", "monnaie", "moneda", "divisa", "valuta"),
}  # fmt: skip

SHAPE = Shape("csv", headings=HEADINGS)
