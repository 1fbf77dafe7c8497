"""A mail is told apart into what was written, quoted, signed, forwarded and appended, in eight languages."""

import time

import pytest

from kept.measures.text.zones import parts, visible

MAIL = """Hi Ada,

the poster is fine.

Best regards
Cleo Vance
Head of Posters
Borealis Ltd
Tel: +44 20 7946 0000
www.borealis.example

This e-mail and its attachments are confidential and intended only for the addressee. If you received it in error,
please tell the sender and delete it.

On Mon, 6 May 2024 at 10:00, Ada <ada@studio.example> wrote:
> Is the poster fine?
"""


def kinds(text):
    return [part.kind for part in parts(text)]


def of_kind(kind, text):
    return "\n".join(part.text for part in parts(text) if part.kind == kind).strip()


def test_a_mail_is_told_apart_in_order():
    assert kinds(MAIL) == ["visible", "signature", "disclaimer", "quote"]
    assert visible(MAIL) == "Hi Ada,\n\nthe poster is fine.\n\nBest regards\nCleo Vance"
    assert of_kind("signature", MAIL).startswith("Head of Posters")
    assert of_kind("disclaimer", MAIL).startswith("This e-mail and its attachments")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "One line",
        MAIL,
        MAIL.replace("\n", "\r\n"),
        "reply On Wed, Apr 4, 2012 at 3:59 PM, zed@x.example wrote:\n> Hi\n",
        "\n\n> One\n\n\n> Two\n\n-- \nCleo\n\n\n",
    ],
)
def test_the_parts_give_the_whole_text_back(text):
    assert "".join("\n".join(part.text for part in parts(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "head",
    [
        "From: Ada <ada@studio.example>\nSent: Monday, 6 May 2024 10:00\nTo: Cleo\nSubject: The poster",
        "Von: Ada <ada@studio.example>\nGesendet: Montag, 6. Mai 2024 10:00\nAn: Cleo\nBetreff: Das Plakat",
        "De : Ada <ada@studio.example>\nEnvoyé : lundi 6 mai 2024 10:00\nÀ : Cleo\nObjet : L'affiche",
        "De: Ada <ada@studio.example>\nEnviado el: lunes, 6 de mayo de 2024 10:00\nPara: Cleo\nAsunto: El cartel",
        "Van: Ada <ada@studio.example>\nVerzonden: maandag 6 mei 2024 10:00\nAan: Cleo\nOnderwerp: De poster",
        "Od: Ada <ada@studio.example>\nWysłano: poniedziałek, 6 maja 2024 10:00\nDo: Cleo\nTemat: Plakat",
        "Da: Ada <ada@studio.example>\nInviato: lunedì 6 maggio 2024 10:00\nA: Cleo\nOggetto: Il manifesto",
        "De: Ada <ada@studio.example>\nEnviada em: segunda-feira, 6 de maio de 2024 10:00\nPara: Cleo\nAssunto: Cartaz",
        "*From:* Ada <ada@studio.example>\n*Date:* 6 May 2024 10:00\n*To:* Cleo, Bo,\n  Fin\n*Subject:* The poster",
        "Feladó: Ada <ada@studio.example>\nElküldve: 2024. május 6. 10:00\nCímzett: Cleo\nTárgy: A plakát",
    ],
)
@pytest.mark.parametrize("rule", ["", "________________________________\n", "-----Original Message-----\n"])
def test_all_below_the_head_of_an_older_mail_is_a_quote(head, rule):
    text = f"It is fine.\n\n{rule}{head}\n\nIs the poster fine?\n"
    assert visible(text) == "It is fine."
    assert kinds(text) == ["visible", "quote"]


@pytest.mark.parametrize(
    "introduction",
    [
        "On Tue, 11 Apr 2017 at 10:07 PM Ada\n\n<\nmailto:Ada <ada@studio.example>\n> wrote:",
        "Op 17-feb.-2015, om 13:18 heeft Ada <ada@studio.example> het volgende geschreven:",
        "W dniu 28 stycznia 2015 01:53 użytkownik Ada <ada@studio.example>\nnapisał:",
        "---- Ada wrote ----",
        '26.06.2014, 14:41, "Ada" <ada@studio.example>:',
        "2024-05-06 10:00 GMT+02:00 Ada <\nada@studio.example>:",
        "Dne 6. 5. 2024 v 10:00 Ada <ada@studio.example> napsal(a):",
        "ma 6. toukok. 2024 klo 10.00 Ada (ada@studio.example) kirjoitti:",
    ],
)
def test_an_introduction_is_known_however_it_is_spread(introduction):
    text = f"It is fine.\n\n{introduction}\n\n> Is the poster fine?\n> Ada\n"
    assert visible(text) == "It is fine."


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------",
        "-------- Weitergeleitete Nachricht --------",
        "-------- Message transféré --------",
        "---------- Mensaje reenviado ----------",
        "---------- Doorgestuurd bericht ----------",
        "---------- Wiadomość przekazana dalej ----------",
        "-------- Messaggio inoltrato --------",
        "---------- Mensagem encaminhada ----------",
        "Begin forwarded message:",
    ],
)
def test_a_forwarded_mail_is_called_so(mark):
    text = f"Have a look.\n\n{mark}\nFrom: Zed <zed@elsewhere.example>\nDate: 6 May 2024\n\nBuy!\n"
    assert kinds(text) == ["visible", "forwarded"]


