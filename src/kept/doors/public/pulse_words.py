"""Which language somebody is asked in: the invitation's; of whom nothing is known, their browser's."""

from types import MappingProxyType

from kept.doors.public.pulse_de import GERMAN
from kept.doors.public.pulse_en import ENGLISH
from kept.doors.public.pulse_es import SPANISH
from kept.doors.public.pulse_fr import FRENCH
from kept.doors.public.pulse_tongue import Tongue

TONGUES = MappingProxyType({"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH})


def tongue(code: str) -> Tongue:
    """The words of a language, by its code of two letters; of one we do not speak, English."""
    return TONGUES.get(code, ENGLISH)


def wanted(accepted: str) -> Tongue:
    """The first language of an Accept-Language header that we speak, the best liked first; else English."""
    liked = sorted(map(_liking, accepted[:200].split(",")), key=lambda one: -one[1])
    return next((TONGUES[code] for code, liking in liked if liking > 0 and code in TONGUES), ENGLISH)


def _liking(part: str) -> tuple[str, float]:
    """ "fr-CA;q=0.8" is French, 0.8."""
    code, _, liking = part.partition(";")
    try:
        q = float(liking.strip().removeprefix("q=")) if liking else 1.0
    except ValueError:
        q = 0.0
    return code.strip()[:2].lower(), q
