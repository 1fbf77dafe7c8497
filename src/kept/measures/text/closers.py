"""Tells a message that only closes ("Thanks!", "Perfekt, danke") from one that somebody must answer."""

import re

from kept.measures.text.greetings import GREETINGS

# Longer than this, something else was said as well.
_LONGEST, _MOST_WORDS = 160, 16

_THANKS = (
    r"(?:many |so |very |warm )?thanks?(?: you| u)?(?: (?:so|very) much| a (?:lot|million|bunch|ton)| again| indeed|"
    r" both| all)*|thank-you|thx|ty|tysm|"
    r"cheers|much appreciated|appreciated|(?:i |we )?(?:really |much )?appreciate (?:it|that|this|your help)|"
    r"(?:vielen |besten |herzlichen |lieben |tausend |ganz herzlichen |1000 )?dank(?: dir| ihnen|"
    r" euch)?(?: nochmals?)?|danke(?: (?:sehr|schön|"
    r"dir|ihnen|euch|vielmals|nochmals?))*|merci(?: (?:beaucoup|bien|encore|à vous|à toi|infiniment|mille fois))*|"
    r"mille mercis|"
    r"(?:muchas |mil )?gracias(?: (?:de nuevo|por todo|a ti|a usted))*|(?:hartelijk |heel erg |"
    r"alvast )?(?:dank(?: je| u)?(?: wel)?|bedankt)|"
    r"dankjewel|dankuwel|grazie(?: (?:mille|tante|ancora|di tutto|a te|a lei))*|mille grazie|tante grazie|"
    r"(?:bardzo |serdecznie )?(?:dziękuję|dziękujemy|dzięki|dzieki)(?: (?:bardzo|wielkie))?|"
    r"(?:muito )?obrigad[oa](?: (?:mesmo|novamente))?|valeu"
)
_FINE = (
    r"(?:that'?s |that is |it'?s |this is |all |looks? |sounds? |works? |very |absolutely |simply |just |das ist |"
    r"alles |c'est |es |è |está |dat is |to )*"
    r"(?:ok(?:ay|ey)?|k|great|good|perfect|fine|super|wonderful|excellent|brilliant|lovely|fantastic|amazing|awesome|"
    r"cool|"
    r"nice|noted(?: with thanks)?|great (?:work|job|stuff)|good (?:work|job|stuff)|well done|understood|agreed|clear|"
    r"sure|alright|all right|right|for (?:me|us)|"
    r"got it|will do|sounds good|works for (?:me|us)|no problem|no worries|you'?re welcome|my pleasure|"
    r"prima|perfekt|toll|alles klar|in ordnung|passt|gerne?|verstanden|einverstanden|wunderbar|bestens|klingt gut|gut|"
    r"parfait|d'accord|entendu|très bien|c'est noté|bien noté|noté|avec plaisir|génial|"
    r"perfecto|vale|de acuerdo|entendido|genial|muy bien|estupendo|bien|"
    r"prima|akkoord|helemaal goed|duidelijk|top|begrepen|goed|"
    r"perfetto|va bene|d'accordo|ricevuto|benissimo|ottimo|bene|"
    r"świetnie|super|jasne|dobrze|w porządku|rozumiem|idealnie|"
    r"perfeito|está bem|combinado|certo|ótimo|entendi)"
    r"(?: (?:for me|for us|with me|with us|by me|für mich|für uns|to me|then|now|too))?"
)
_RECEIVED = (
    r"(?:(?:i |we )?(?:have )?(?:safely |well )?(?:received|got)(?: (?:it|them|this|that|your (?:e-?mail|message|"
    r"file|files|letter)|everything|"
    r"(?:the |your )?(?:file|files|document|documents|invoice|attachment)))?(?: (?:safely|well|now))?|well received|"
    r"duly noted|"
    r"(?:ist |gut |mail |e-mail )*(?:angekommen|erhalten|eingegangen)|(?:bien |tout )*reçu|(?:todo )?recibido|"
    r"(?:goed )?ontvangen|"
    r"ricevut[oai]|otrzymałe?[ma]m?|dotarło|recebid[oa])"
)
_FOR = (
    r"(?:for|für|fürs|pour|por|per|voor|za|pela|pelo)(?: (?:the|your|this|that|all|everything|it|letting|getting|"
    r"coming|sorting|fixing|"
    r"sending|sharing|doing|being|die|das|den|deine|ihre|eure|schnelle|la|le|les|votre|ta|tu|su|je|uw|il|tua|sua|a|o|"
    r"super|"
    r"quick|fast|speedy|prompt|kind|great|lovely|swift|help|update|info|information|infos|reply|response|answer|"
    r"feedback|message|"
    r"e-?mail|mail|note|work|effort|support|patience|time|me|us|know|back|over|so|up|out|that|through|quickly|fast|"
    r"antwort|rückmeldung|nachricht|hilfe|mühe|arbeit|réponse|aide|retour|message|respuesta|ayuda|mensaje|todo|hulp|"
    r"antwoord|bericht|reactie|risposta|aiuto|tutto|messaggio|odpowiedź|pomoc|wszystko|resposta|ajuda|tudo)){0,7}"
)
_WISH = (
    r"(?:have|enjoy|wish(?:ing)? you)(?: a| your| the)?(?: (?:great|good|nice|lovely|wonderful|relaxing|restful|"
    r"fantastic|super))*(?: "
    r"(?:day|evening|weekend|week|one|rest of (?:the|your) (?:day|week)|time|holidays?|trip))|"
    r"(?:see|talk to|speak to) you(?: (?:soon|then|there|later))*|talk soon|speak soon|see you|take care|until then|"
    r"(?:schönes|schönen|schöne) (?:wochenende|tag(?: noch)?|feierabend|woche|abend)|bis (?:dann|bald|später)|"
    r"(?:bonne|bon|belle) (?:journée|soirée|week-end|weekend|semaine)|à bientôt|(?:buen|feliz) (?:día|fin de semana)|"
    r"hasta (?:pronto|luego)|"
    r"fijn(?:e)? (?:weekend|dag|avond)|tot (?:dan|snel|later)|buona (?:giornata|serata)|buon (?:weekend|"
    r"fine settimana)|a presto|"
    r"miłego (?:dnia|weekendu)|do zobaczenia|(?:bom|boa) (?:dia|tarde|semana|fim de semana)|até (?:logo|breve|já)"
)
# A name is known by its capital alone; these have one too, and say something.
_NAME = (
    r"(?!(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|next|nothing|but|not?|nope|help|stop|wait|"
    r"broken|wrong|urgent|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|morgen|heute|lundi|mardi|mercredi|jeudi|vendredi|demain|aber|mais|"
    r"pero|ma|"
    r"maar|mas|ale)\b)(?-i:[A-ZÀ-ÖØ-ÞŁŚŻŹĆ])[^\W\d_]{1,14}"
)
_PIECE = {
    "thanks": re.compile(rf"(?:{_THANKS})(?: {_FOR})?(?:,? {_NAME})?", re.I),
    "received": re.compile(rf"{_RECEIVED}(?:,? (?:{_THANKS}))?", re.I),
    "fine": re.compile(rf"{_FINE}(?:,? (?:{_THANKS}))?", re.I),
    "wish": re.compile(rf"(?:{_WISH})(?: {_NAME})?", re.I),
}
_REASONS = {
    "thanks": "It only says thanks.",
    "received": "It only says that it has arrived.",
    "fine": "It only agrees.",
    "wish": "It only says goodbye.",
}
_GREETING = re.compile(
    rf"(?:{GREETINGS}|beste|dag|gentile)(?: {_NAME}){{0,2}}",
    re.I,
)
_SIGN_OFF = re.compile(
    r"(?:(?:kind|best|warm|many|kindest) )?(?:regards|wishes)|best|all the best|yours|sincerely|x+|lg|vg|br|mfg|"
    r"(?:viele|liebe|beste|herzliche|schöne) grüße|mit freundlichen grüßen|cordialement|bien à vous|bises|saludos|"
    r"un saludo|groet(?:en|jes)?|"
    r"met vriendelijke groet|(?:cordiali )?saluti|pozdrawiam|abraço|atenciosamente",
    re.I,
)
_BLOCKS = re.compile(r"[?\d@]|https?:|\bwww\.")
_MARKS = re.compile(r"[^\w\s'’\-.,!;:\n–—…]+")
_SPLIT = re.compile(
    r"[.,!;:\n–—…]+|\s-\s|\b(?:and|und|et|y|en|e|i)\b(?=\s(?:thanks?|danke|merci|gracias|bedankt|"
    r"grazie|dzięki|obrigad|have|all|see|received|got))",
    re.I,
)


