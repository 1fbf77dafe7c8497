"""Whose day a member's Today tells of: the whole firm's, or their own."""

from kept.ledgers.team.models import Member, Role


def sees_all(viewer: Member) -> bool:
    """Whether the whole firm's day is the viewer's."""
    return viewer.role in {Role.OWNER, Role.FINANCE}
