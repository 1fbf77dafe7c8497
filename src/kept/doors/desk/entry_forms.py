"""What is typed at the door: allauth's forms, with limits that count by address and place, and words of ours."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, ResetPasswordForm
from allauth.account.forms import RequestLoginCodeForm as CodeForm
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context, ratelimit
from django import forms

from kept.doors.desk.entry import from_here
from kept.kit import words


class AskForCode(CodeForm):  # type: ignore[misc]  # allauth is untyped
    """Whose code is to be sent; the answer is the same whether or not the address is known."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        _slow_down("request_login_code", email)
        self._user = next(iter(filter_users_by_email(email, is_active=True, for_login=True)), None)
        return email


class AskForPassword(ResetPasswordForm):  # type: ignore[misc]
    """Whose password is to be set anew."""

    def clean_email(self) -> str:
        _slow_down("reset_password", self.cleaned_data["email"])
        return str(super().clean_email())


class TypeCode(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code as it came by mail; blanks in it are let pass."""

    code = forms.CharField(
        label="The code",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Type the six digits from our mail."},
    )

    def clean_code(self) -> Any:
        code = "".join(self.cleaned_data["code"].split())
        if not (code.isascii() and code.isdigit()):
            raise forms.ValidationError("The code has six digits and nothing else.")
        if len(code) != 6:
            raise forms.ValidationError(f"That was {words.count(len(code), 'digit')}; the code has six.")
        self.cleaned_data["code"] = code
        return super().clean_code()


def _slow_down(action: str, email: str) -> None:
    """Raise a fault when that address was asked for too often, from here or from everywhere together."""
    request = context.request
    keys = {
        f"{action}_from_here": None,
        f"{action}_for": from_here(request, email),
        f"{action}_everywhere": email.lower(),
    }
    if not all(ratelimit.consume(request, action=limit, key=key) for limit, key in keys.items()):
        raise get_adapter(request).validation_error("too_many_login_attempts")
