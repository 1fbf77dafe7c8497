"""Acts on mailboxes: Bo settles a mailbox of Bo's own."""

from typing import Any

from kept.ledgers.mailboxes import verbs as mailboxes
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.mailboxes.verbs import Account
from tests.cast import NOW, Studio
from tests.ledgers.act import Act

SECRET = "a very quiet password"


def account(s: Studio, **other: Any) -> Account:
    usual = {
        "address": "Bo@Larkfield.example", "host": "imap.larkfield.example", "username": "bo", "secret": SECRET,
        "member": s.bo, "quiet_before": NOW,
    }  # fmt: skip
    return Account(**(usual | other))


def standing(s: Studio) -> Mailbox:
    return mailboxes.add(account(s), by=s.bo, at=NOW)


MAILBOXES = [
    Act(
        "mailboxes.pause",
        lambda s, box, w: mailboxes.pause(box, **w),
        lambda s, box, _, w: mailboxes.resume(box, **w),
        "mailboxes.resume",
        given=standing,
    ),
    Act(
        "mailboxes.remove",
        lambda s, box, w: mailboxes.remove(box, **w),
        lambda s, box, _, w: mailboxes.bring_back(box, **w),
        "mailboxes.bring_back",
        given=standing,
    ),
    Act(
        "mailboxes.choose_folders",
        lambda s, box, w: mailboxes.choose_folders(box, folders=["Clients", "Clients", "INBOX"], **w),
        lambda s, box, _, w: mailboxes.choose_folders(box, folders=[], **w),
        "mailboxes.choose_folders",
        given=standing,
    ),
]
BEGINNINGS = [
    Act("mailboxes.give_secret", lambda s, box, w: mailboxes.give_secret(box, secret="another", **w), given=standing),
]
