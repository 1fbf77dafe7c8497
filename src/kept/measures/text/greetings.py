"""The words that greet in our languages, before a name or alone; found with their accents and, folded, without."""

GREETINGS = (
    r"hi|hello|hey|dear|good\s+(?:morning|afternoon|evening|day)|hallo|liebe[rs]?|guten\s+(?:tag|morgen|abend)|"
    r"sehr\s+geehrte[rs]?|moin|servus|bonjour|bonsoir|salut|ch[eè]re?s?|hola|buenos\s+d[ií]as|buenas\s+tardes|"
    r"estimad[oa]s?|querid[oa]s?|ciao|buongiorno|goedemorgen|dzie[nń]\s+dobry|cze[sś][cć]|ol[aá]"
)
