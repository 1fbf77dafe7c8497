"""The copy of a letter that went, put into the mailbox's folder of sent mail where the server has not done so."""

from imap_tools import MailMessageFlags
from imap_tools.query import AND, H

from kept.doors.post.imap import signed_in
from kept.doors.post.imap_folders import sent_folder
from kept.ledgers.mailboxes.models import Mailbox


def append_sent(mailbox: Mailbox, content: bytes, *, mail_id: str) -> bool:
    """Put the copy there unless it lies there already (some servers do it by themselves). Whether it was put.

    Raises imap.Trouble when the mailbox cannot be reached.
    """
    with signed_in(mailbox) as box:
        folder = sent_folder(box)
        if not folder:
            return False
        box.folder.set(folder, readonly=True)
        if box.uids(AND(header=H("Message-ID", f"<{mail_id}>"))):
            return False
        box.append(content, folder, flag_set=[MailMessageFlags.SEEN])
        return True
