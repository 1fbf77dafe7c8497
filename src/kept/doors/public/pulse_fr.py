"""How it felt, asked in French."""

from kept.doors.public.pulse_tongue import Ask, Faults, Scale, Told, Tongue

# a space that never breaks stands before "?" and ":"
FRENCH = Tongue(
    lang="fr",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    day="{weekday} {day} {month}",
    ask=Ask(
        title="Comment le vivez-vous\u00a0?",
        since="{name}, comment avez-vous vécu le travail avec nous depuis {month}\u00a0?",
        lately="{name}, comment vivez-vous le travail avec nous\u00a0?",
        moment="{name}, comment l’avez-vous vécu\u00a0?",
        about="Il s’agit de ceci\u00a0: {about}",
        note="Quatre ressentis, puis le travail à part. Moins d’une minute. Ce que vous laissez vide ne compte pas. "
        "Seules des personnes de {firm} le lisent.",
        scales={
            "secure": Scale("Vous faites ce que vous dites.", "pas du tout", "toujours"),
            "cherished": Scale("Je compte pour vous.", "pas du tout", "beaucoup"),
            "delighted": Scale("Je me réjouis de vous avoir choisis.", "pas du tout", "vraiment"),
            "dazzled": Scale("Vous m’avez donné plus que je n’espérais.", "jamais", "souvent"),
            "mark": Scale("Que vaut le travail lui-même\u00a0?", "mauvais", "le meilleur"),
        },
        apart="Et indépendamment du ressenti",
        leave_open="laisser vide",
        question="Que devrions-nous savoir\u00a0?",
        hint="Une phrase suffit",
        send="Envoyer mes réponses",
        rather_called="Plutôt un appel",
            tapped="Vous avez choisi {mark}. Cela compte dès que vous l’envoyez.",
        send_tapped="Envoyer",
        more="Ou dites-en un peu plus",
        seldom="Nous demandons rarement, quatre fois par an tout au plus.",
        no_more="Ne plus me le demander",
        ask_again="Vous pouvez me le redemander",
        skip="Aller aux questions",
    ),
    told=Told(
        thanks="Merci, {name}.",
        read="Une personne de {firm} en lit chaque mot\u00a0; aucune machine ne l’évalue.",
        low="Ce n’était pas à la hauteur. Quelqu’un qui peut y changer quelque chose le lit en premier "
        "et vous parlera.",
        called="Quelqu’un de {firm} vous appellera.",
        said="Ce que vous avez dit",
        open="laissé vide",
        until="Vous pouvez le modifier jusqu’au {day}.",
        change="J’ai changé d’avis",
        again="{name}, voici ce que vous avez dit.",
        again_note="Modifiez ce que vous voulez jusqu’au {day}\u00a0; le plus récent compte.",
        send_again="Envoyer ainsi",
        spared="Nous ne vous le demanderons plus. Si vous voulez un jour nous dire quelque chose, "
        "nous en serons heureux.",
        closed="Cette question est close.",
        closed_why="On pouvait y répondre un certain temps, et ce temps est passé. "
        "Ce que vous avez à dire est toujours bienvenu.",
        unknown="Il n’y a rien à répondre ici.",
        unknown_why="L’adresse a peut-être été coupée en chemin\u00a0; ouvrez encore une fois le lien de la lettre.",
        help="Comment pouvons-nous vous aider\u00a0?",
        foot="Vous pouvez fermer cette page.",
    ),
    faults=Faults(
        nothing="Rien n’a encore été envoyé\u00a0: choisissez une note sur l’une des lignes, ou écrivez quelques mots.",
        mark="L’une des notes n’était pas comprise entre 0 et 10. Rien n’a été envoyé\u00a0; choisissez-la de nouveau.",
        long="Cela fait plus de 2\u202f000 caractères. Rien n’a été envoyé\u00a0; gardez l’essentiel, "
        "nous vous demanderons le reste.",
        busy="C’était beaucoup depuis un même endroit. Ce que vous avez dit est encore ici\u00a0; "
        "envoyez-le de nouveau dans dix minutes.",
        large="C’était trop à la fois. Rien n’a été envoyé\u00a0; gardez l’essentiel et envoyez-le de nouveau.",
    ),
)  # fmt: skip
