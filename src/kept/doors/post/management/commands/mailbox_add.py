"""`kept mailbox add ADDRESS --host SERVER`: tries it out, and reads it from now on."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.doors.post import asking
from kept.doors.post.imap_trial import try_out
from kept.doors.post.typed_days import typed_day
from kept.kit import clock, words
from kept.ledgers.mailboxes import verbs
from kept.ledgers.mailboxes.accounts import Account, Renewal
from kept.ledgers.mailboxes.models import Auth, Security
from kept.ledgers.team.models import Member

TWO_WEEKS = timedelta(days=14)


class Command(BaseCommand):
    help = (
        "Read a mailbox by IMAP from now on. Its password or token is asked for, or read from standard input. "
        "Mail of the last two weeks starts clocks, older mail is history. With --token-url and --client-id the refresh "
        "token is asked for instead, then the client secret (may be empty); Kept renews the token in time."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--host", required=True, help="the IMAP server")
        parser.add_argument("--port", type=int, help="993, or 143 with STARTTLS")
        parser.add_argument("--security", choices=Security.values, default=Security.TLS)
        parser.add_argument("--username", help="who signs in; the address, unless told otherwise")
        parser.add_argument("--auth", choices=Auth.values, default=Auth.PASSWORD)
        parser.add_argument("--token-url", metavar="URL", default="", help="where OAuth2 tokens are renewed; see above")
        parser.add_argument("--client-id", metavar="ID", default="", help="as Kept is registered there")
        parser.add_argument("--of", metavar="EMAIL", help="a member whose own it is: only mail with clients is taken")
        parser.add_argument("--name", default="", help="how its letters are signed")
        parser.add_argument("--folder", action="append", default=[], help="read this one; repeatable")
        parser.add_argument("--quiet-before", metavar="DATE", help="mail before this day is history; two weeks ago")
        parser.add_argument("--smtp-host", default="", help="the server for letters out; the firm's own")
        parser.add_argument("--smtp-port", type=int, default=587)
        parser.add_argument("--smtp-security", choices=Security.values, default=Security.STARTTLS)
        parser.add_argument("--untried", action="store_true", help="keep it even if it does not answer now")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        account = _account(options, at)
        try:
            said = "Not tried out."
            if not options["untried"]:
                trial = verbs.unsaved(account, at=at)
                found, account = try_out(trial), verbs.as_tried(account, trial)
                said = f"It answers; {words.count(found.messages, 'mail')} in {words.listed(found.chosen)}."
            mailbox = verbs.add(account, by=None, at=at)
        except ValueError as fault:
            raise CommandError(f"{fault} Nothing was kept.") from None
        self.stdout.write(words.printable(f"{mailbox} is read from now on. {said}"))


def _account(options: dict[str, Any], at: datetime) -> Account:
    renewal, called = None, "Password or token"
    if options["token_url"] or options["client_id"]:
        called = "Refresh token"
    secret = asking.secret(options["address"], called=called)
    if called == "Refresh token":
        renewal = Renewal(options["token_url"], options["client_id"], asking.client_secret(options["address"]))
    security = Security(options["security"])
    same = ("address", "host", "name", "smtp_host", "smtp_port")
    return Account(
        **{name: options[name] for name in same},
        username=options["username"] or options["address"],
        secret=secret,
        port=options["port"] or (993 if security == Security.TLS else 143),
        security=security,
        auth=Auth.TOKEN if renewal else Auth(options["auth"]),
        renewal=renewal,
        member=_member(options["of"]),
        folders=options["folder"],
        smtp_security=Security(options["smtp_security"]),
        quiet_before=typed_day(options["quiet_before"], else_done="Nothing was kept.") or at - TWO_WEEKS,
    )


def _member(email: str | None) -> Member | None:
    if not email:
        return None
    found = Member.objects.present().filter(email__iexact=email.lower()).first()
    if found is None:
        raise CommandError(f"Nobody here signs in as {email}. Nothing was kept.")
    return found
