"""The demo firm as anybody would start it, served from a home of its own; and watched pages of a browser on it."""

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from tests.doors.terminal.homes import KEPT, sqlite_home
from tests.doors.terminal.homes import PATIENCE as STUCK
from tests.doors.terminal.test_serving import a_port, until

PATIENCE = 30_000  # milliseconds; this machine may be busy with other things
expect.set_options(timeout=PATIENCE)
WIDE, NARROW = (1440, 900), (390, 844)
FOCUS = """() => {
  const here = document.activeElement
  if (!here || here === document.body) return "nowhere"
  const name = `${here.localName} "${(here.innerText || here.name || here.id || "").trim().slice(0, 40)}"`
  // a native control inside draws the ring itself: the parts of a date are focused one after the other
  const look = getComputedStyle(here)
  if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2) return `on ${name}, without a ring`
  const box = here.getClientRects()[0]
  if (!box || !box.width) return `on ${name}, which is not drawn`
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
  const top = document.elementFromPoint(x, y)
  const seen = top && (here.contains(top) || top.contains(here) || here.labels?.[0]?.contains(top))
  return seen ? "" : `on ${name}, out of sight or covered`
}"""


@dataclass(frozen=True)
class Demo:
    """The demo at its address, with the link its start printed and all that it has said since."""

    url: str
    link: str
    log: Path = field(repr=False)

    def codes(self, address: str) -> list[str]:
        """The sign-in codes that mail has brought to this address, the newest last."""
        letter = rf"^To: {re.escape(address)}$.*?^ +(\d{{6}})$"
        return re.findall(letter, self.log.read_text(), re.MULTILINE | re.DOTALL)


def make_demo(home: Path) -> None:
    """Fill an empty home with the demo."""
    done = sqlite_home(home).kept("demo", "--no-serve")
    assert done.returncode == 0, done.stderr


@contextmanager
def served_demo(home: Path) -> Iterator[Demo]:
    """`kept demo`, from the making of the firm to ctrl-C."""
    started, port = sqlite_home(home), a_port()
    log = home / "said.txt"
    with log.open("w") as said:
        program = subprocess.Popen(
            [*KEPT, "demo", "--port", str(port)], env=started.environment, stdout=said, stderr=said, cwd=home
        )
    try:
        link = until(lambda: re.search(r"http\S+/enter/\S+", log.read_text()) or program.poll() is not None)
        assert isinstance(link, re.Match), log.read_text()
        yield Demo(f"http://127.0.0.1:{port}", link[0], log)
    finally:
        program.send_signal(signal.SIGINT)
        program.wait(STUCK)


@dataclass
class Desk:
    """One page of a browser, watched: whatever its console complains of is gathered in `complaints`."""

    page: Page
    demo: Demo
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open an address."""
        self.page.goto(self.demo.url + path)
        return self.page

    def said(self) -> str:
        """What the foot of the page says was done."""
        line = self.page.locator("#undo .state")
        line.wait_for()
        return line.inner_text()

    def focus_unseen(self) -> str:
        """Where the focus is if one cannot see it there; empty while all is well."""
        return str(self.page.evaluate(FOCUS))


def watched(context: BrowserContext, demo: Demo) -> Desk:
    """A new page that is watched from its first moment."""
    context.set_default_timeout(PATIENCE)
    desk = Desk(context.new_page(), demo)

    def listen(message: ConsoleMessage) -> None:
        # a page that is not there, or not theirs, is what some tests ask for; the browser notes it as an error
        wanted = re.search(r"status of (403|404|410)", message.text) and message.location["url"] == desk.page.url
        if message.type in {"error", "warning"} and not wanted:
            desk.complaints.append(f"{message.text} ({message.location['url']})")

    desk.page.on("console", listen)
    desk.page.on("pageerror", lambda fault: desk.complaints.append(str(fault)))
    return desk


def unfold(page: Page) -> None:
    """Open everything that is folded up."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
