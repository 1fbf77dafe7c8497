"""Putting letters into conversations: begun, joined or merged, and never across a confidentiality wall."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kept.flows import thread_mail
from kept.flows.address_book import AddressBook, Known
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations import pausing
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.letters.models import Letter as Written
from kept.measures.text import subjects
from kept.measures.text.letter import Letter

Named = Sequence[tuple[str, Letter]]  # each letter with the id it is kept under
Group = list[int]  # positions in it that belong together


def place(named: Named, senders: Sequence[Known], book: AddressBook) -> tuple[list[int], int]:
    """The conversation of each letter, made or merged where needed, and how many are new.

    What a thread says to be one is cut where a wall stands: mail with a client behind a wall never shares a
    conversation with mail that is not.
    """
    homes = [0] * len(named)
    begun = 0
    walls = dict(Client.objects.exclude(wall=None).values_list("pk", "wall_id"))
    named = _with_what_reports_name(named)
    clients = [_client_of(letter, known, book, walls) for (_, letter), known in zip(named, senders, strict=True)]
    groups = [part for group in thread_mail.gather(named, clients) for part in _cut(group, clients, walls)]
    moved: dict[int, int] = {}
    for group, found in zip(groups, thread_mail.standing(named, groups), strict=True):
        found = {moved.get(one, one) for one in found}
        home = _home(group, found, named, clients, walls)
        if home is None:
            home = _begin(named[_first(group, named)][1])
            begun += 1
        elif len(found) > 1:
            moved = _follow(moved, found, home.pk)
        if home.client_id is None:
            home.client_id = next((clients[p] for p in _in_time(group, named) if clients[p]), None)
            home.save(update_fields=["client"])
        for position in group:
            homes[position] = home.pk
    return homes, begun


def _with_what_reports_name(named: Named) -> Named:
    """Delivery reports as answers to the letter of ours that they speak of: most name it in their words alone."""
    asked = {thread_mail.short(letter.report.original_id) for _, letter in named if letter.report}
    rows = Message.objects.filter(direction=Direction.OUT, message_id__in=asked - {""}) if asked - {""} else None
    ours = set(rows.values_list("message_id", flat=True)) if rows is not None else set()
    return [(name, _after(letter, ours)) for name, letter in named] if ours else named


def _after(letter: Letter, ours: set[str]) -> Letter:
    told = thread_mail.short(letter.report.original_id) if letter.report else ""
    return replace(letter, references=(*letter.references, told)) if told in ours else letter


def _cut(group: Group, clients: Sequence[int | None], walls: dict[int, int]) -> list[Group]:
    """The group by the wall its letters stand behind; letters of no client go with the rest of their thread."""
    sides: dict[int | None, Group] = defaultdict(list)
    loose: Group = []
    for position in group:
        client = clients[position]
        (loose if client is None else sides[walls.get(client)]).append(position)
    if not sides:
        return [loose]
    # where a thread has two sides, nobody can say to whom the unowned letters belong: they stay behind the wall
    home = max(sides, key=lambda wall: (wall is not None, wall or 0))
    sides[home] += loose
    return list(sides.values())


def _home(
    group: Group, found: set[int], named: Named, clients: Sequence[int | None], walls: dict[int, int]
) -> Conversation | None:
    """The conversation that stands already, of those found by reference or, failing that, by subject and people."""
    if not found:
        first = _first(group, named)
        near = thread_mail.by_subject(named[first][1], client=clients[first])
        found = {near} if near else set()
    client = next((clients[position] for position in group if clients[position]), None)
    standing = Conversation.objects.filter(pk__in=found).order_by("started_at", "pk")
    same_side = [one for one in standing if _same_side(client, one.client_id, walls)]
    # a stranger's letter that names several goes behind the wall; a client's to their own before others'
    same_side.sort(key=lambda one: one.client_id not in (walls if client is None else {None, client}))
    return merge(same_side) if same_side else None


def _follow(moved: dict[int, int], found: set[int], home: int) -> dict[int, int]:
    """Where merged conversations went: a later group of the same chunk may have found one that is gone by now."""
    gone = found - set(Conversation.objects.filter(pk__in=found).values_list("pk", flat=True))
    return {was: home if now in gone else now for was, now in moved.items()} | dict.fromkeys(gone, home)


def _same_side(one: int | None, other: int | None, walls: dict[int, int]) -> bool:
    """Whether no wall stands between two clients; of no client is on every side."""
    return one is None or other is None or walls.get(one) == walls.get(other)


def merge(standing: Sequence[Conversation]) -> Conversation:
    """The first of these conversations, with all that belongs to the others moved into it.

    Those of another client stay as they are: who knows ids of two clients' mail must not make them one.
    """
    home, *others = standing
    for other in others:
        if not _same_client(home.client_id, other.client_id):
            continue
        other.messages.update(conversation=home)
        other.assignments.update(conversation=home)
        pausing.move(other, to=home)
        if home.client_id is None and other.client_id is not None:
            home.client_id = other.client_id
            home.save(update_fields=["client"])
        # drafts and letters under way too: without a conversation no wall would stand before them
        Written.objects.filter(conversation=other).update(conversation=home, client=home.client_id)
        other.delete()
    return home


def _same_client(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def _begin(letter: Letter) -> Conversation:
    return Conversation.objects.create(
        subject=letter.subject[:500], subject_key=subjects.key(letter.subject), started_at=letter.at, last_at=letter.at
    )


def _in_time(group: Group, named: Named) -> Group:
    return sorted(group, key=lambda position: named[position][1].at)


def _first(group: Group, named: Named) -> int:
    return _in_time(group, named)[0]


def _client_of(letter: Letter, known: Known, book: AddressBook, walls: dict[int, int]) -> int | None:
    """The client a letter tells: a delivery report by whom it was for, else by who wrote it, of ours by its receivers.

    A stranger's letter is of the client behind a wall to whom it went too: nobody else is to read their names in it.
    """
    if letter.report and (client := book.look_up(letter.report.recipient).client):
        return client
    if known.client:
        return known.client
    named = [client for person in (*letter.to, *letter.cc) if (client := book.look_up(person.email).client)]
    return next((client for client in named if known.ours or client in walls), None)
