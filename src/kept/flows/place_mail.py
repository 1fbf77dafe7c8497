"""Putting letters into conversations: begun, joined or merged, and never across a confidentiality wall."""

from collections.abc import Sequence

from kept.flows import thread_mail
from kept.flows.address_book import AddressBook, Known
from kept.flows.thread_mail import Threads
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations import pausing
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.letters.models import Letter as Written
from kept.measures.text.letter import Letter

Named = Sequence[tuple[str, Letter]]  # each letter with the id it is kept under


def place(named: Named, senders: Sequence[Known], book: AddressBook) -> tuple[list[int], int]:
    """The conversation of each letter, made or merged where needed, and how many are new.

    What a thread says to be one is cut where a wall stands: mail with a client behind a wall never shares a
    conversation with mail that is not.
    """
    walls = dict(Client.objects.exclude(wall=None).values_list("pk", "wall_id"))
    threads = Threads(named)
    ours = _ours_told_of(named)
    homes = []
    for (name, letter), known in zip(named, senders, strict=True):
        client = _client_of(letter, known, book, walls)
        names = thread_mail.names_of(name, letter) | ({thread_mail.told_by(letter)} & ours)
        home = _home(letter, names, client, threads, walls) or threads.begin(letter, client=client)
        if home.client_id is None and client is not None:
            home.client_id = client
            home.save(update_fields=["client"])
        threads.put(letter, names, home)
        homes.append(home.pk)
        answer = threads.answer_to(letter, home)
        if answer and _same_side(home.client_id, answer.client_id, walls):
            merge([home, answer], threads)
        if known.ours:
            ours.add(name)
    return [threads.now(home) for home in homes], threads.begun


def _ours_told_of(named: Named) -> set[str]:
    """The letters of ours that delivery reports among these speak of, so that a report follows its letter."""
    told = {thread_mail.told_by(letter) for _, letter in named} - {""}
    rows = Message.objects.filter(direction=Direction.OUT, message_id__in=told) if told else Message.objects.none()
    return set(rows.values_list("message_id", flat=True))


def _home(
    letter: Letter, names: set[str], client: int | None, threads: Threads, walls: dict[int, int]
) -> Conversation | None:
    """The conversation that stands already, of those found by reference or, failing that, by subject and people."""
    found = threads.named_by(names)
    if not found and (near := threads.by_subject(letter, client=client)):
        found = [near]
    same_side = [one for one in found if _same_side(client, one.client_id, walls)]
    # a stranger's letter that names several goes behind the wall; a client's to their own before others'
    same_side.sort(key=lambda one: one.client_id not in (walls if client is None else {None, client}))
    return merge(same_side, threads) if same_side else None


def _same_side(one: int | None, other: int | None, walls: dict[int, int]) -> bool:
    """Whether no wall stands between two clients; of no client is on every side."""
    return one is None or other is None or walls.get(one) == walls.get(other)


def merge(standing: Sequence[Conversation], threads: Threads) -> Conversation:
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
        threads.follow(other, home)
        home.client_id = home.client_id or other.client_id
        home.save(update_fields=["client", "started_at", "last_at"])
        # drafts and letters under way too: without a conversation no wall would stand before them
        Written.objects.filter(conversation=other).update(conversation=home, client=home.client_id)
        other.delete()
    return home


def _same_client(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


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
