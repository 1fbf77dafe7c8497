"""The words of the letters in which we ask how it felt, in the languages we speak with clients."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kept.ledgers.pulses.models import Language


@dataclass(frozen=True, slots=True)
class Letters:
    """Into all go {name}, {firm}, {about}, {says}, {low}, {high}, {row} and {link}; what is empty leaves no trace."""

    subject: str
    subject_moment: str
    relationship: str
    moment: str
    again: str  # above what is sent once more
    scales: Mapping[str, tuple[str, str, str]]  # as their page says it: the sentence, and both ends
    spoken: tuple[str, ...]  # how the language may be called in an agreement


_ENGLISH = Letters(
    subject="How does it feel to work with us?",
    subject_moment="How did it feel: {about}",
    relationship="""Dear {name},

how has it felt to work with us lately? Four feelings, then the work apart; it takes under a minute:

{link}

The link is yours alone. If you would rather write, simply answer this mail: a person reads every word. And if you would
rather not be asked, say so on the page, and we won’t.""",
    moment="""Dear {name},

how did it feel: {about}? One tap is enough.

“{says}”

{row}

0 is “{low}”, 10 is “{high}”. It counts once you send it, here:

{link}

The link is yours alone. If you would rather write, simply answer this mail: a person reads every word. And if you would
rather not be asked, say so on the page, and we won’t.""",
    again="""We asked you a few days ago, and ask only this once more.""",
    scales={
        "cherished": ("I matter to you.", "not at all", "very much"),
        "delighted": ("I’m glad I chose you.", "not at all", "very glad"),
    },
    spoken=("en", "eng", "english", "englisch", "anglais", "inglés", "ingles"),
)
_GERMAN = Letters(
    subject="Wie fühlt sich die Arbeit mit uns an?",
    subject_moment="Wie hat es sich angefühlt: {about}",
    relationship="""Guten Tag {name},

wie hat sich die Arbeit mit uns zuletzt angefühlt? Vier Gefühle, dann getrennt davon die Arbeit; es dauert keine Minute:

{link}

Der Link gehört Ihnen allein. Wenn Sie lieber schreiben, antworten Sie einfach auf diese Mail: Ein Mensch liest jedes
Wort. Und wenn Sie lieber nicht gefragt werden, sagen Sie es auf der Seite, dann fragen wir nicht mehr.""",
    moment="""Guten Tag {name},

wie hat es sich angefühlt: {about}? Einmal tippen genügt.

„{says}“

{row}

0 heißt „{low}“, 10 heißt „{high}“. Es zählt, sobald Sie es senden, hier:

{link}

Der Link gehört Ihnen allein. Wenn Sie lieber schreiben, antworten Sie einfach auf diese Mail: Ein Mensch liest jedes
Wort. Und wenn Sie lieber nicht gefragt werden, sagen Sie es auf der Seite, dann fragen wir nicht mehr.""",
    again="""Wir haben Sie vor einigen Tagen gefragt und fragen nur dieses eine Mal noch.""",
    scales={
        "cherished": ("Ich bin Ihnen wichtig.", "gar nicht", "sehr"),
        "delighted": ("Ich bin froh, dass ich Sie gewählt habe.", "gar nicht", "sehr froh"),
    },
    spoken=("de", "deu", "ger", "deutsch", "german", "allemand", "alemán", "aleman"),
)
_FRENCH = Letters(
    subject="Comment vivez-vous le travail avec nous\u00a0?",
    subject_moment="Comment l’avez-vous vécu\u00a0: {about}",
    relationship="""Bonjour {name},

comment avez-vous vécu le travail avec nous ces derniers temps\u00a0? Quatre ressentis, puis le travail à part\u00a0;
cela prend moins d’une minute\u00a0:

{link}

Ce lien n’est qu’à vous. Si vous préférez écrire, répondez simplement à ce message\u00a0: une personne en lit
chaque mot. Et si vous préférez que nous ne demandions plus rien, dites-le sur la page.""",
    moment="""Bonjour {name},

comment l’avez-vous vécu\u00a0: {about}\u00a0? Un seul geste suffit.

«\u00a0{says}\u00a0»

{row}

0 veut dire «\u00a0{low}\u00a0», 10 «\u00a0{high}\u00a0». Cela compte dès que vous l’envoyez, ici\u00a0:

{link}

Ce lien n’est qu’à vous. Si vous préférez écrire, répondez simplement à ce message\u00a0: une personne en lit
chaque mot. Et si vous préférez que nous ne demandions plus rien, dites-le sur la page.""",
    again="""Nous vous l’avons demandé il y a quelques jours, et ne le redemandons que cette fois.""",
    scales={
        "cherished": ("Je compte pour vous.", "pas du tout", "beaucoup"),
        "delighted": ("Je me réjouis de vous avoir choisis.", "pas du tout", "vraiment"),
    },
    spoken=("fr", "fra", "fre", "français", "francais", "french", "französisch", "francés", "frances"),
)
_SPANISH = Letters(
    subject="¿Cómo se siente al trabajar con nosotros?",
    subject_moment="¿Cómo se sintió?: {about}",
    relationship="""Buenos días, {name}:

¿Cómo se ha sentido al trabajar con nosotros últimamente? Cuatro sensaciones y, aparte, el trabajo; es menos de
un minuto:

{link}

El enlace es solo suyo. Si prefiere escribir, responda a este correo: una persona lee cada palabra. Y si prefiere que no
le preguntemos, dígalo en la página y no lo haremos más.""",
    moment="""Buenos días, {name}:

¿Cómo se sintió?: {about}. Basta un toque.

«{says}»

{row}

0 es «{low}», 10 es «{high}». Cuenta en cuanto lo envíe, aquí:

{link}

El enlace es solo suyo. Si prefiere escribir, responda a este correo: una persona lee cada palabra. Y si prefiere que no
le preguntemos, dígalo en la página y no lo haremos más.""",
    again="""Se lo preguntamos hace unos días y solo lo repetimos esta vez.""",
    scales={
        "cherished": ("Les importo.", "nada", "mucho"),
        "delighted": ("Me alegro de haberlos elegido.", "nada", "mucho"),
    },
    spoken=("es", "spa", "español", "espanol", "spanish", "spanisch", "espagnol", "castellano"),
)
LETTERS: Mapping[Language, Letters] = MappingProxyType(
    {
        Language.ENGLISH: _ENGLISH,
        Language.GERMAN: _GERMAN,
        Language.FRENCH: _FRENCH,
        Language.SPANISH: _SPANISH,
    }
)


def language_called(said: str) -> Language:
    """The language an agreement names ("Deutsch, bitte", "fr-CH"): the first of ours that it names, else English."""
    for word in said.casefold().replace("-", " ").replace("_", " ").replace(",", " ").split():
        for language, letters in LETTERS.items():
            if word in letters.spoken:
                return language
    return Language.ENGLISH
