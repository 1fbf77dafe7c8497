"""Who may come in: only people whom the firm's owner has named."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Nobody signs themselves up; a firm's owner adds its members."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
