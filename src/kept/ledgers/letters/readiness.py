"""Whether a letter can go as it is, and whether somebody wrote in its conversation since its writer read it."""

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.letters import opening, recipients
from kept.ledgers.letters.faults import NotReady, NotYours, Overtaken
from kept.ledgers.letters.models import Form, Letter
from kept.ledgers.letters.skeletons import blanks
from kept.ledgers.team.models import Member


def check_writer(letter: Letter, *, by: Member) -> None:
    """Raises NotYours when the letter is not theirs to send, or a wall stands between them and its conversation."""
    if letter.by_id != by.pk:
        raise NotYours("This draft is somebody else's. It was left as it is.")
    may_see(by, conversation=letter.conversation_id, client=letter.client_id)


def may_see(by: Member, *, conversation: int | None, client: int | None) -> None:
    """Raises NotYours when the member may not know of this conversation or client (their numbers)."""
    talks, clients = Conversation.objects.seen_by(by), Client.objects.seen_by(by)
    if conversation is not None and not talks.filter(pk=conversation).exists():
        raise NotYours("You cannot write in this conversation. Nothing was sent.")
    if client is not None and not clients.filter(pk=client).exists():
        raise NotYours("You cannot write to this client. Nothing was sent.")


def check_ready(letter: Letter) -> None:
    """Raises NotReady with everything that is missing, in the order in which it is read."""
    faults = [*_faults_of_people(letter), *_faults_of_words(letter)]
    if letter.mailbox_id is not None and letter.mailbox_id not in {row.pk for row in opening.usable(letter.by)}:
        faults.append("This mailbox is not yours to write by, or was removed. Choose another.")
    if faults:
        raise NotReady(faults)


def _faults_of_people(letter: Letter) -> list[str]:
    people = [*letter.to, *letter.cc, *letter.bcc]
    if not people:
        return ["Nobody is named to get this letter. Add an address."]
    odd = [email for _, email in people if not recipients.is_readable(email)]
    faults = [f"“{email[:80]}” can’t be read as an address. Mend it or take it out." for email in odd[:5]]
    if len(people) > recipients.MOST:
        faults.append(
            f"This letter names {len(people)} people, and at most {recipients.MOST} can get one. Send it in several."
        )
    return faults


def _faults_of_words(letter: Letter) -> list[str]:
    faults = []
    if not letter.words.strip() and not (letter.form == Form.FORWARD and letter.with_quote):
        faults.append("Nothing is written yet. Write a line or two.")
    unfilled = blanks(f"{letter.subject}\n{letter.words}")
    if unfilled:
        faults.append(
            f"{', '.join(unfilled[:5])} still to be filled in. "
            "If the square brackets are meant to be there, use round ones."
        )
    return faults


def check_overtaken(letter: Letter) -> None:
    """Raises Overtaken by what one of us, or they, wrote in the conversation since the writer read it."""
    if letter.conversation_id is None or letter.form == Form.FORWARD:
        return
    on_its_way = (
        Letter.objects.under_way()
        .filter(conversation=letter.conversation_id)
        .exclude(pk=letter.pk)
        .exclude(by=letter.by_id)
        .exclude(form=Form.FORWARD)
        .select_related("by")
        .first()
    )
    if on_its_way is not None:
        raise Overtaken(on_its_way.by.name, on_its_way)
    message = _came_since(letter)
    if message is not None:
        raise Overtaken(_who(message), message)


def _came_since(letter: Letter) -> Message | None:
    """What a person wrote and Kept got to know later than what the writer had read; ours first, as it weighs more."""
    news = Message.objects.filter(conversation=letter.conversation_id, automatic="", quiet=False)
    # by the order in which they came in: mail is fetched late, and then its date is older than what was read
    if letter.read_up_to_id is not None:
        news = news.filter(pk__gt=letter.read_up_to_id)
    else:
        news = news.filter(at__gt=letter.made_at)
    return news.exclude(member=letter.by_id).select_related("contact", "member").order_by("-direction", "-pk").first()


def _who(message: Message) -> str:
    known = message.member or message.contact
    return known.name if known else message.sender_name or message.sender_email or "Somebody"
