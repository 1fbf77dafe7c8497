"""The words by which machines give themselves away: in addresses, subjects and texts, in seven languages."""

import re


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


BOUNCING_SENDER = _any_of(
    r"^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|maildelivery[-_.]?subsystem|mail[-_.]?delivery|"
    r"bounces?)[0-9]*(?:[-+=_.].*)?@",
    r"^(?:microsoftexchange[0-9a-f]{16,}|amazonses|complaints|feedbackloop|fbl|scomp|abuse-?reports?)@",
)
POSTMASTER = _any_of(r"^(?:postmaster|mail-?master|postoffice|mailadmin|double-bounce)@")
BOUNCING_NAME = _any_of(
    r"^mail(?:er)?[ -]?(?:delivery[ -]?)?(?:daemon|sub-?system|system)",
    r"^(?:mail|microsoft outlook|zustell\w*|postmaster|system administrator|systemadministrator)$",
)
BOUNCE_SUBJECT = _any_of(
    r"^(?:\W*)(?:undeliver(?:able|ed)|non[- ]?deliver(?:able|y)|returned mail|returned to sender|"
    r"failure notice|delivery failure)",
    r"^(?:\W*)(?:delivery status|delivery notification|delivery report|delivery (?:has )?(?:failed|"
    r"delayed)|delivery unsuccessful)",
    r"^(?:\W*)(?:(?:mail|message) (?:delivery )?(?:fail(?:ed|ure)|error|system error|status|delayed|"
    r"not delivered|returned|could not))",
    r"^(?:\W*)(?:e?-?mail (?:delivery|not delivered)|could not deliver|(?:warning: )?(?:could not send|"
    r"message .{0,40} delayed))",
    r"^(?:\W*)(?:unzustellbar|nicht zustellbar|fehler beim senden|zustellung|zustellfehler|"
    r"unable to deliver|delayed mail)",
    r"^(?:\W*)(?:non remis|non distribu|échec de (?:la )?remise|courrier non|message non (?:remis|"
    r"distribu)|notification d.échec)",
    r"^(?:\W*)(?:no se puede entregar|no entregado|error de entrega|correo devuelto|"
    r"mensaje (?:no entregado|devuelto))",
    r"^(?:\W*)(?:onbestelbaar|niet bezorgd|niet afgeleverd|mancato recapito|non recapitabile|"
    r"impossibile recapitare)",
    r"^(?:\W*)(?:não entregue|falha na entrega|mensagem não entregue|não foi possível entregar)",
)
BOUNCE_WORDS = _any_of(
    r"\b5\d\d[ -]#?5\.\d{1,3}\.\d{1,3}\b|\bstatus: [45]\.\d+\.\d+|diagnostic-code:|^final-recipient:|"
    r"^reporting-mta:",
    r"could not be delivered|was not delivered|undeliverable|delivery (?:has |to .{1,80} )?failed|"
    r"unable to deliver|permanent(?:ly)? (?:error|fail)",
    r"message was created automatically by mail delivery|this is the qmail-send program|"
    r"this is the mail (?:system|delivery)",
    r"(?:user|mailbox|recipient|address|account) (?:is )?(?:unknown|unavailable|not found|full|disabled|"
    r"suspended|does ?n[o']t exist|over quota)",
    r"exceeded (?:the )?(?:storage|quota)|quota exceeded|no such user|unknown user|returned to sender|"
    r"original message follows",
    r"konnte nicht zugestellt|nicht zugestellt werden|n.a pas pu être (?:remis|délivr)|"
    r"no (?:se )?pudo (?:ser )?entreg",
    r"kon niet worden (?:bezorgd|afgeleverd)|non è stato possibile (?:consegnare|recapitare)|"
    r"não (?:pôde|foi) (?:ser )?entreg",
)
COMPLAINT_SUBJECT = _any_of(
    r"^\W*(?:complaint about message|(?:e-?mail )?(?:abuse|feedback|fbl|spam) (?:report|complaint))"
)
AWAY_SUBJECT = _any_of(
    r"^(?:\W*)(?:automatic reply|auto[- ]?reply|auto[- ]?response|auto[- ]?responder|automated (?:reply|"
    r"response)|away from)\b",
    r"^(?:\W*)(?:out of (?:the )?office|ooo)(?: reply| message| notification|"
    r" auto-?reply)?\s*(?:[:;(\[-]|re:|$)",
    r"^(?:\W*)(?:vacation (?:reply|message|notice|auto-?reply)|on vacation|i am (?:away|on leave))",
    r"^(?:\W*)(?:automatische (?:antwort|r[üu]ckantwort)|abwesenheits(?:notiz|benachrichtigung|meldung|"
    r"nachricht)|abwesend\s*[:(-])",
    r"^(?:\W*)(?:réponse automatique|reponse automatique|absence du bureau|absent(?:e)? du bureau|"
    r"message d.absence)",
    r"^(?:\W*)(?:respuesta autom[áa]tica|fuera de (?:la )?oficina|contestador autom)",
    r"^(?:\W*)(?:automatisch antwoord|automatische beantwoording|afwezig(?:heidsbericht|heid)?\s*[:(-])",
    r"^(?:\W*)(?:risposta automatica|fuori (?:sede|ufficio)|assente\s*[:(-]|resposta autom[áa]tica|"
    r"fora do escrit[óo]rio|ausência\s*[:(-])",
    r"^(?:\W*)(?:odpowied[źz] automatyczna|automatyczna odpowied|autosvar|automaattinen vastaus)",
)
AWAY_WORDS = _any_of(
    r"\bout of (?:the|my) office\b|\bon (?:annual |parental |maternity )?(?:leave|vacation|holidays?)\b|"
    r"\bautomat(?:ic|ed) (?:reply|response)",
    r"\b(?:bin|nicht im b[üu]ro|abwesend|im urlaub)\b.{0,60}\b(?:erreichbar|zur[üu]ck|urlaub|b[üu]ro)",
    r"\b(?:absente?|en cong[ée]s?|hors du bureau)\b|\b(?:fuera de la oficina|de vacaciones)\b|"
    r"\b(?:afwezig|met vakantie|op vakantie)\b",
    r"\b(?:fuori ufficio|in ferie|assente)\b|\b(?:fora do escrit[óo]rio|de f[ée]rias|ausente)\b",
)
REPORTING_SENDER = _any_of(
    r"^(?:.*[-_.+])?(?:no|do[-_.]?not|dont)[-_.]?(?:reply|replies|respond|response)\b",
    r"^(?:.*[-_.+])?(?:ne-?pas-?repondre|nicht-?antworten|keine-?antwort|no-?responde[rs]?|"
    r"n[ãa]o-?respond[ae]r?|niet-?beantwoorden|non-?rispondere)\b",
    r"^(?:notif(?:y|ier|ications?)|alert(?:s|ing)?|robot|bot|cron|daemon|nobody|www-data|apache|nagios|"
    r"icinga|zabbix|jenkins|buildbot)(?:[-+_.][^@]*)?@",
    r"^(?:automail(?:er)?|auto-?confirm|system-?mail|monitor(?:ing)?|watchdog|mailer|"
    r"bugzilla(?:-daemon)?|jira|gitlab|builds?|ci)(?:[-+_.][^@]*)?@",
    r"^[^@+]*(?:\[bot\]|-bot)@",
)
# A tag no person types: an address made for one message, so that its answer finds the way back.
TAGGED_SENDER = re.compile(r"^[^@]*[+=_-][0-9a-f]{16,}@|^[^@]*[0-9a-f]{28,}@", re.I)
# Old lists say only here that they passed a person's mail on.
LIST_OWNER = re.compile(r"\b(?:owner-[^@<]+|[^@<]+-(?:owner|request|bounces?|admin|list))@", re.I)
REPORTING_NAME = _any_of(
    r"\b(?:robot|bot|daemon|cron|no-?reply|automailer|auto-?responder)\b|\[bot\]",
    r"^(?:notifications?|alerts?|monitoring|build system|continuous integration)\b|\b(?:notifier|"
    r"notifications?|alerts)$",
)
REPORT_WORDS = _any_of(
    r"(?:this|the) (?:is an? )?(?:e-?mail |message |notification |report )?(?:was |is |has been )?"
    r"(?:sent |generated |an )?automat(?:ically|ed)"
    r"[ -](?:generated|sent|e-?mail|message|notification|reply)",
    r"automatically generated (?:e-?mail|message|notification|report)|(?:please )?do not (?:reply|"
    r"respond) to this (?:e-?mail|message|address)",
    r"(?:e-?mail|nachricht|mitteilung) wurde automatisch|automatisch (?:erstellte|generierte|"
    r"erzeugte) (?:e-?mail|nachricht)|bitte (?:antworten sie )?nicht auf diese",
    r"(?:message|courriel|e-?mail) (?:est |a été )?(?:envoyé |généré )?automati(?:que|quement)|"
    r"ne (?:pas|veuillez pas) répondre à (?:ce|cet)",
    r"(?:mensaje|correo) (?:generado |enviado )?autom[áa]tic(?:o|amente)|no responda a este|"
    r"automatisch (?:gegenereerd|verzonden)|niet op deze (?:e-?mail|mail) (?:te )?(?:antwoorden|"
    r"beantwoorden)",
    r"messaggio (?:generato |inviato )?automatic(?:o|amente)|non rispondere a (?:questa|questo)|"
    r"(?:mensagem|e-?mail) autom[áa]tic[ao]|n[ãa]o responda a est[ea]",
)
NEWSLETTER_WORDS = _any_of(
    r"\bunsubscribe\b|view (?:this (?:e-?mail|message) )?(?:in|on) (?:your|the|a) (?:web )?browser|"
    r"manage (?:your )?(?:preferences|subscription)|opt[- ]?out",
    r"\b(?:newsletter )?(?:abmelden|abbestellen|austragen)\b|im browser (?:ansehen|anzeigen|öffnen)|"
    r"(?:se )?d[ée]s(?:inscrire|abonner)",
    r"darse de baja|cancelar (?:la )?(?:suscripci[óo]n|inscri[çc][ãa]o)|uitschrijven|afmelden|"
    r"(?:annulla|cancella)(?:re|ti)? (?:l.)?iscrizione|disiscri",
)
