"""What people do with mailboxes: add, pause, choose folders, remove; told to the journal without any password."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from kept.kit import secrets
from kept.kit.rows import hold
from kept.kit.taken import one_only
from kept.ledgers.journal.verbs import write
from kept.ledgers.mailboxes.accounts import Account as Account
from kept.ledgers.mailboxes.accounts import as_kept, secret_of
from kept.ledgers.mailboxes.accounts import as_tried as as_tried
from kept.ledgers.mailboxes.accounts import unsaved as unsaved
from kept.ledgers.mailboxes.models import Kind, Mailbox
from kept.ledgers.team.models import Member

TOLD = ("address", "kind", "member_id", "host", "port", "security", "username", "auth", "folders", "token_url")
SECRETS = ("secret", "client_secret", "refresh_token")


class NotTheirs(ValueError):
    """Shared mailboxes are the owner's to settle, a personal one is its member's own."""


class AlreadyThere(ValueError):
    """There is a mailbox of that address already."""


@transaction.atomic
def add(account: Account, *, by: Member | None, at: datetime) -> Mailbox:
    """Begin to read an account; by nobody: at the terminal. Raises NotTheirs, AlreadyThere, ValueError."""
    mailbox = unsaved(account, at=at)
    if not may_settle(mailbox, by):
        raise NotTheirs("A mailbox that all may read is added by an owner; you can add your own.")
    if Mailbox.objects.filter(address__iexact=mailbox.address, removed_at=None).exists():
        raise AlreadyThere(f"{mailbox.address} is read already.")
    if mailbox.kind == Kind.PERSONAL and _is_anothers(mailbox):
        raise NotTheirs(f"{mailbox.address} is a colleague's address. Letters by it would go out in their name.")
    with one_only(AlreadyThere(f"{mailbox.address} is read already.")):
        mailbox.save()
    write("mailboxes.add", mailbox, by=by, at=at, said=mailbox.address, **_told(mailbox))
    return mailbox


def _is_anothers(mailbox: Mailbox) -> bool:
    found = Q(email__iexact=mailbox.address) | Q(addresses__email__iexact=mailbox.address)
    return any(member.pk != mailbox.member_id for member in Member.objects.filter(found))


def may_settle(mailbox: Mailbox, by: Member | None) -> bool:
    """Whether they may pause it, change it, or take it out."""
    return by is None or by.may_settle or (mailbox.kind == Kind.PERSONAL and mailbox.member_id == by.pk)


def may_open(mailbox: Mailbox, by: Member | None) -> bool:
    """Whether they may look into it, choose its folders and its password: of a personal one its member alone."""
    return may_settle(mailbox, by) and (by is None or mailbox.kind == Kind.SHARED or mailbox.member_id == by.pk)


@transaction.atomic
def pause(mailbox: Mailbox, *, by: Member | None, at: datetime) -> None:
    """Stop reading it for now. Twice is once."""
    if _turned(mailbox, by, paused_at=at):
        write("mailboxes.pause", mailbox, by=by, at=at, said=mailbox.address)


@transaction.atomic
def resume(mailbox: Mailbox, *, by: Member | None, at: datetime) -> None:
    """Read it again, from where it was left. Twice is once."""
    if _turned(mailbox, by, paused_at=None):
        write("mailboxes.resume", mailbox, by=by, at=at, said=mailbox.address)


@transaction.atomic
def remove(mailbox: Mailbox, *, by: Member | None, at: datetime) -> None:
    """Read it no longer; what it brought stays. Twice is once."""
    if _turned(mailbox, by, removed_at=at):
        write("mailboxes.remove", mailbox, by=by, at=at, said=mailbox.address, **_told(mailbox))


@transaction.atomic
def bring_back(mailbox: Mailbox, *, by: Member | None, at: datetime) -> None:
    """Undo its removal. Twice is once; AlreadyThere when its address was added anew, ValueError without a password."""
    others = Mailbox.objects.filter(address__iexact=mailbox.address, removed_at=None).exclude(pk=mailbox.pk)
    anew = AlreadyThere(f"{mailbox.address} was added anew meanwhile.")
    if others.exists():
        raise anew
    if not (mailbox.secret or mailbox.refresh_token):
        raise ValueError(f"The password of {mailbox.address} was forgotten meanwhile. Add the mailbox again.")
    with one_only(anew):
        turned = _turned(mailbox, by, removed_at=None)
    if turned:
        write("mailboxes.bring_back", mailbox, by=by, at=at, said=mailbox.address)


@transaction.atomic
def choose_folders(mailbox: Mailbox, *, folders: Sequence[str], by: Member | None, at: datetime) -> None:
    """Read these folders from now on; none: INBOX and where sent mail lies. Twice is once."""
    _check_opens(mailbox, by)
    before, wanted = list(mailbox.folders), list(dict.fromkeys(folders))
    if _turned(mailbox, by, folders=wanted):
        write("mailboxes.choose_folders", mailbox, by=by, at=at, said=", ".join(wanted), before=before, folders=wanted)


@transaction.atomic
def give_secret(mailbox: Mailbox, *, secret: str, by: Member | None, at: datetime) -> None:
    """Use another password or token from now on; where tokens are renewed, another refresh token."""
    _check_opens(mailbox, by)
    stale = any(secrets.is_stale(closed) for closed in _closed(mailbox).values())
    same = not stale and secret_of(mailbox) == secret
    if not same and _turned(mailbox, by, **as_kept(mailbox, secret)):
        write("mailboxes.give_secret", mailbox, by=by, at=at, said=mailbox.address)


@transaction.atomic
def rekey(*, by: Member | None, at: datetime) -> int:
    """Encrypt with the newest key what an older one closed. Twice is once. Raises Unreadable; answers how many."""
    old = [row for row in Mailbox.objects.all() if any(secrets.is_stale(closed) for closed in _closed(row).values())]
    for row in old:
        turned = {name: secrets.turned(closed) for name, closed in _closed(row).items()}
        Mailbox.objects.filter(pk=row.pk).update(**turned)
        write("mailboxes.rekey", row, by=by, at=at, said=row.address)
    return len(old)


def forget_secrets(*, before: datetime) -> int:
    """Forget the passwords of mailboxes that were removed before that moment. Answers how many."""
    nothing = dict.fromkeys(SECRETS, "")
    return Mailbox.objects.filter(removed_at__lt=before).exclude(**nothing).update(**nothing)


def _closed(mailbox: Mailbox) -> dict[str, str]:
    return {name: getattr(mailbox, name) for name in SECRETS if getattr(mailbox, name)}


def _check_opens(mailbox: Mailbox, by: Member | None) -> None:
    if not may_open(mailbox, by):
        raise NotTheirs("This mailbox is somebody else's: you can pause it or take it out, and nothing else.")


def _told(mailbox: Mailbox) -> dict[str, Any]:
    return {name: getattr(mailbox, name) for name in TOLD}


def _turned(mailbox: Mailbox, by: Member | None, **facts: object) -> bool:
    """Set what stands otherwise; False when it stood so. A moment stands when any does. Raises NotTheirs."""
    if not may_settle(mailbox, by):
        raise NotTheirs("This mailbox is somebody else’s to settle.")
    hold(mailbox)
    stood = all(
        (getattr(mailbox, name) is None) == (value is None) if name.endswith("_at") else getattr(mailbox, name) == value
        for name, value in facts.items()
    )
    for name, value in facts.items():
        setattr(mailbox, name, value)
    if not stood:
        mailbox.save(update_fields=list(facts))
    return not stood
