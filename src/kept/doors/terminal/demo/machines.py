"""Letters that no person wrote: people who are away, addresses that are gone, newsletters, reports."""

from collections.abc import Iterator
from datetime import timedelta

from kept.doors.terminal.demo.said import Said, Talk
from kept.doors.terminal.demo.sheets import Person
from kept.doors.terminal.demo.stage import Stage, dice
from kept.doors.terminal.demo.wording import Pen, words

NEWS_EVERY, REPORT_EVERY, LOST_EVERY = 6, 14, 61  # days
SOON_ANSWERED = timedelta(hours=5)  # a letter answered sooner reached somebody who was there
GONE = (
    ("borealis", "sam"),
    ("tolland", "office"),
    ("marrowby", "lucia.f"),
    ("tidewell", "treasurer"),
    ("pellam", "info"),
)
SUBJECT_OF_LOST = "The papers you asked for"


def away(talk: Talk, person: Person, pen: Pen) -> Talk:
    """Let their machine answer, to the first letter of ours that waited for a while, that they are away."""
    for place, said in enumerate(talk.said[:-1]):
        if said.ours and talk.said[place + 1].at - said.at > SOON_ANSWERED:
            at = said.at + timedelta(seconds=20 + pen.rng.randrange(60))
            text = pen.choose(words("machines")["away"])
            machine = Said(at, False, person.key, text, automatic="out-of-office", why="says that its sender is away")
            talk.said.insert(place + 1, machine)
            break
    return talk


def machines(stage: Stage) -> Iterator[Talk]:
    """A year of newsletters and reports, and a few letters that came back."""
    yield from _news(stage)
    yield from _reports(stage)
    yield from _lost(stage)


def _news(stage: Stage) -> Iterator[Talk]:
    rng = dice("newsletters")
    for days in range(NEWS_EVERY, 370, NEWS_EVERY):
        news = rng.choice(words("machines")["newsletters"])
        at = stage.ago(days) - timedelta(hours=rng.randrange(5))
        why = "offers a way to unsubscribe"
        said = Said(at, False, news["name"], news["text"], news["address"], automatic="newsletter", why=why)
        yield Talk("", news["subject"], [said])


def _reports(stage: Stage) -> Iterator[Talk]:
    for days in range(3, 370, REPORT_EVERY):
        at, text = stage.ago(days) - timedelta(hours=6), words("machines")["backup"]
        why = "a report of a program"
        said = Said(at, False, "Backups", text, "backups@cloudbarn.example", automatic="report", why=why)
        yield Talk("", "Backups: 14 of 14", [said])


def _lost(stage: Stage) -> Iterator[Talk]:
    """Letters to people who have gone, and what their post said."""
    for number, (client, mailbox) in enumerate(GONE):
        sent = stage.ago(20 + LOST_EVERY * number)
        address, post = f"{mailbox}@{client}.example", f"postmaster@{client}.example"
        letter = Said(sent, True, "fin", words("machines")["lost"], address)
        text, why = words("machines")["bounced"].format(address=address), "says that a message could not be delivered"
        back = Said(sent + timedelta(seconds=9), False, "Mail delivery", text, post, automatic="bounce", why=why)
        yield Talk(client, SUBJECT_OF_LOST, [letter, back])
