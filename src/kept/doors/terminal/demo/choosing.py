"""What clients did of their own free will in the demo's year, and what ties them, as people judged it."""

from typing import NamedTuple

from kept.doors.terminal.demo.stage import Stage
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import LockKind, SignKind
from kept.ledgers.clients.models import Tie, TieKind
from kept.ledgers.engagements.models import Engagement


class Did(NamedTuple):
    """So many days ago somebody there did something, and one of us wrote it down."""

    client: str
    who: str
    ago: int
    what: SignKind
    words: str
    by: str
    sent: tuple[str, str] | None = None  # whom: whose tie shows it


class Ties(NamedTuple):
    """So many days ago one of us judged what ties a client; without a lock: nothing does."""

    client: str
    ago: int
    lock: LockKind | None
    words: str
    by: str


DID = (
    Did("pellam", "Hana", 290, SignKind.SENT_OTHERS, "Told the lace museum to ask us; they had no money.", "ada"),
    Did("pellam", "Hana", 30, SignKind.SENT_OTHERS, "Sent Asha from Little Otter.", "ada", ("littleotter", "Asha")),
    Did("pellam", "Hana", 120, SignKind.INVITED, "We sat in when they planned the new wing.", "ada"),
    Did("borealis", "Cleo", 210, SignKind.PRAISED, "“You are the only letters I read twice.”", "bo"),
    Did("borealis", "Cleo", 96, SignKind.INVITED, "Asked what we thought of opening in winter.", "bo"),
    Did("borealis", "Arun", 60, SignKind.VOUCHED, "Was our reference for Inkwell.", "bo"),
    Did("borealis", "Cleo", 18, SignKind.INVITED, "The plan for spring, before her own people saw it.", "bo"),
    Did("cassini", "Oriel", 150, SignKind.RENEWED_EARLY, "Two months early, and a third sheet more.", "ines"),
    Did("cassini", "Oriel", 70, SignKind.INVITED, "Asked us along to the survey.", "ines"),
    Did("cassini", "Oriel", 30, SignKind.VOUCHED, "Gave our name at the map fair.", "ines"),
    Did("quillon", "Edmund", 200, SignKind.RENEWED_WITHOUT_CHOICE, "Signed on the last day, without a word.", "bo"),
    Did("quillon", "Harriet", 95, SignKind.IGNORED_NUDGES, "Two mails about a call in spring.", "bo"),
    Did("tolland", "Petra", 110, SignKind.SENIOR_LEFT, "Has not come to the quarter’s call since summer.", "bo"),
    Did("tolland", "Jonas", 64, SignKind.CUT_SCOPE, "No photographs this season.", "bo"),
    Did("tolland", "Jonas", 21, SignKind.ASKED_FOR_HANDOVER, "“Could you put all files in one folder for us?”", "bo"),
    Did("tolland", "Jonas", 12, SignKind.PITCHED, "A friend in Leeds was asked for a price.", "bo"),
    Did("tidewell", "Ruth", 170, SignKind.QUESTIONED_FEE, "Why a proof costs what it costs; it was right.", "ada"),
    Did("tidewell", "Sol", 85, SignKind.PITCHED, "Three prices, as the auditors want it each year.", "ada"),
    Did("tidewell", "Ruth", 33, SignKind.QUESTIONED_FEE, "The same again for the appeal.", "ada"),
    Did("almirra", "Tomás", 130, SignKind.INVITED, "Three generations, one table, and us.", "ines"),
    Did("almirra", "Graça", 75, SignKind.RENEWED_EARLY, "Two years more, at the full fee.", "ines"),
    Did("almirra", "Tomás", 28, SignKind.PRAISED, "“You know our oil better than my uncle.”", "ines"),
    Did("saltmarrow", "Delia", 140, SignKind.SENT_OTHERS, "A guest with a bakery; nothing came of it.", "bo"),
    Did("saltmarrow", "Delia", 50, SignKind.INVITED, "The new rooms, while they are still drawings.", "bo"),
    Did("brackwater", "Mina", 160, SignKind.RENEWED_EARLY, "The third surgery, without asking for less.", "bo"),
    Did("brackwater", "Mina", 38, SignKind.VOUCHED, "Told a colleague in York whom to ask.", "bo"),
    Did("brackwater", "Lowri", 90, SignKind.INVITED, "Their year, with all dates.", "bo"),
    Did("marrowby", "Lucía", 100, SignKind.INVITED, "The sixth size, before it has a name.", "ines"),
    Did("marrowby", "Lucía", 26, SignKind.RENEWED_EARLY, "“Why would I wait till March?”", "ines"),
    Did("fennimore", "Tom", 80, SignKind.GOT_IN_TOUCH, "A postcard: he has not forgotten us.", "ada"),
)
TIES = (
    Ties("quillon", 61, LockKind.OUR_DATA, "Their papers run on a thing only we know.", "bo"),
    Ties("quillon", 61, LockKind.MIGRATION, "Moving forty years of papers: a quarter’s fees, says Moss.", "bo"),
    Ties("almirra", 74, LockKind.CONTRACT, "Two years, signed in September’s sun.", "ines"),
    Ties("almirra", 74, LockKind.SPECIALIST, "They speak with Inês, and with nobody else.", "ines"),
    Ties("cassini", 29, LockKind.SPECIALIST, "Oriel wants Teo’s hand in every sheet.", "ines"),
    Ties("saltmarrow", 49, LockKind.SPECIALIST, "Delia asks for Wren by name.", "bo"),
    Ties("marrowby", 25, LockKind.CONTRACT, "Until the end of next year.", "ines"),
    Ties("tidewell", 84, None, "A month’s notice, and all files are theirs.", "ada"),
    Ties("tolland", 20, None, "He asked for the files, and has them.", "bo"),
    Ties("borealis", 17, None, "They could go tomorrow, and know it.", "bo"),
    Ties("pellam", 43, None, "", "ada"),
    Ties("brackwater", 37, LockKind.MIGRATION, "Three booking pages, one for each surgery.", "bo"),
)
NOTICE = (("quillon", "Site and papers", 180), ("borealis", "Shop and magazine", 30))


def choose(stage: Stage) -> None:
    """Write down what they did and what ties them, in the order in which it was seen, and what their contracts say."""
    for key, job, days in NOTICE:
        Engagement.objects.filter(pk=stage.engagements[key, job].pk).update(notice_days=days)
    told: list[Did | Ties] = sorted([*DID, *TIES], key=lambda each: -each.ago)
    for each in told:
        client, by, at = stage.clients[each.client], stage.members[each.by], stage.ago(each.ago)
        if isinstance(each, Did):
            contact = stage.contacts[each.client, each.who]
            source = _tie(stage, each.sent) if each.sent else choices.NO_SOURCE
            choices.note(
                client, kind=each.what, contact=contact, seen_at=at, words=each.words, by=by, at=at, source=source
            )  # fmt: skip
        elif each.lock is None:
            choices.find_free(client, words=each.words, by=by, at=at, since=at.date())
        else:
            choices.tie(client, lock=each.lock, words=each.words, by=by, at=at, since=at.date())


def _tie(stage: Stage, whom: tuple[str, str]) -> tuple[str, int]:
    """The row that says who sent them."""
    row = Tie.objects.get(of=stage.contacts[whom], kind=TieKind.REFERRED_BY)
    return Tie._meta.label, row.pk
