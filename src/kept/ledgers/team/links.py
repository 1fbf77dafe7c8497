"""One-time sign-in links, as `kept setup` and `kept demo` print them: hashed, single-use, redeemed by POST."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import models, transaction

from kept.kit.rows import remove
from kept.ledgers.journal.verbs import write
from kept.ledgers.team.models import Member

LASTS = timedelta(hours=12)


class SignInLink(models.Model):
    """A link that lets its member in once; only a hash of its token is kept."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "team"


@transaction.atomic
def make_link(member: Member, *, at: datetime, by: Member | None = None) -> str:
    """A fresh token for the member; it lasts twelve hours and lets in once. The token itself is kept nowhere."""
    token = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(member=member, hashed=_hash(token), made_at=at)
    write("team.make_link", link, by=by, at=at, said=member.name)
    return token


def holder(token: str, *, at: datetime) -> Member | None:
    """Whom the token would let in, without using it up; None where `redeem` would let nobody in."""
    link = _fresh(token, at).select_related("member").first()
    return link.member if link else None


@transaction.atomic
def take_back_links(member: Member, *, by: Member, at: datetime) -> int:
    """Make every unused link of the member worthless. Twice is once. Answers how many there were."""
    links = list(SignInLink.objects.filter(member=member, used_at=None))
    gone = [link for link in links if remove(link)]
    if gone:
        write("team.take_back_links", member, by=by, at=at, said=member.name, links=len(gone))
    return len(gone)


@transaction.atomic
def redeem(token: str, *, at: datetime) -> Member | None:
    """The member whom the token lets in, once; None when it is unknown, used, too old, or its member has left."""
    # the filtered update, not a read before it, decides who of two comes in
    link = _fresh(token, at).select_related("member").first()
    if link is None or not _fresh(token, at).update(used_at=at):
        return None
    write("team.redeem_link", link, by=link.member, at=at, said=link.member.name)
    return link.member


def _fresh(token: str, at: datetime) -> models.QuerySet[SignInLink]:
    young = {"made_at__gt": at - LASTS, "made_at__lte": at}
    return SignInLink.objects.filter(hashed=_hash(token), used_at=None, member__left_on=None, **young)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
