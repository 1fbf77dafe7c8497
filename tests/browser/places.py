"""Every page there is to look at, and how one gets there."""

import re
from dataclasses import dataclass

from tests.browser.demo import Desk


@dataclass(frozen=True)
class Place:
    """A page: its address, or the list that it is opened from, which link there, and what is pressed beyond."""

    at: str
    link: str = ""
    then: str = ""  # the words of a link or button; a pattern, where they depend on who was here before
    who: str = "ada"

    def open_on(self, desk: Desk) -> None:
        """Be there."""
        desk.go(self.at)
        if self.link:
            to = desk.page.locator(self.link).first.get_attribute("href")
            assert to, f"no way on from {self.at} by {self.link}"
            desk.go(to)
        if self.then:
            words = {"name": re.compile(self.then, re.IGNORECASE)}
            with desk.page.expect_navigation():
                desk.page.get_by_role("button", **words).or_(desk.page.get_by_role("link", **words)).first.click()


CLIENT = "/clients/?q=Borealis"
NAME = "a[data-open]"
PLACES = {
    "today": Place("/"),
    "inbox": Place("/inbox/"),
    "conversation": Place("/", "section[aria-labelledby=waiting] a[data-open]"),
    "conversation with a stranger": Place("/", "section[aria-labelledby=strangers] a[data-open]"),
    "letters": Place("/letters/"),
    "a new letter": Place("/letters/new/"),
    "a letter, being written": Place("/letters/new/", then="Write it"),
    "settings, skeletons": Place("/settings/skeletons/"),
    "clients": Place("/clients/"),
    "clients, none found": Place("/clients/?q=nobody-of-that-name"),
    "clients, a new one": Place("/clients/?new=1"),
    "client": Place(CLIENT, NAME),
    "client, trust opened to its rows": Place(CLIENT, NAME, "All rows, on any day"),
    "settings, numbers": Place("/settings/numbers/"),
    "settings, a number": Place("/settings/numbers/streams.promise_half_life/"),
    "settings, a number tried": Place("/settings/numbers/streams.meeting_late_minutes/?value=2"),
    "client, what we learned": Place(CLIENT, NAME, "What we learned"),
    "client, a promise to them": Place(CLIENT, NAME, "Make a promise"),
    "client, how they were served": Place(CLIENT, NAME, "Meetings, work and bills"),
    "client, what is agreed": Place(CLIENT, NAME, "Agree anew"),
    "client, where somebody writes from": Place(CLIENT, NAME, "The addresses of"),
    "client, a gift to them": Place(CLIENT, NAME, "Call some of it a gift"),
    "promises": Place("/promises/"),
    "promises, one opened": Place("/promises/", NAME),
    "promises, a new one": Place("/promises/?new=1", ".sift a"),
    "money": Place("/money/"),
    "felt": Place("/felt/"),
    "client, how it felt": Place(CLIENT, NAME, "All they ever said"),
    "portfolio": Place("/portfolio/"),
    "portfolio, none like that": Place("/portfolio/?why=silent&lead=999"),
    "why a client stays": Place("/portfolio/", ".folio .why a"),
    "why a client stays, what they did": Place("/portfolio/", ".folio .why a", "Write down what they did"),
    "why a client stays, what ties them": Place("/portfolio/", ".folio .why a", "Judge it with a few words"),
    "pledge": Place("/our-pledge/"),
    "pledge, one sentence": Place("/our-pledge/", NAME),
    "pledge, its wordings": Place("/our-pledge/wordings/"),
    "pledge, differences": Place("/our-pledge/differences/"),
    "pledge, to one client": Place("/our-pledge/differences/", NAME),
    "pledge, the next wording": Place("/our-pledge/", then="Change a sentence|Go on with the draft"),
    "our pledge, for everybody": Place("/pledge/", who="nobody"),
    "team": Place("/team/"),
    "backtest": Place("/portfolio/backtest/"),
    "team, a round": Place("/team/round/"),
    "reviews": Place("/reviews/"),
    "reviews, one": Place("/reviews/", "a.quiet[href*='/reviews/']"),
    "reviews, as its client sees it": Place("/reviews/", "a.quiet[href*='/reviews/']", "Look at it as they will"),
    "settings": Place("/settings/"),
    "settings, a person": Place("/settings/", "a[href*='/settings/people/'][data-open]"),
    "settings, an office": Place("/settings/", "a[href*='/settings/offices/']:not([href$='offices/'])"),
    "settings, mailboxes": Place("/settings/mailboxes/"),
    "settings, a new mailbox": Place("/settings/mailboxes/?new=1"),
    "settings, a wall": Place("/settings/", "a[href*='/settings/walls/']:not([href$='walls/'])"),
    "settings, a new wall": Place("/settings/walls/"),
    "settings, strangers": Place("/settings/strangers/"),
    "settings, inlets": Place("/settings/inlets/"),
    "settings, asking": Place("/settings/asking/"),
    "settings, rates": Place("/settings/rates/"),
    "settings, a person's rates": Place("/settings/rates/", NAME),
    "settings, you": Place("/settings/you/"),
    "settings, a link": Place("/settings/", "a[href*='/settings/people/'][data-open]", "Make a link"),
    "a password": Place("/account/password/set/"),
    "nothing here": Place("/nothing-here/"),
    "not for this role": Place("/money/", who="kit"),
    "how can I help you?": Place("/help/", who="nobody"),
    "how it felt, closed": Place("/pulse/used-long-ago/", who="nobody"),
    "sign-in": Place("/account/login/", who="nobody"),
    "sign-in, asking for a code": Place("/account/login/code/", who="nobody"),
    "sign-in, a password forgotten": Place("/account/password/reset/", who="nobody"),
    "sign-in, a link that was used": Place("/enter/used-long-ago/", who="nobody"),
}
