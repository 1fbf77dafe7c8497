"""Finding the conversation of each letter: by what it names as before it, then by subject and people."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from kept.ledgers.conversations.models import Conversation, Message, Reference
from kept.measures.text import subjects
from kept.measures.text.letter import Letter

# A reply without a reference joins a conversation of the same subject and people if that moved within so many days;
# on a list that its members' programs keep in order, replies come within 60 days.
SUBJECT_REACH = timedelta(days=60)
MOST_LOOKED_AT = 50  # letters of one subject, the latest first


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


def gather(named: Sequence[tuple[str, Letter]], clients: Sequence[int | None]) -> list[list[int]]:
    """For each of the (message id, letter) pairs its conversation, as a group; `clients` are those of the letters.

    Answers groups of positions in `named`; see `place` for turning them into conversations.
    """
    threads = Threads()
    for name, letter in named:
        for before in letter.references:
            threads.join(name, short(before))
    for reply, earlier in _answers_by_subject(named, clients):
        threads.join(named[earlier][0], named[reply][0])
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


def _answers_by_subject(
    named: Sequence[tuple[str, Letter]], clients: Sequence[int | None]
) -> Iterator[tuple[int, int]]:
    """Positions of replies that name nothing before them, each with the letter of the same chunk it answers."""
    earlier: dict[str, list[int]] = defaultdict(list)
    for position in sorted(range(len(named)), key=lambda position: named[position][1].at):
        letter = named[position][1]
        key = subjects.key(letter.subject)
        if not key:
            continue
        if not letter.references and subjects.is_reply(letter.subject):
            reply = _Reply(_people(letter), letter.sender.email, clients[position])
            for other in reversed(earlier[key][-MOST_LOOKED_AT:]):
                before = named[other][1]
                is_near = before.at >= letter.at - SUBJECT_REACH
                if is_near and reply.follows(before.sender.email, _people(before), clients[other]):
                    yield position, other
                    break
        earlier[key].append(position)


def by_subject(letter: Letter, *, client: int | None) -> int | None:
    """The conversation a reply most likely belongs to that names nothing we know: same subject and people, not old."""
    key = subjects.key(letter.subject)
    if not key or not subjects.is_reply(letter.subject):
        return None
    reply = _Reply(_people(letter), letter.sender.email, client)
    near = Conversation.objects.filter(
        subject_key=key, last_at__gte=letter.at - SUBJECT_REACH, started_at__lte=letter.at
    ).order_by("-last_at")[:5]
    for conversation in near:
        said = conversation.messages.order_by("-at").values_list("sender_email", "to", "cc")[:MOST_LOOKED_AT]
        for sender, to, cc in said:
            theirs = {sender} | {email for _, email in (*to, *cc)}
            if reply.follows(sender, theirs, conversation.client_id):
                return conversation.pk
    return None


@dataclass(frozen=True)
class _Reply:
    """Who wrote and received a reply, and of which client it is."""

    people: set[str]
    sender: str
    client: int | None

    def follows(self, sender: str, people: set[str], client: int | None) -> bool:
        """Whether it may answer a letter of these people and that client.

        It goes to whoever wrote that letter, and to one more of them. Nobody comes into a client's conversation by a
        subject alone who was not in it.
        """
        if sender not in self.people or len(self.people & people) < 2:
            return False
        return client is None or client == self.client or (self.client is None and self.sender in people)


def _people(letter: Letter) -> set[str]:
    return {letter.sender.email} | {person.email for person in (*letter.to, *letter.cc)}


def short(message_id: str) -> str:
    """A message id as the ledger keeps it; very long ones are cut."""
    return message_id[:250]
