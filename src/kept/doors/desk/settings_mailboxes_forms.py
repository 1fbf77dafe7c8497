"""What is typed about a mailbox; faults are said in words that name the value and how to mend it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kept.doors.desk.settings_forms import a_day, a_name, an_address
from kept.ledgers.mailboxes.accounts import Account, Renewal
from kept.ledgers.mailboxes.models import Auth, Kind, Mailbox, Security
from kept.ledgers.team.models import Member

TWO_WEEKS = timedelta(days=14)
WHOSE = {Kind.SHARED: "everybody’s: all mail in it", Kind.PERSONAL: "my own: only mail with people at clients"}


def a_port(label: str, usual: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=65_535, initial=usual, error_messages={"required": f"As a rule {usual}."}
    )


def a_secret() -> forms.CharField:
    return forms.CharField(
        label="Password or token",
        max_length=4000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Without it the server lets nobody in."},
    )


class MailboxForm(forms.Form):
    """An account to read; it is tried out before it is kept."""

    address = an_address("Mail address")
    name = a_name("How it signs its letters", required=False)
    kind = forms.ChoiceField(label="Whose", choices=list(WHOSE.items()))
    host = forms.CharField(label="IMAP server", max_length=253, error_messages={"required": "Write the server’s name."})
    port = a_port("Port", 993)
    security = forms.ChoiceField(label="Encrypted by", choices=Security.choices, initial=Security.TLS)
    username = forms.CharField(label="Name to sign in with", max_length=254, required=False)
    auth = forms.ChoiceField(label="Signs in by", choices=Auth.choices, initial=Auth.PASSWORD)
    secret = a_secret()
    token_url = forms.CharField(label="Address where tokens are given", max_length=500, required=False)
    client_id = forms.CharField(label="Client id", max_length=300, required=False)
    client_secret = forms.CharField(
        label="Client secret", max_length=4000, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    smtp_host = forms.CharField(label="Server for letters out", max_length=253, required=False)
    smtp_port = a_port("Its port", 587)
    smtp_security = forms.ChoiceField(label="Encrypted by", choices=Security.choices, initial=Security.STARTTLS)
    quiet_before = a_day("Mail before this day is history")

    def __init__(self, *args: Any, viewer: Member, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["quiet_before"].initial = (today - TWO_WEEKS).isoformat()
        kinds: Any = self.fields["kind"]
        kinds.choices = [(kind, words) for kind, words in WHOSE.items() if viewer.may_settle or kind == Kind.PERSONAL]

    def clean_secret(self) -> str:
        return plain(self.cleaned_data["secret"])

    def clean_client_secret(self) -> str:
        return plain(self.cleaned_data["client_secret"])

    def clean_host(self) -> str:
        host = str(self.cleaned_data["host"]).strip().lower()
        if not host.isprintable() or set(host) & set(" /@\\"):
            raise ValidationError("That is not a server’s name; write it like imap.studio.example.")
        return host

    def account(self) -> Account:
        """What was typed, as the verb takes it."""
        typed = self.cleaned_data
        facts = {name: typed[name] for name in ("address", "name", "host", "port", "secret", "smtp_host", "smtp_port")}
        return Account(
            **facts,
            username=typed["username"].strip() or typed["address"],
            member=self.viewer if typed["kind"] == Kind.PERSONAL else None,
            security=Security(typed["security"]),
            auth=Auth(typed["auth"]),
            renewal=self._renewal(),
            smtp_security=Security(typed["smtp_security"]),
            quiet_before=datetime.combine(typed["quiet_before"], time.min, UTC),
        )

    def _renewal(self) -> Renewal | None:
        typed = self.cleaned_data
        url, client = typed["token_url"].strip(), typed["client_id"].strip()
        return Renewal(url, client, typed["client_secret"]) if url or client or typed["client_secret"] else None


class SecretForm(forms.Form):
    """Another password for a mailbox that stands."""

    secret = a_secret()

    def clean_secret(self) -> str:
        return plain(self.cleaned_data["secret"])


class FoldersForm(forms.Form):
    """Which folders are read; none: the usual ones."""

    folders = forms.MultipleChoiceField(label="Read these", required=False)

    def __init__(self, *args: Any, mailbox: Mailbox, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["folders"]
        choices.choices = [(name, name) for name in dict.fromkeys([*names, *mailbox.folders])]


def plain(secret: str) -> str:
    """The secret, if a line of mail can carry it. Raises ValidationError."""
    if not secret.isprintable():
        raise ValidationError("There is a line break or another invisible sign in it. Copy it anew.")
    return secret
