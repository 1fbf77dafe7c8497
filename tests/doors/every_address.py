"""Every address of the desk and the door: who may read it (GET) and who may act on it (POST), one line each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kept.ledgers.letters import skeletons
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.team.models import Domain
from tests.doors.two_clients import VIEWERS, Side
from tests.studio import NOW, Studio

Args = Callable[[Studio, Side], list[Any]]

#             owner lead member walled finance signed out
EVERYBODY = "200   200  200    200    200     302"
MONEY = "    200   200  403    403    200     302"
LEADS = "    200   200  403    403    403     302"
OWNER = "    200   403  403    403    403     302"
RATES = "    200   403  403    403    200     302"
NOBODY = "   405   405  405    405    405     302"
THEIRS = "   200   404  404    404    404     302"  # settled by an owner, not there for others
ONWARD = "   302   302  302    302    302     302"  # leads to another page
ACT = "      303   303  303    303    303     302"  # leads back, with a line at the foot
ASK = "      422   422  422    422    422     302"  # shows what is still to be typed
WRITER = "   200   404  404    404    404     302"  # drafts are their writer's alone, here the owner's
GONE = "     404   404  404    404    404     302"
LEADS_ASKED = "422  422  403    403    403     302"
LEADS_ON = " 302   302  403    403    403     302"
LEADS_NOBODY = "405 405 403  403    403     302"
LEADS_GONE = "404  404  403    403    403     302"


def for_(policy: str, status: int) -> str:
    """The policy with another answer for those whom it lets do it."""
    return policy.replace("200", str(status))


@dataclass(frozen=True)
class Address:
    """One address: the answers to GET and to an empty POST by viewer, and what its noun needs to be named."""

    name: str
    get: str
    post: str
    args: Args = lambda studio, side: []
    walled: bool = False  # whether its noun belongs to a client, so that a wall can hide it

    def of(self, studio: Studio, side: Side) -> str:
        return reverse(self.name, args=self.args(studio, side))

    def expected(self, method: str, *, hidden: bool) -> dict[str, int]:
        """Status by viewer; `hidden`: of a noun behind the wall."""
        answers = dict(zip(VIEWERS, map(int, (self.get if method == "get" else self.post).split()), strict=True))
        # what is refused whatever the noun (403, 405) tells nothing of it; all else reads as if it were not there
        if hidden and self.walled and answers["walled"] not in {403, 405}:
            answers["walled"] = 404
        return answers


def about(name: str, get: str, post: str, *rows: str) -> Address:
    """An address of a client's row, and perhaps of a row of that."""
    return Address(name, get, post, lambda _, side: [getattr(side, row).pk for row in rows], walled=True)


def settled(name: str, get: str, post: str, *rows: Callable[[Studio], Any]) -> Address:
    """An address of what an owner settles."""
    return Address(name, get, post, lambda studio, _: [row(studio) for row in rows])


def office(studio: Studio) -> int:
    return studio.office.pk


def kit(studio: Studio) -> int:
    return studio.kit.pk


def domain(studio: Studio) -> int:
    return Domain.objects.get().pk


def hello(studio: Studio) -> int:
    """The mailbox that all may read, on a server that does not answer."""
    facts = {"host": "127.0.0.1", "port": 1, "username": "hello", "added_at": studio.at, "quiet_before": studio.at}
    return Mailbox.objects.get_or_create(address="hello@larkfield.example", defaults=facts)[0].pk


def bones(studio: Studio) -> int:
    return skeletons.make(name="A date moved", words="Hi [first name],", by=studio.ada, at=NOW).pk


def seeming(studio: Studio, side: Side) -> list[Any]:
    """That the client got in touch, as a message of theirs might show."""
    return [side.client.pk, f"got_in_touch-message-{side.message.pk}"]


def nothing(studio: Studio) -> int:
    return 999_999