def needs_no_reply(visible_text: str) -> str:
    """Why the message needs no answer, in one plain sentence; '' when it may need one.

    Every piece of it must be a known closing word in one of eight languages: a question, a number, a link or any
    unknown word says that there is something to answer.
    """
    text = visible_text[: _LONGEST + 1].replace("’", "'").strip()
    if not text or len(text) > _LONGEST or _BLOCKS.search(text) or len(text.split()) > _MOST_WORDS:
        return ""
    pieces = [" ".join(piece.split()) for piece in _SPLIT.split(_MARKS.sub(" ", text))]
    kinds = _kinds([piece for piece in pieces if piece])
    return next((_REASONS[kind] for kind in _REASONS if kind in kinds), "")


def _kinds(pieces: list[str]) -> set[str]:
    """What the pieces are; nothing when one of them is unknown and no greeting, sign-off or last name."""
    kinds: set[str] = set()
    for at, piece in enumerate(pieces):
        kind = next((name for name, pattern in _PIECE.items() if pattern.fullmatch(piece)), "")
        is_frame = _GREETING.fullmatch(piece) or _SIGN_OFF.fullmatch(piece)
        # a name ends the message, or stands after the word it belongs to ("Thanks, Bo!")
        is_name = at > 0 and re.fullmatch(rf"{_NAME}(?: {_NAME})?", piece, re.I) and at == len(pieces) - 1
        if not (kind or is_frame or is_name):
            return set()
        kinds.add(kind)
    return kinds - {""}
