"""Phrases that stand in everybody's letters, in four languages; a firm adds its own in the same notation.

Words in any case, with or without accents; `|` parts phrases on one line. `a/b` either word, `(a/b)` may be absent,
`*` any one word, `...` up to three words, `^` the sentence begins here, `$` it ends here. Contractions are read as what
they stand for.
"""

ENGLISH = """
hope/trust (that) this/that/the (email/message/mail/note/letter) finds/reaches you
hope/trust (that) you are doing/keeping well
hope/trust all is well
trust you are well
call/business/opinion/satisfaction/custom is (very/extremely) important to us
value/values/appreciate/appreciates your business/patronage/custom/loyalty/feedback/opinion
appreciate/appreciates your (continued/kind) patience/understanding/cooperation/support
thank/thanks (you) for your (continued/kind/ongoing) patience/understanding/cooperation/business/support/attention
thank/thanks (you) for your (recent/kind) enquiry/inquiry/interest
thank/thanks (you) for your (recent/kind) email/message/mail $
thank/thanks (you) for contacting/choosing
thank you for your time and consideration
thank you in advance for your
do not hesitate
feel free to contact/call/email/ask/reach/get/let
at your earliest convenience
for your convenience
reach/reached/reaching out
per (our) company policy
(as) per our policy/policies
company policy | it is our policy | our policy does not
in line/accordance with our policy/policies
^ enjoy your * $ | ^ enjoy your * * $
any inconvenience
apologies/apologise/apologize/sorry for the inconvenience
apologise/apologize for any
valued/esteemed customer/customers/client/clients/partner/partners
dear customer/client
circle/circling back
touch/touching base
just checking in
just following up
following up on my last/previous email
per my last/previous email
going forward | low hanging fruit | outside the box | move the needle | best in class | synergy/synergies
win win | game changer | hit the ground running | rest assured | take this/that/it offline
committed to providing/delivering/excellence
strive/strives to provide/deliver/exceed/ensure/offer
pride ourselves on
take your * very seriously
takes ... very seriously
get back to you shortly/soon/asap
get back to you as soon as possible
get back to you in due course
be in touch shortly/soon
be in touch in due course
member/one of our team will/is
one of our agents/representatives/advisers/advisors
has been received and
have received your request/enquiry/inquiry/email/message/application
is being processed
<number> business days
please be advised/informed
this is to inform/notify you
regret to inform you
pleased/delighted/happy/excited/thrilled/proud to announce/inform
to whom it may concern
find attached/enclosed
attached please find
should you have/require/need any
you have any (further/other/additional/more) questions or/and/please
is/are there anything else i/we can
is anything else i/we can
always happy to help
we are here to help
how may i/we help/assist
being a (loyal/valued) customer/client
look/looking forward to hearing from you
look/looking forward to working with/together
look/looking forward to your (prompt/kind/positive) reply/response/feedback
your feedback helps
to better serve you | to serve you better
best possible service/experience/outcome
exceed/exceeds/exceeding (your) expectations
highest level/standard/standards of
world class
one stop shop
tailored/bespoke/customised/customized solution/solutions
end to end solution/solutions
trusted partner
wealth of experience
cutting edge | second to none | unforeseen circumstances | circumstances beyond our control
high/higher/heavy volume of calls/emails/requests/enquiries/inquiries
understand your frustration/concern/concerns
sorry you feel that way
come/came to our attention
in these (difficult/uncertain/unprecedented/challenging) times
gentle/friendly/kind reminder
kindly be reminded/informed/advised
bear with us
wishing you and your (family/team/loved)
reply to this email if you
"""

