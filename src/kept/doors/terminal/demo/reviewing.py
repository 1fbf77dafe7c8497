"""The last quarter told to clients: one review that was sent, and one that its lead has begun to write."""

from datetime import datetime, time, timedelta

from kept.doors.terminal.demo.stage import HOME, Stage, dice
from kept.flows.share_review import told
from kept.ledgers.pulses.models import Answer
from kept.ledgers.reviews import sharing, verbs
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.reviews.verbs import Words
from kept.readings.calendars import offices
from kept.readings.review_quarter import Quarter, quarter_before

SENT_AFTER = 12  # days after the quarter, or yesterday
JUDGED = (
    "Cleo, you said you would rather have bad news before the magazine goes to the printer than after. This quarter "
    "you had to ask us first more than once, and each time you were right to.\n\n"
    "So nobody here names you a day any more that a second person has not looked at, and Kit writes on Thursdays, "
    "good news or not. I’d rather you judge us by those Thursdays than by this page."
)
CHANGED = "You hear from us before you have to ask: each Thursday, and no day that only one of us believes in."
AHEAD = "The shop in its winter clothes, and the magazine: its pages come to you whole, not one by one."
BEGUN = "The card for guests who come the tenth time was yours before it was ours."


def review(stage: Stage) -> None:
    """Borealis was told of the quarter that is over; Saltmarrow's review is begun, and its judgement not written."""
    quarter = Quarter(quarter_before(stage.day), HOME, stage.at)
    sent = min(
        datetime.combine(quarter.last + timedelta(days=SENT_AFTER), time(16, 10), HOME), stage.ago(1, time(16, 10))
    )
    _sent(stage, quarter, sent)
    bo, begun = stage.members["bo"], stage.ago(1, time(17, 5))
    row = verbs.begin(stage.clients["saltmarrow"], quarter=quarter.first, by=bo, at=begun)
    verbs.write(row, words=Words(changes=BEGUN, with_hours=True), by=bo, at=begun + timedelta(minutes=9))


def _sent(stage: Stage, quarter: Quarter, at: datetime) -> None:
    bo, client = stage.members["bo"], stage.clients["borealis"]
    row = verbs.begin(client, quarter=quarter.first, by=bo, at=at - timedelta(hours=2))
    words = Words(judgement=JUDGED, changes=CHANGED, ahead=AHEAD, picks=_quoted(stage, quarter, at))
    verbs.write(row, words=words, by=bo, at=at - timedelta(minutes=20))
    row = Review.objects.select_related("client__lead", "lead").get(pk=row.pk)
    share, _ = sharing.share(row, content=told(row, at=at, offices=offices(), money=True), by=bo, at=at)
    # the link of the story was given to nobody, and the story is the same each time it is told
    Share.objects.filter(pk=share.pk).update(hashed=f"{dice('the link of a review').getrandbits(256):064x}")


def _quoted(stage: Stage, quarter: Quarter, at: datetime) -> list[tuple[str, int]]:
    """The last words that tell how the quarter felt to them, if there were any by then."""
    client = stage.clients["borealis"]
    said = Answer.objects.filter(client=client, at__gte=quarter.since, at__lt=min(quarter.end, at)).exclude(words="")
    return [("pulses.Answer", answer.pk) for answer in said[:1]]
