"""The turns of phrase by which a sentence asks its reader for something: named cues, in English, and a few abroad."""

import re

_VERBS = (
    r"send|call|give|let|check|fix|forward|reply|review|confirm|take|make|get|tell|ask|add|print|schedule|arrange|"
    r"provide|"
    r"contact|advise|update|include|put|find|keep|look|try|use|read|set|talk|email|e-mail|mail|bring|copy|do|note|"
    r"remember|ensure|change|replace|remove|delete|move|book|order|pay|sign|return|share|upload|prepare|draft|write|"
    r"approve|choose|pick|explain|show|help|drop|ping|chase|cancel|stop|start|finish|deliver|correct|consider|resend"
)

# Each is a feature of the model; a sentence's cues are also the reason it is shown with.
CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("please", r"\b(?:please|pls|plz|kindly)\b(?!,? (?:find|see|note)\b)"),
        ("please find", r"\b(?:please|pls),? (?:find|see|note)\b"),
        ("can you", r"\b(?:can|could|would|will) (?:you|u|someone|anyone|your team)\b"),
        ("can we", r"\b(?:can|could|may|should|shall) (?:i|we)\b"),
        ("let me know", r"\blet (?:me|us) know\b"),
        ("need you to", r"\b(?:need|want|like|love|prefer)(?: for)? (?:you|u|your)\b"),
        ("we need", r"\b(?:i|we)(?:'d| would| will| do| also| still)* (?:need|want|like|require)\b"),
        ("a question", r"\?['\")\]]*\s*$"),
        (
            "asks",
            r"^\W*(?:\w+, ?|and |so |but |also )?(?:when|where|what|who|how|why|which|do|does|did|is|are|was|were|"
            r"have|has|"
            r"should|shall|may|any)\b.*\?",
        ),
        ("an order", rf"^\W*(?:and |also |so |then |but |or |just |kindly |please |\w+, )*(?:{_VERBS})\b"),
        ("would appreciate", r"\b(?:appreciate|grateful|obliged)\b"),
        ("wondering whether", r"\bwonder(?:ing|ed)? (?:if|whether)\b"),
        ("any chance", r"\bany (?:chance|idea|update|news)\b"),
        ("let's", r"\blet'?s\b"),
        ("advertising", r"\b(?:click|unsubscribe|coupons?|subscribe|offers?|save|win|free|deals?)\b"),
        ("if you", r"\bif you\b"),
        ("own doing", r"\b(?:i|we)(?:'ll|'ve|'m| will| have| had| am| are| was| were)\b"),
        ("you", r"\byou\b"),
        ("your", r"\byour\b"),
        ("thanks", r"\bthank(?:s| you)\b"),
    )
)

# The training set is English. What asks just as plainly in the neighbours' languages is taken at its word.
_ABROAD = re.compile(
    r"\b(?:k(?:ö|oe)nn(?:t?en sie|test du|tet ihr|t ihr)|w(?:ü|ue)rden sie|bitte (?:um|nicht |noch |auch |mal |kurz |"
    r"uns |mir |die |den |das |an )*\w{2,}en\b|bitte ich sie|schick(?:en sie|t? (?:mir|uns)) \w|"
    r"(?:pouvez|pourriez|voulez)[- ]vous|(?:peux|pourrais)[- ]tu|merci de (?:me |nous |bien )?\w+(?:er|ir|re)\b|"
    r"veuillez|¿?(?:puedes?|podr[ií]as?|pueden|podr[ií]an) \w+|por favor|kunt? (?:u|je|jullie) |zou(?:dt)? (?:u|je) |"
    r"graag uw|potr(?:ebbe|esti|este)|può |puoi |poderia[ms]? |pode(?:s|m)? (?:me|nos|enviar)|"
    r"czy (?:może|możesz|mógłby|mogłaby|mogą)|prosz[ęe] o |bardzo proszę)",
    re.IGNORECASE,
)
_HANDS_OVER = re.compile(
    r"\W*(?:please|pls|kindly),? (?:find|see)\b.{0,60}?\b(?:attached|attachment|enclosed|below)\b|\W*attached\W", re.I
)
_ASKS_MORE = re.compile(
    r"\?|\b(?:and|then) (?!the |my |our |your )\w+|\bfor your (?:approval|signature|review)\b|"
    r"\blet (?:me|us) know\b",
    re.I,
)
_MERELY_POLITE = re.compile(r"(?:bitte (?:sehr|sch(?:ö|oe)n|entschuldigen|beachten)|veuillez (?:trouver|agréer))", re.I)


def cues(plain: str) -> tuple[str, ...]:
    """Names of the cues in a sentence, lower-cased with straight apostrophes."""
    return tuple(name for name, pattern in CUES if pattern.search(plain))


def only_hands_over(sentence: str) -> bool:
    """Whether "please find attached" is all that a sentence asks for."""
    return bool(_HANDS_OVER.match(sentence)) and not _ASKS_MORE.search(sentence)


def asks_abroad(sentence: str) -> bool:
    """Whether a sentence asks plainly in German, French, Spanish, Dutch, Italian, Portuguese or Polish."""
    return bool(_ABROAD.search(sentence)) and not _MERELY_POLITE.search(sentence)


PRESSES = re.compile(
    r"\b(?:asap|a\.s\.a\.p|as soon as (?:possible|you can)|urgent(?:ly)?|immediately|right away|straight away|"
    r"at once|today|"
    r"tonight|tomorrow|this (?:morning|afternoon)|eod|cob|end of (?:the )?day|now|dringend|eilt|sofort|heute|morgen|"
    r"umgehend|"
    r"aujourd'hui|demain|urgente?|hoy|mañana|vandaag|spoed|oggi|domani|hoje|amanhã|pilne|dzisiaj|jutro)\b",
    re.IGNORECASE,
)
DEADLINE = re.compile(
    r"\b(?:by|until|till|no later than|bis|d'ici)\s(?:the\s)?(?:\d|end\b|noon\b|close\b|next\b|(?:mon|tues|wednes|"
    r"thurs|fri|satur|"
    r"sun)day\b|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)|(?:mon|diens|donners|frei|sams|sonn)tag\b|"
    r"mittwoch\b)",
    re.IGNORECASE,
)
