"""How it felt, asked in German."""

from kept.doors.public.pulse_tongue import Ask, Faults, Scale, Told, Tongue

GERMAN = Tongue(
    lang="de",
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    days=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    day="{weekday}, den {day}. {month}",
    ask=Ask(
        title="Wie fühlt es sich an?",
        since="{name}, wie hat sich die Arbeit mit uns seit {month} angefühlt?",
        lately="{name}, wie fühlt sich die Arbeit mit uns an?",
        moment="{name}, wie hat sich das angefühlt?",
        about="Es geht um: {about}",
        note="Vier Gefühle, dann getrennt davon die Arbeit. Keine Minute. Was Sie offen lassen, zählt nicht. "
        "Nur Menschen bei {firm} lesen es.",
        scales={
            "secure": Scale("Sie tun, was Sie sagen.", "gar nicht", "immer"),
            "cherished": Scale("Ich bin Ihnen wichtig.", "gar nicht", "sehr"),
            "delighted": Scale("Ich bin froh, dass ich Sie gewählt habe.", "gar nicht", "sehr froh"),
            "dazzled": Scale("Sie haben mir mehr gegeben, als ich erhofft hatte.", "nie", "oft"),
            "mark": Scale("Wie gut ist die Arbeit selbst?", "schlecht", "die beste"),
        },
        apart="Und unabhängig davon, wie es sich anfühlte",
        leave_open="offen lassen",
        question="Was sollten wir wissen?",
        hint="Ein Satz genügt",
        send="Antworten senden",
        rather_called="Lieber ein Anruf",
            tapped="Sie haben {mark} angetippt. Es zählt, sobald Sie es senden.",
        send_tapped="Senden",
        more="Oder sagen Sie etwas mehr",
        seldom="Wir fragen selten, höchstens viermal im Jahr.",
        no_more="Fragen Sie mich nicht mehr",
        ask_again="Sie dürfen mich wieder fragen",
        skip="Zu den Fragen",
    ),
    told=Told(
        thanks="Danke, {name}.",
        read="Ein Mensch bei {firm} liest jedes Wort; keine Maschine bewertet es.",
        low="Das war nicht gut genug. Wer es ändern kann, liest dies zuerst und wird mit Ihnen sprechen.",
        called="Jemand von {firm} ruft Sie an.",
        said="Was Sie gesagt haben",
        open="offen gelassen",
        until="Sie können es bis {day} ändern.",
        change="Ich habe es mir anders überlegt",
        again="{name}, das haben Sie gesagt.",
        again_note="Ändern Sie bis {day}, was Sie möchten; das Neueste zählt.",
        send_again="So senden",
        spared="Wir fragen Sie nicht mehr. Wenn Sie uns je etwas sagen möchten, freuen wir uns.",
        closed="Diese Frage ist geschlossen.",
        closed_why="Sie war eine Zeit lang offen, und diese Zeit ist vorbei. "
        "Was Sie zu sagen haben, ist immer willkommen.",
        unknown="Hier gibt es nichts zu beantworten.",
        unknown_why="Vielleicht wurde die Adresse unterwegs geteilt; öffnen Sie den Link im Brief noch einmal.",
        help="Wie können wir Ihnen helfen?",
        foot="Sie können diese Seite schließen.",
    ),
    faults=Faults(
        nothing="Noch wurde nichts gesendet: Wählen Sie auf einer der Linien eine Zahl, oder schreiben Sie ein paar "
        "Worte.",
        mark="Eine der Zahlen lag nicht zwischen 0 und 10. Nichts wurde gesendet; wählen Sie sie noch einmal.",
        long="Das sind mehr als 2.000 Zeichen. Nichts wurde gesendet; lassen Sie das Wichtigste stehen, "
        "nach dem Rest fragen wir.",
        busy="Das war viel auf einmal von einem Ort. Was Sie gesagt haben, steht noch hier; "
        "senden Sie es in zehn Minuten noch einmal.",
        large="Das war zu viel auf einmal. Nichts wurde gesendet; lassen Sie das Wichtigste stehen und senden Sie es "
        "noch einmal.",
    ),
)  # fmt: skip
