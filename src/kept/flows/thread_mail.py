"""Finding the conversation of each letter: by what it names as before it, then by subject and people."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from kept.ledgers.conversations.models import Conversation, Message, Reference
from kept.measures.text import subjects
from kept.measures.text.letter import Letter

# a reply without a reference joins a conversation of the same subject and people if that moved within so many days
SUBJECT_REACH = timedelta(days=30)


@dataclass
class Threads:
    """Which letters belong together, and to which conversations that stand already."""

    parent: dict[str, str] = field(default_factory=dict)  # union-find over message ids
    standing: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # root -> conversations

    def root(self, name: str) -> str:
        """The name that stands for all that belong with `name`."""
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Say that two names belong together."""
        one, other = self.root(one), self.root(other)
        if one != other:
            self.parent[other] = one
            self.standing[one] |= self.standing.pop(other, set())


def gather(named: Sequence[tuple[str, Letter]]) -> list[list[int]]:
    """For each of the (message id, letter) pairs its conversation, as a group.

    Answers groups of positions in `named`; see `place` for turning them into conversations.
    """
    threads = Threads()
    for name, letter in named:
        for before in letter.references:
            threads.join(name, short(before))
    groups: dict[str, list[int]] = defaultdict(list)
    for position, (name, _) in enumerate(named):
        groups[threads.root(name)].append(position)
    return list(groups.values())


def standing(named: Sequence[tuple[str, Letter]], groups: list[list[int]]) -> list[set[int]]:
    """For each group the conversations that stand already and that its letters belong to; several must be merged."""
    names = {name for name, _ in named} | {short(before) for _, letter in named for before in letter.references}
    home: dict[str, set[int]] = defaultdict(set)
    for message_id, conversation in Message.objects.filter(message_id__in=names).values_list(
        "message_id", "conversation_id"
    ):
        home[message_id].add(conversation)
    for before, conversation in Reference.objects.filter(names__in=names).values_list(
        "names", "message__conversation_id"
    ):
        home[before].add(conversation)
    found = []
    for group in groups:
        own = {named[position][0] for position in group}
        own |= {short(before) for position in group for before in named[position][1].references}
        found.append(set().union(*(home.get(name, set()) for name in own)))
    return found


def by_subject(letter: Letter) -> int | None:
    """The conversation a reply without references most likely belongs to: same subject and people, not long ago."""
    key = subjects.key(letter.subject)
    if not key or not subjects.is_reply(letter.subject):
        return None
    people = {letter.sender.email} | {person.email for person in (*letter.to, *letter.cc)}
    near = Conversation.objects.filter(
        subject_key=key, last_at__gte=letter.at - SUBJECT_REACH, started_at__lte=letter.at
    ).order_by("-last_at")[:5]
    for conversation in near:
        for sender, to, cc in conversation.messages.values_list("sender_email", "to", "cc"):
            theirs = {sender} | {email for _, email in (*to, *cc)}
            if sender in people and len(people & theirs) > 1:
                return conversation.pk
    return None


def short(message_id: str) -> str:
    """A message id as the ledger keeps it; very long ones are cut."""
    return message_id[:250]
