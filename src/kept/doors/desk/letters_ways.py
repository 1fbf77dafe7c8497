"""Letters that were sent off, in words: waiting for their hour, on their way, not taken, perhaps gone, come back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from kept.doors.desk.inbox_words import Eye, State
from kept.doors.desk.letters_receivers import called
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.letters.models import Bounce, Letter
from kept.ledgers.letters.verbs import TO_UNDO


@dataclass(frozen=True)
class Act:
    """A verb on a letter: its word, the address it is posted to, and whether it takes something back."""

    words: str
    to: str
    undoes: bool = False


@dataclass(frozen=True)
class Way:
    """A letter between us and its receiver, as the page draws it."""

    pk: int
    who: str
    to: str
    subject: str
    cut: str
    words: str
    when: str
    title: str
    iso: str
    state: State
    says: str
    acts: list[Act]
    mine: bool
    link: str


@dataclass(frozen=True)
class Back:
    """A letter that came back, or is held up: by whom, why, and what its author can do."""

    state: State
    says: str
    acts: list[Act]


def way(letter: Letter, eye: Eye) -> Way:
    """The letter in words, with what its writer can do about it."""
    mine = letter.by.email.lower() in eye.own
    at = letter.sent_off_at or letter.changed_at
    said = words.moment(at, now=eye.now, zone=eye.zone)
    state, says, acts = _became(letter, eye)
    return Way(
        pk=letter.pk,
        who="You" if mine else calling(letter.by.name),
        to=called(letter.to),
        subject=str(letter),
        cut=" ".join(letter.words[:300].split())[:200],
        words=letter.words,
        when=words.sentence(said if "," in said else f"today, {said}"),
        title=words.full(at, eye.zone),
        iso=at.isoformat(),
        state=state,
        says=says,
        acts=acts if mine else [],
        mine=mine,
        link=place(letter),
    )


def place(letter: Letter) -> str:
    """Where the letter stands, and what became of it: among the mails of its conversation, or on a page of its own."""
    if letter.conversation_id:
        return reverse("desk:conversation", args=[letter.conversation_id]) + f"#letter-{letter.pk}"
    return reverse("desk:letter", args=[letter.pk])


def came_back(bounces: Sequence[Bounce], eye: Eye) -> list[Back]:
    """What servers said of a letter, and whether its author has said that they know."""
    return [
        Back(
            State("broken", "came back") if one.for_good else State("soon", "delayed"),
            _said(one, eye),
            _knowing(one) if one.letter.by.email.lower() in eye.own else [],
        )
        for one in bounces
    ]


def _knowing(bounce: Bounce) -> list[Act]:
    """What its author may say of it: that they have seen it, and that it arrived whatever the server says."""
    if bounce.seen_at is not None:
        return []
    seen = [Act("I have seen it", reverse("desk:bounce_seen", args=[bounce.letter_id, bounce.pk]))]
    reached = Act("They have it", reverse("desk:letter_reached", args=[bounce.letter_id]))
    return [*seen, reached] if bounce.for_good and bounce.letter.message_id else seen


def _said(bounce: Bounce, eye: Eye) -> str:
    """ "It did not reach cleo@borealis.example: no such mailbox here (5.1.1)."."""
    whom = bounce.email or "everybody it went to"
    said = f": {bounce.said.rstrip('.')}" if bounce.said else ""
    code = f" ({bounce.status})" if bounce.status else ""
    when = words.moment(bounce.at, now=eye.now, zone=eye.zone)
    if bounce.for_good:
        return f"It did not reach {whom}{said}{code}. Their server told us so ({when})."
    return f"It has not reached {whom} yet{said}{code}. Their server keeps trying."


def _became(letter: Letter, eye: Eye) -> tuple[State, str, list[Act]]:
    """What became of it: state, a sentence where one is needed, and the acts."""
    sent, now = reverse("desk:letter_sent", args=[letter.pk]), eye.now
    back = [Act("Call it back", sent, undoes=True)]
    go_at = letter.go_at or now
    if letter.accepted_at:
        return State("kept", f"sent {words.moment(letter.accepted_at, now=now, zone=eye.zone)}"), "", []
    if letter.refused_at:
        return _given_up(letter)
    if letter.is_uncertain(now):
        return _uncertain(letter)
    if letter.tries:
        return _not_taken(letter, eye)
    if letter.sent_off_at and go_at > letter.sent_off_at + TO_UNDO and go_at > now:
        said = f"goes {words.moment(go_at, now=now, zone=eye.zone)}"
        return State("open", said, words.full(go_at, eye.zone)), "", back
    if go_at > now:
        return State("open", "goes in a few seconds"), "", back
    return State("open", "on its way"), "", [] if letter.trying_since else back


def _given_up(letter: Letter) -> tuple[State, str, list[Act]]:
    says = f"It did not go. {letter.trouble}".strip()
    acts = [_act("Write it anew", "anew", letter), _act("Send it once more", "trying", letter)]
    if letter.trouble and letter.refusal_seen_at is None:
        acts.append(_act("Seen, I’ll deal with it", "refusal", letter))
    return State("broken", "not sent"), says, acts


def _uncertain(letter: Letter) -> tuple[State, str, list[Act]]:
    says = (
        "The server was given every word of it and then said nothing, so it may have arrived. "
        "Ask or look before you send it again: it is not tried again by itself."
    )
    acts = [_act("It arrived", "arrived", letter), _act("Send it once more", "again", letter)]
    return State("unknown", "perhaps sent"), says, acts


def _not_taken(letter: Letter, eye: Eye) -> tuple[State, str, list[Act]]:
    when = words.moment(letter.next_try_at, now=eye.now, zone=eye.zone) if letter.next_try_at else ""
    says = f"{letter.trouble} {f'The next try: {when}.' if when else ''}".strip()
    give_up = _act("Give it up", "trying", letter, undoes=True)
    acts = [] if letter.trying_since else [_act("Try now", "trying", letter), give_up]
    return State("soon", "not taken yet"), says, acts


def _act(said: str, noun: str, letter: Letter, *, undoes: bool = False) -> Act:
    return Act(said, reverse(f"desk:letter_{noun}", args=[letter.pk]), undoes)
