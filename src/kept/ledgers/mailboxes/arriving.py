"""What comes in by a mailbox: kept as it came, together with how far its folder was read. Facts of the connection."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kept.ledgers.mailboxes.models import Arrival, Folder, Mailbox


class Overtaken(Exception):
    """Somebody else has read this folder meanwhile; nothing was kept twice."""


def place_of(mailbox: Mailbox, name: str, *, uidvalidity: int) -> Folder:
    """How far the folder was read; from its start when its numbers count anew."""
    folder, _ = Folder.objects.get_or_create(mailbox=mailbox, name=name, defaults={"uidvalidity": uidvalidity})
    if folder.uidvalidity != uidvalidity:
        Folder.objects.filter(pk=folder.pk, uidvalidity=folder.uidvalidity).update(uidvalidity=uidvalidity, last_uid=0)
        folder.refresh_from_db()
    folder.mailbox = mailbox
    return folder


@transaction.atomic
def take_in(folder: Folder, arrivals: Sequence[Arrival], *, up_to: int) -> None:
    """Keep what came, and that the folder was read up to that number: both or neither. Raises Overtaken."""
    mine = Folder.objects.filter(pk=folder.pk, uidvalidity=folder.uidvalidity, last_uid=folder.last_uid)
    if not mine.update(last_uid=up_to):
        raise Overtaken
    Arrival.objects.bulk_create(arrivals, ignore_conflicts=True)
    folder.last_uid = up_to


def looked(mailbox: Mailbox, *, at: datetime, trouble: str = "") -> None:
    """Note that somebody looked, and what kept them from reading; '' when all went well."""
    same = Mailbox.objects.filter(pk=mailbox.pk)
    if not trouble:
        same.update(looked_at=at, trouble="", trouble_since=None)
        return
    same.filter(trouble_since=None).update(trouble_since=at)
    same.update(trouble=trouble[:500])
