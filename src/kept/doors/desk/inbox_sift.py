"""What the inbox's address asks for, and the links that ask for something else."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from kept.readings.inbox import Inbox, Whose

CHANNELS = {
    "": "any way",
    "mail": "mail",
    "form": "form",
    "comment": "comment",
    "call": "call",
    "connection": "connection",
}


@dataclass(frozen=True)
class Link:
    """One filter in plain words."""

    words: str
    to: str
    current: bool


@dataclass(frozen=True)
class Sift:
    """The view: whose, how they came, only the answered, which page, and at which row one looks."""

    whose: Whose = Whose.YOURS
    by: str = ""
    done: bool = False
    page: int = 1
    at: int = 0

    @classmethod
    def of(cls, asked: QueryDict) -> "Sift":
        """Words the page does not know are as good as none."""
        whose, by = asked.get("whose", ""), asked.get("by", "")
        return cls(
            whose=Whose(whose) if whose in list(Whose) else Whose.YOURS,
            by=by if by in CHANNELS else "",
            done=asked.get("done") == "today",
            page=number(asked.get("page")) or 1,
            at=number(asked.get("at")),
        )

    def url(self, **more: str) -> str:
        """The address of this view; `more` is added to it."""
        asked = {
            "whose": "" if self.whose == Whose.YOURS else self.whose.value,
            "by": self.by,
            "done": "today" if self.done else "",
            "page": str(self.page) if self.page > 1 else "",
            "at": str(self.at) if self.at else "",
        }
        return "?" + urlencode({name: value for name, value in (asked | more).items() if value})

    def glance_to(self) -> str:
        """The address of this view at a row, up to the row's number."""
        here = self.url(at="")
        return f"{here}{'' if here == '?' else '&'}at="

    def first_page(self) -> "Sift":
        """This view from its beginning, at no row."""
        return replace(self, page=1, at=0)

    def whose_links(self, found: Inbox) -> list[Link]:
        """Yours, nobody's, everyone's, with how many wait."""
        words = {
            Whose.YOURS: "yours",
            Whose.NOBODY: f"nobody’s: {found.nobodys}",
            Whose.EVERYONE: f"everyone’s: {found.everyones}",
        }
        start = self.first_page()
        return [Link(said, replace(start, whose=whose).url(), whose == self.whose) for whose, said in words.items()]

    def channel_links(self) -> list[Link]:
        """The ways by which people come."""
        start = self.first_page()
        return [Link(said, replace(start, by=by).url(), by == self.by) for by, said in CHANNELS.items()]


def number(text: str | None) -> int:
    """A plain positive number, or 0; longer ones than a key can be are none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
