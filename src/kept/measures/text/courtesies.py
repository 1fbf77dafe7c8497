"""The customary lines of a letter, which may be the same for everyone: greetings, sign-offs and legal footers."""

import re

from kept.measures.text.greetings import GREETINGS

_GREETING = (
    rf"(?:{GREETINGS}|morning)\b"
    r"(?: (?:all|both|there|everyone|team|again|to you|zusammen|alle|a tous|a toutes|todos|todas|"
    r"mr|mrs|ms|dr|prof|sir|madam|or|herr|frau|madame|monsieur|damen und herren|und|and|et|y|<name>)){0,6}"
    r"(?: [a-z]+){0,2}"
)
_SIGN_OFF = (
    r"(?:(?:with |my |all the |very )?(?:best|kind|kindest|warm|warmest|many)? ?(?:regards|wishes|thanks)|"
    r"(?:all the |my )?best|cheers|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|take care|"
    r"(?:have a (?:good|great|nice|lovely) (?:day|week|weekend|evening|one))|"
    r"(?:thank you|thanks)(?: (?:again|so much|very much|a lot|in advance|for everything|and best wishes))*|"
    r"(?:mit )?(?:freundlichen|besten|herzlichen|lieben|vielen|schonen) (?:grussen?|dank)(?: aus [a-z]+)?|"
    r"(?:viele|liebe|herzliche|beste|schone) grusse|danke (?:schon|sehr|und viele grusse)|"
    r"schones wochenende|einen schonen (?:tag|abend)(?: noch)?|"
    r"(?:bien )?(?:cordialement|amicalement)(?: votre)?|(?:belle|bonne) (?:journee|soiree|semaine)|"
    r"merci (?:beaucoup|bien|d'avance|encore)|bien a (?:vous|toi)|"
    r"(?:je vous prie|veuillez) (?:d'agreer|agreer|croire|recevoir).*|"
    r"(?:un )?(?:saludos?|abrazo)(?: cordial(?:es)?)?|atentamente|muchas gracias(?: por todo)?|"
    r"(?:see|speak to|talk to) you(?: (?:all|then|there|soon|later|on|at|in|next|week|<date>|<time>|<name>))*|"
    r"bis (?:dann|bald|<date>)(?: um <time>)?|(?:hasta|nos vemos)(?: (?:el|a|las|luego|pronto|<date>|<time>))*|"
    r"a (?:bientot|tres vite|<date>)(?: a <time>)?|que tengas? (?:un )?buen (?:dia|fin de semana))"
    r"(?: (?:from|and|und|et|y|von|de) [a-z<>']+(?: [a-z<>']+){0,2}| <name>)?"
)
_LEGAL = (
    r"(?:(?:this|the) (?:e?mail|message|communication|transmission)s?\b.{0,80}\b(?:confidential|privileged|intended)|"
    r"if you (?:are not|have received|received)\b.{0,60}\b(?:intended recipient|in error|by mistake)|"
    r"(?:company|registered|registration) (?:number|office|in england)|registered (?:in|at|office)|"
    r"please consider the environment|\ball rights reserved\b|\bvat (?:number|registration|no)\b|"
    r"diese (?:e?mail|nachricht)\b.{0,80}\b(?:vertraulich|bestimmt)|handelsregister|amtsgericht|geschaftsfuhrer|"
    r"\bust id\b|sitz der gesellschaft|"
    r"ce (?:message|courriel|mail)\b.{0,80}\b(?:confidentiel|destinataire|destine)|\bsiret\b|\brcs [a-z]+|"
    r"este (?:mensaje|correo)\b.{0,80}\b(?:confidencial|destinatario|dirigido)|registro mercantil)"
)
GREETING = re.compile(_GREETING)
SIGN_OFF = re.compile(_SIGN_OFF)
LEGAL = re.compile(_LEGAL)


def courtesy(folded: str) -> str:
    """ "greeting", "sign-off", "legal", or '' for a folded sentence that is none of them."""
    if LEGAL.search(folded):
        return "legal"
    if SIGN_OFF.fullmatch(folded):
        return "sign-off"
    return "greeting" if GREETING.fullmatch(folded) else ""