def test_words_below_a_forwarded_mail_that_is_marked_stay():
    text = "Look:\n\nBegin forwarded message:\n\n> From: Zed <zed@x.example>\n> Buy!\n\nWhat do you think?\n"
    assert visible(text) == "Look:\n\nWhat do you think?"
    assert kinds(text) == ["visible", "forwarded", "visible"]


@pytest.mark.parametrize(
    "notice",
    [
        "CONFIDENTIALITY NOTICE: this message is intended only for the person to whom it is addressed, and may be "
        "privileged.",
        "Diese E-Mail enthält vertrauliche und rechtlich geschützte Informationen. Wenn Sie nicht der richtige "
        "Adressat sind, vernichten Sie bitte diese Mail.",
        "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de ses "
        "destinataires.",
        "Este mensaje y sus archivos adjuntos van dirigidos exclusivamente a su destinatario, y pueden contener "
        "información confidencial.",
        "Dit bericht is uitsluitend bestemd voor de geadresseerde en kan vertrouwelijke informatie bevatten; deel het "
        "niet.",
        "Ta wiadomość oraz wszelkie załączniki są poufne i przeznaczone wyłącznie dla adresata tej wiadomości "
        "elektronicznej.",
        "Questo messaggio e gli allegati sono riservati e destinati esclusivamente al destinatario indicato in "
        "intestazione.",
        "Esta mensagem e os seus anexos são confidenciais e destinam-se exclusivamente aos destinatários indicados "
        "nela.",
        "Please consider the environment before printing this e-mail.",
        "_______________________________________________\nFriends mailing list\nfriends@lists.example",
        "To unsubscribe from this group, write to leave@lists.example.",
    ],
)
def test_what_a_firm_or_list_appends_is_a_notice(notice):
    text = f"The poster is fine.\n\nCleo\n\n{notice}\n"
    assert kinds(text) == ["visible", "disclaimer"]
    assert visible(text) == "The poster is fine.\n\nCleo"


@pytest.mark.parametrize(
    "closing",
    [
        "Kind regards,",
        "Mit freundlichen Grüßen",
        "Viele Grüße",
        "Bien cordialement,",
        "Un saludo,",
        "Met vriendelijke groet,",
        "Z poważaniem",
        "Cordiali saluti",
        "Com os melhores cumprimentos,",
    ],
)
def test_below_the_greeting_that_ends_a_letter_and_the_name_stands_the_signature(closing):
    text = f"The poster is fine.\n\n{closing}\nCleo Vance\n\nBorealis\nT: +49 30 1234567\n"
    assert visible(text) == f"The poster is fine.\n\n{closing}\nCleo Vance"
    assert of_kind("signature", text) == "Borealis\nT: +49 30 1234567"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Get Outlook for Android",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPad",
        "Enviado desde mi móvil",
        "Verzonden vanaf mijn telefoon",
        "Wysłane z iPhone'a",
        "Inviato da iPhone",
        "Enviado do meu telemóvel",
    ],
)
def test_what_a_phone_adds_is_a_signature(line):
    assert kinds(f"Fine.\n\n{line}\n") == ["visible", "signature"]


@pytest.mark.parametrize(
    "text",
    [
        "Sent from my desk, which is easier than a phone.",
        "Please call:\nTel: +49 30 1234567\nMobile: +49 170 1234567",
        "I cc'd the mailing list in case somebody knows an easier way.",
        "This message is confidential",
        "Thanks,\nCleo\n\nThe poster lies here:\nhttps://borealis.example/poster",
        "Use it like this:\n\n--poster --size=a3\n\nand tell me.",
        "A list:\n\n> one point that I make\n",
        "| a | b |\n| 1 | 2 |",
        "Date: Wednesday 3, October 2024\nTime: 7:00\nAddress: 130 Fox St\n\nPlease bring your ID.",
        ">>> >>> our new poster <<<\nCome and see it.",
    ],
)
def test_words_that_only_look_like_something_else_stay(text):
    assert visible(text) == text.strip()


def test_answers_stay_where_a_link_or_a_line_broke_within_the_quote():
    text = (
        "Ada wrote:\n> See https://studio.example/a?b=1\n&c=2)\n"
        "> and then tell us what you and all the others think of all of this, and\n"
        "soon\n> please.\n\nIt is fine.\n"
    )
    assert visible(text) == "It is fine."


def test_a_short_answer_between_two_quotes_is_no_broken_line():
    assert visible("Ada wrote:\n> Is it ready?\nyes\n> And the flyer?\nno\n> Good.\n") == "yes\n\nno"


def test_an_answer_below_a_signature_and_a_quote_stays():
    assert visible("Hi.\n\n-- \nCleo\n\n> Is it ready?\n> And red?\n\nYes, and red.\n") == "Hi.\n\nYes, and red."


@pytest.mark.parametrize(
    "line",
    [
        "On 1 wrote " + "On 1 wrote " * 80 + ":\n> x",
        "2024-01-01 <" + "a@" * 300,
        "From: " + "a" * 900,
        "This message is " + "confidential " * 60 + "\n",
        "> a\nb",
        "-- ",
        "Kind regards\nCleo\nTel: 1",
    ],
)
def test_a_text_made_to_wear_out_its_reader_is_read_in_the_time_of_another(line):
    size = 1_000_000
    began = time.process_time()
    visible((line + "\n") * (size // len(line)))
    assert time.process_time() - began < 10
