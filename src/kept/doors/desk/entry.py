"""Who may come in: only people whom the firm's owner has named, at the address the owner gave them."""

import logging
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.messages import ERROR
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kept.doors.desk.acts import KEY
from kept.ledgers.team.models import Firm, Member

POSTING = "letter on its way"
log = logging.getLogger(__name__)
WORDS = {
    "account_inactive": "This account is at rest. Whoever owns Kept in your firm can wake it.",
    "email_password_mismatch": "Address and password do not belong together. Look again, or take a code by mail.",
    "enter_current_password": "That is not the password you have now.",
    "incorrect_code": "That is not the code in our newest mail to you.",
    "incorrect_password": "That is not your password.",
    "invalid_login": "That cannot be a mail address; write it like ada@studio.example.",
    "invalid_or_expired_key": "That link has been used, or is too old.",
    "invalid_password_reset": "That link has been used, or is too old. A new one takes a minute.",
    "too_many_login_attempts": "Too many tries from here. Wait five minutes, then try again; nothing was changed.",
    "unknown_email": "That address is not known here.",
    "rate_limited": "That was a lot at once. Wait a minute, then try again.",
}
CODES_WRONG = "That was the last try with this code. Have a new one sent."
SAID = {
    "account/messages/password_changed.txt": "Your new password is kept.",
    "account/messages/password_set.txt": "Your password is kept.",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Nobody signs themselves up; one guesser, wherever they sit, closes the door to nobody else."""

    error_messages = DefaultAccountAdapter.error_messages | WORDS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Member, **kwargs: Any) -> HttpResponse | None:
        """Refuse who has left, and an address that was theirs only until the owner changed it."""
        email = kwargs.get("email")
        if email and email.lower() != user.email.lower():
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        return super().pre_login(request, user, **kwargs)  # type: ignore[no-any-return]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let nobody guess on; who guessed from everywhere together is counted beside who guessed from here."""
        super().pre_authenticate(request, **credentials)
        if not ratelimit.consume(request, action="login_failed_everywhere", key=credentials["email"], dry_run=True):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        ratelimit.consume(request, action="login_failed_everywhere", key=credentials["email"])

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return from_here(request, str(credentials["email"]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the background, to members only: neither the time it takes nor a fault tells who is one."""
        if Member.objects.present().filter(email__iexact=email.lower()).exists():
            firm = Firm.objects.values_list("name", flat=True).first()
            letter = self.render_mail(template_prefix, email, {"email": email, "firm": firm, **context})
            Thread(target=_send, args=[letter], name=POSTING).start()

    def get_reset_password_from_key_url(self, key: str) -> str:
        """By the address the owner set, where there is one: what a request calls us, whoever asks may choose."""
        found = str(super().get_reset_password_from_key_url(key))
        return f"{settings.KEPT_URL}{urlsplit(found).path}" if settings.KEPT_URL_GIVEN else found

    def add_message(self, request: HttpRequest, level: int, template: str = "", *args: Any, **kwargs: Any) -> None:
        """Say what went wrong on the page that comes next, and what was kept in the line at its foot; no chatter."""
        template = template or kwargs.pop("message_template", "")
        if template in SAID and request.user.is_authenticated:
            request.session[KEY] = {"said": SAID[template], "seconds": 0}
        elif level == ERROR:
            wrong = kwargs.get("message") == WORDS["too_many_login_attempts"]
            super().add_message(request, level, **(kwargs | {"message": CODES_WRONG} if wrong else kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk:you")


def from_here(request: HttpRequest, email: str) -> str:
    """What limits count by: the address together with where the request comes from."""
    return f"{email.lower()}|{get_ip(request)}"


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError:  # the page must not tell; whoever looks after Kept reads it in the log and in `kept doctor`
        log.exception("A letter could not be sent: %s", letter.subject)