GERMAN = """
hoffe/hoffen (dass) diese/meine/unsere nachricht/mail/email ... erreicht
hoffe/hoffen es geht ihnen/dir/euch gut
anruf/anliegen/meinung/zufriedenheit ist uns (sehr/besonders) wichtig
zufriedenheit liegt uns ... herzen
zögern sie (bitte) nicht
zögere/zögert (bitte) nicht
scheuen sie sich nicht
ihnen ... zur verfügung
stehe/stehen/steht ... gern/gerne/jederzeit ... zur verfügung
sollten sie (noch) (weitere) fragen
falls/wenn sie (noch) (weitere) fragen haben
bei (weiteren) fragen/rückfragen melden sie sich
vielen/herzlichen/besten dank für ihre/deine/eure (geschätzte) anfrage/geduld/bestellung/treue
vielen/herzlichen/besten dank für ihr/dein/euer (entgegengebrachtes) verständnis/vertrauen/interesse
vielen/herzlichen/besten dank für ihre nachricht/mail/email $
bitten (wir) um (ihr) verständnis
unannehmlichkeiten
sehr geschätzte/geschätzter/geehrte/geehrter kundin/kunde
werte/werter kundin/kunde
melden uns schnellstmöglich/umgehend/zeitnah
melden uns in kürze
melden uns so schnell/bald wie möglich
setzen uns ... mit ihnen in verbindung
gemäß/laut unseren/unserer richtlinien/richtlinie
anbei/anliegend/beiliegend finden/erhalten/übersende/übersenden sie/ich/wir
in der anlage finden/erhalten sie
hiermit teilen wir ihnen
freuen uns ihnen mitteilen/mitzuteilen
freue/freuen mich/uns auf ihre (baldige/positive) rückmeldung/antwort
freue/freuen mich/uns von ihnen zu hören
hohen aufkommens/anfrageaufkommens
anfrage wird (derzeit/aktuell) bearbeitet
genießen sie ihren/ihre/ihr
kommen sie jederzeit/gern/gerne auf mich/uns zu
"""

FRENCH = """
j'espère que ce/cet/mon message/mail/email/courriel vous/te trouve/trouvera
j'espère que vous allez/tu vas/vas bien
votre appel/avis/satisfaction est (très) important/importante
votre satisfaction est notre
n'hésitez/n'hésite (surtout) pas
à votre/ta (entière) disposition
veuillez trouver ci joint/jointe/joints/dessous
vous trouverez ci joint/jointe/joints
veuillez (nous) excuser
gêne/gene occasionnée
tout désagrément/inconvénient
merci de/pour votre compréhension/patience/confiance/fidélité
merci pour votre message/mail/email/courriel $
remercions/remercie de/pour votre compréhension/patience/confiance/fidélité/intérêt
avons bien reçu votre
reviendrons/reviendrai/reviens/revenons vers vous
dans les meilleurs/plus délais/brefs
cher/chère client/cliente
conformément à notre politique
dans l'attente de votre/vos/ton
en vous remerciant
profitez (bien/pleinement) de votre
ravis/heureux de vous annoncer/informer
sauf erreur de notre/ma part
permets de vous contacter/recontacter/relancer/solliciter
"""

SPANISH = """
espero que ... encuentre/encuentres/encuentren bien
espero que este/esté/estés/estéis/estén (muy) bien
llamada/opinión/satisfacción es (muy) importante para nosotros
no dude/dudes/duden/dudéis en
a su/tu/vuestra (entera/completa) disposición
disculpe/disculpen/disculpa/disculpad las molestias
lamentamos/sentimos/lamento/siento las/los (posibles) molestias/inconvenientes
cualquier inconveniente/molestia
gracias por su/tu/vuestra (amable) comprensión/paciencia/confianza/preferencia/interés/colaboración
estimado/estimada cliente
de acuerdo con nuestra política
política de la empresa
pondremos en contacto
a la (mayor) brevedad
adjunto encontrará/encontrarás/encontraréis/encontrarán
quedo/quedamos a la espera
quedo/quedamos atento/atenta/atentos/atentas
disfrute/disfruta/disfruten (de) su/tu
hemos recibido su solicitud/consulta/mensaje
nos complace informarle/informarles/anunciar/comunicarle
para cualquier duda/consulta/aclaración
si tiene/tienes/tienen (cualquier/alguna) duda
"""

STOCK: tuple[str, ...] = tuple(
    phrase.strip()
    for text in (ENGLISH, GERMAN, FRENCH, SPANISH)
    for line in text.splitlines()
    for phrase in line.split("|")
    if phrase.strip()
)