DESK = [
    Address("desk:today", EVERYBODY, NOBODY),
    Address("desk:inbox", EVERYBODY, NOBODY),
    Address("desk:clients", EVERYBODY, for_(LEADS, 422)),
    Address("desk:promises", EVERYBODY, GONE),
    Address("desk:money", MONEY, NOBODY),
    Address("desk:portfolio", LEADS, NOBODY),
    about("desk:standing", EVERYBODY, NOBODY, "client"),
    about("desk:signs", EVERYBODY, ASK, "client"),
    about("desk:sign", NOBODY, GONE, "client", "sign"),
    Address("desk:offered_sign", NOBODY, ACT, seeming, walled=True),
    Address("desk:offered_dismissal", NOBODY, ACT, seeming, walled=True),
    about("desk:ties", EVERYBODY, ASK, "client"),
    about("desk:tie", NOBODY, GONE, "client", "hold"),
    Address("desk:felt", EVERYBODY, NOBODY),
    Address("desk:felt_ask", NOBODY, GONE),
    about("desk:felt_spoke", NOBODY, ACT, "follow_up"),
    about("desk:felt_end", NOBODY, ACT, "follow_up"),
    about("desk:felt_invitation", NOBODY, ACT, "invitation"),
    about("desk:client_felt", EVERYBODY, NOBODY, "client"),
    Address("desk:pledge", EVERYBODY, NOBODY),
    Address("desk:pledge_sentence", EVERYBODY, NOBODY, lambda studio, side: [side.variation.sentence_id]),
    Address("desk:pledge_history", EVERYBODY, NOBODY),
    Address("desk:pledge_differences", EVERYBODY, NOBODY),
    about("desk:client_pledge", EVERYBODY, LEADS_ASKED, "client"),
    about("desk:pledge_difference", LEADS_ON, for_(LEADS, 303), "client", "variation"),
    Address("desk:pledge_draft", LEADS_ON, for_(LEADS, 303)),
    Address("desk:pledge_sentences", LEADS_GONE, LEADS_GONE),
    Address("desk:pledge_words", LEADS_GONE, LEADS_GONE, lambda studio, side: [999_999]),
    Address("desk:pledge_place", LEADS_GONE, LEADS_GONE, lambda studio, side: [999_999]),
    Address("desk:pledge_publication", for_(OWNER, 302), for_(OWNER, 404)),
    Address("desk:pledge_page", for_(OWNER, 302), for_(OWNER, 303)),
    Address("desk:team", EVERYBODY, NOBODY),
    Address("desk:backtest", MONEY, for_(MONEY, 303)),
    Address("desk:round", EVERYBODY, NOBODY),
    about("desk:client", EVERYBODY, NOBODY, "client"),
    about("desk:trust", EVERYBODY, NOBODY, "client"),
    about("desk:trust_asides", LEADS_GONE, LEADS_GONE, "client"),
    Address("desk:trust_aside", NOBODY, LEADS_GONE, lambda studio, side: [side.client.pk, 999_999], walled=True),
    about("desk:trust_alarms", NOBODY, for_(LEADS, 303), "client"),
    Address("desk:trust_alarm", NOBODY, LEADS_GONE, lambda studio, side: [side.client.pk, 999_999], walled=True),
    Address("desk:numbers", OWNER, NOBODY),
    Address("desk:number", OWNER, for_(OWNER, 422), lambda studio, side: ["streams.reply_weight"]),
    Address("desk:number_change", NOBODY, for_(OWNER, 404), lambda studio, side: [999_999]),
    about("desk:reflections", EVERYBODY, ASK, "client"),
    about("desk:reflection", NOBODY, ASK, "client", "reflection"),
    about("desk:reflection_wording", NOBODY, ACT, "client", "reflection", "wording"),
    about("desk:changing", LEADS, for_(LEADS, 422), "client"),
    about("desk:contacts", EVERYBODY, ASK, "client"),
    about("desk:promising", EVERYBODY, NOBODY, "client"),
    about("desk:noting", EVERYBODY, ASK, "client"),
    about("desk:note", NOBODY, GONE, "client", "note"),
    about("desk:agreement", EVERYBODY, ASK, "contact"),
    about("desk:agreement_row", NOBODY, GONE, "contact", "agreement"),
    about("desk:contact_addresses", LEADS, for_(LEADS, 422), "contact"),
    Address("desk:contact_address", LEADS_NOBODY, LEADS_NOBODY, lambda studio, side: [side.contact.pk, 999_999]),
    about("desk:gifts", MONEY, for_(MONEY, 422), "engagement"),
    about("desk:gift", NOBODY, for_(MONEY, 404), "engagement", "gift"),
    about("desk:explanations", MONEY, for_(MONEY, 422), "engagement"),
    about("desk:explanation", NOBODY, for_(MONEY, 404), "engagement", "explanation"),
    about("desk:service", EVERYBODY, NOBODY, "client"),
    about("desk:meetings", EVERYBODY, ASK, "client"),
    about("desk:meeting_plans", EVERYBODY, ASK, "client"),
    about("desk:meeting", NOBODY, GONE, "client", "meeting"),
    about("desk:meeting_ending", EVERYBODY, ASK, "client", "meeting"),
    about("desk:deliverables", EVERYBODY, ASK, "client"),
    about("desk:deliverable", NOBODY, GONE, "client", "deliverable"),
    about("desk:receipts", EVERYBODY, ASK, "client", "deliverable"),
    about("desk:receipt", NOBODY, GONE, "client", "deliverable", "receipt"),
    about("desk:bills", MONEY, for_(MONEY, 422), "client"),
    about("desk:bill", NOBODY, for_(MONEY, 404), "client", "bill"),
    about("desk:surprises", EVERYBODY, ASK, "client", "bill"),
    about("desk:surprise", NOBODY, GONE, "client", "bill", "surprise"),
    about("desk:settling", MONEY, for_(MONEY, 422), "client", "bill", "surprise"),
    about("desk:replacing", EVERYBODY, ASK, "client", "part"),
    about("desk:telling", EVERYBODY, ASK, "client", "part"),
    about("desk:conversation", EVERYBODY, NOBODY, "conversation"),
    about("desk:original", EVERYBODY, NOBODY, "conversation", "message"),
    about("desk:file", EVERYBODY, NOBODY, "conversation", "message", "file"),
    about("desk:picture", EVERYBODY, NOBODY, "conversation", "message", "file"),
    about("desk:assignment", NOBODY, ASK, "conversation"),
    about("desk:assignment_row", NOBODY, GONE, "conversation", "assignment"),
    about("desk:aside", NOBODY, ASK, "conversation"),
    about("desk:aside_row", NOBODY, GONE, "conversation", "aside"),
    about("desk:acknowledgement", NOBODY, ACT, "conversation"),
    about("desk:pause", NOBODY, ACT, "conversation"),
    about("desk:pause_row", NOBODY, GONE, "conversation", "pause"),
    about("desk:pause_end", NOBODY, ACT, "conversation", "pause"),
    about("desk:contradiction", NOBODY, GONE, "conversation"),
    about("desk:contradiction_row", NOBODY, GONE, "conversation", "pause"),
    about("desk:follow_up", NOBODY, GONE, "conversation"),
    about("desk:follow_up_row", NOBODY, GONE, "conversation", "pause"),
    about("desk:conversation_client", NOBODY, ASK, "conversation"),
    about("desk:conversation_promise", NOBODY, ASK, "conversation"),
    about("desk:promise_row", NOBODY, GONE, "conversation", "promise"),
    about("desk:presence", NOBODY, EVERYBODY, "conversation"),
    about("desk:conversation_letters", NOBODY, GONE, "conversation"),
    Address("desk:letters", EVERYBODY, NOBODY),
    Address("desk:write", EVERYBODY, for_(EVERYBODY, 302)),
    Address("desk:receivers", EVERYBODY, NOBODY),
    about("desk:letter", for_(WRITER, 302), for_(WRITER, 303), "draft"),
    about("desk:letter_told", WRITER, NOBODY, "draft"),
    about("desk:letter_dropped", NOBODY, for_(WRITER, 303), "draft"),
    about("desk:letter_sent", NOBODY, GONE, "sent"),
    about("desk:letter_trying", NOBODY, for_(WRITER, 303), "sent"),
    about("desk:letter_arrived", NOBODY, for_(WRITER, 303), "sent"),
    about("desk:letter_again", NOBODY, for_(WRITER, 303), "sent"),
    about("desk:letter_anew", NOBODY, for_(WRITER, 303), "sent"),
    about("desk:letter_refusal", NOBODY, for_(WRITER, 303), "sent"),
    about("desk:letter_reached", NOBODY, for_(WRITER, 303), "sent"),
    about("desk:bounce_seen", NOBODY, for_(WRITER, 303), "sent", "bounce"),
    about("desk:promise", EVERYBODY, NOBODY, "promise"),
    about("desk:keeping", ONWARD, ACT, "promise"),
    about("desk:moving", ONWARD, ASK, "promise"),
    about("desk:release", ONWARD, ASK, "promise"),
    about("desk:writing", ONWARD, ONWARD, "promise"),
    Address("desk:reviews", EVERYBODY, for_(LEADS, 404)),
    about("desk:review", EVERYBODY, NOBODY, "review"),
    about("desk:review_words", for_(LEADS, 302), for_(LEADS, 303), "review"),
    about("desk:review_seen", EVERYBODY, NOBODY, "review"),
    about("desk:review_paper", EVERYBODY, NOBODY, "review"),
    about("desk:review_links", for_(LEADS, 302), LEADS, "review"),
    about("desk:review_link", for_(LEADS, 302), for_(LEADS, 303), "review", "share"),
    about("desk:review_sent", EVERYBODY, NOBODY, "review", "share"),
    Address("desk:noticed", EVERYBODY, NOBODY),
    about("desk:noticed_row", EVERYBODY, NOBODY, "candidate"),
    about("desk:acceptance", ONWARD, ASK, "candidate"),
    about("desk:dismissal", ONWARD, ACT, "candidate"),
    about("desk:no_request", ONWARD, ACT, "request"),
]
SETTINGS = [
    Address("desk:settings", "200 302 302 302 302 302", NOBODY),
    Address("desk:you", EVERYBODY, ASK),
    Address("desk:your_addresses", ONWARD, ASK),
    settled("desk:your_address", NOBODY, NOBODY, nothing),
    settled("desk:firm", for_(OWNER, 302), for_(OWNER, 422)),
    settled("desk:domains", for_(OWNER, 302), for_(OWNER, 422)),
    settled("desk:domain", for_(OWNER, 405), for_(OWNER, 405), domain),
    settled("desk:offices", OWNER, for_(OWNER, 422)),
    settled("desk:office", OWNER, for_(OWNER, 422), office),
    settled("desk:week", for_(OWNER, 302), for_(OWNER, 303), office),
    settled("desk:holidays", for_(OWNER, 302), for_(OWNER, 422), office),
    settled("desk:holiday", for_(OWNER, 405), for_(OWNER, 405), office, nothing),
    settled("desk:public_holidays", for_(OWNER, 302), for_(OWNER, 303), office),
    settled("desk:people", OWNER, for_(OWNER, 422)),
    settled("desk:person", OWNER, for_(OWNER, 422), kit),
    settled("desk:leaving", for_(OWNER, 302), for_(OWNER, 422), kit),
    settled("desk:link", for_(OWNER, 302), OWNER, kit),
    settled("desk:person_addresses", for_(OWNER, 302), for_(OWNER, 422), kit),
    settled("desk:person_address", for_(OWNER, 405), for_(OWNER, 405), kit, nothing),
    settled("desk:skeletons", EVERYBODY, for_(LEADS, 422)),
    settled("desk:skeleton", LEADS, for_(LEADS, 422), bones),
    settled("desk:skeleton_retired", for_(LEADS, 405), for_(LEADS, 303), bones),
    settled("desk:duty", OWNER, for_(OWNER, 405)),
    settled("desk:rota", for_(OWNER, 302), for_(OWNER, 303)),
    settled("desk:rules", for_(OWNER, 302), for_(OWNER, 422)),
    settled("desk:rule", for_(OWNER, 405), for_(OWNER, 405), nothing),
    settled("desk:handed", for_(OWNER, 302), for_(OWNER, 303)),
    settled("desk:inlets", OWNER, for_(OWNER, 422)),
    settled("desk:inlet", for_(OWNER, 404), for_(OWNER, 404), nothing),
    settled("desk:habits", OWNER, for_(OWNER, 302)),
    settled("desk:habit", for_(OWNER, 302), for_(OWNER, 303), lambda studio: "quarter"),
    settled("desk:rates", RATES, NOBODY),
    settled("desk:member_rates", RATES, for_(RATES, 422), kit),
    settled("desk:member_rate", for_(RATES, 405), for_(RATES, 405), kit, nothing),
    settled("desk:walls", OWNER, for_(OWNER, 422)),
    settled("desk:wall", OWNER, for_(OWNER, 303), lambda studio: studio.wall.pk),
    settled("desk:wall_clients", for_(OWNER, 302), for_(OWNER, 404), lambda studio: studio.wall.pk),
    settled(
        "desk:wall_client", for_(OWNER, 302), for_(OWNER, 303), lambda studio: studio.wall.pk,
        lambda studio: studio.cassini.pk,
    ),
    Address("desk:mailboxes", EVERYBODY, ASK),
    settled("desk:mailbox", for_(THEIRS, 200), for_(THEIRS, 303), hello),
    settled("desk:mailbox_pause", for_(THEIRS, 302), for_(THEIRS, 303), hello),
    settled("desk:mailbox_secret", for_(THEIRS, 302), for_(THEIRS, 422), hello),
    settled("desk:mailbox_folders", THEIRS, for_(THEIRS, 303), hello),
    settled("desk:mailbox_removal", ONWARD, ONWARD, hello),
    settled("desk:wall_member", for_(OWNER, 302), for_(OWNER, 303), lambda studio: studio.wall.pk, kit),
]  # fmt: skip
# who is signed in is led on to their desk, but for their password and for going home
DOOR = [
    Address("account_login", "302 302 302 302 302 200", "302 302 302 302 302 200"),
    Address("account_request_login_code", "302 302 302 302 302 200", "302 302 302 302 302 200"),
    Address("account_confirm_login_code", ONWARD, ONWARD),
    Address("account_logout", EVERYBODY, ONWARD),
    Address("account_inactive", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    Address("account_change_password", ONWARD, ONWARD),  # nobody of the cast has one yet
    Address("account_set_password", EVERYBODY, EVERYBODY),
    Address("account_reset_password", "200 200 200 200 200 200", "200 200 200 200 200 200"),
    Address("account_reset_password_done", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    Address(
        "account_reset_password_from_key", "200 200 200 200 200 200", "200 200 200 200 200 200",
        lambda studio, side: ["1", "no-key"],
    ),
    Address("account_reset_password_from_key_done", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    Address(
        "desk:arriving", "410 410 410 410 410 410", "410 410 410 410 410 410", lambda studio, side: ["no-token"]
    ),
]  # fmt: skip
# open to everybody, signed in or not; what comes by a token is asked for nothing else
OPEN = [
    Address("public:review", "404 404 404 404 404 404", "405 405 405 405 405 405", lambda *_: ["never-was"]),
    Address("public:review_paper", "404 404 404 404 404 404", "405 405 405 405 405 405", lambda *_: ["never-was"]),
    Address("public:help", "200 200 200 200 200 200", "422 422 422 422 422 422"),
    Address("public:pledge", "404 404 404 404 404 404", "405 405 405 405 405 405"),
    Address("public:thanks", "302 302 302 302 302 302", "405 405 405 405 405 405"),
    Address(
        "desk:round_answer", "405 405 405 405 405 405", "410 410 410 410 410 410", lambda studio, side: [999_999]
    ),
    Address(
        "public:pulse", "404 404 404 404 404 404", "404 404 404 404 404 404", lambda studio, side: ["never-was"]
    ),
    Address(
        "public:pulse_thanks", "404 404 404 404 404 404", "405 405 405 405 405 405",
        lambda studio, side: ["never-was"],
    ),
    Address(
        "public:inlet", "405 405 405 405 405 405", "401 401 401 401 401 401", lambda studio, side: ["comment"]
    ),
]  # fmt: skip
DOOR += OPEN
BY_TOKEN = {"public:inlet"}
TABLE = [*DESK, *SETTINGS, *DOOR]


def every_name(within: URLResolver | None = None, *, prefix: str = "") -> Iterator[str]:
    """The names of all addresses there are, as `reverse` takes them."""
    for one in (within or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield f"{prefix}{one.name}"
        else:
            yield from every_name(one, prefix=f"{prefix}{one.namespace}:" if one.namespace else prefix)
