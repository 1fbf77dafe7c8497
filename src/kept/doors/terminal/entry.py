"""Running one command, with plain words where Django would print a traceback."""

import os
import sys

from django.core.management import ManagementUtility, get_commands
from django.core.management.base import CommandError
from django.db.utils import OperationalError

from kept.doors.terminal import preparing
from kept.kit import words as words_of

# these look at what there is before anything is made, or make it
UNPREPARED = {"doctor", "prepare"}

WORDS = """Kept: whom to serve today, how and why.

  kept demo                     an invented firm to look at, in the browser
  kept setup                    make your firm and its first owner
  kept serve                    the pages and the worker, in one process
  kept import mail|time|budget|clients PATH...     bring in what you have (--dry-run to look first)
  kept import undo BATCH        take an import back (`kept import list` names each)
  kept mailbox add|list|test|pause|resume|remove|password|rekey ...     the mailboxes that are read
  kept letters                  letters on their way, and what to do about one
  kept brief [--at MOMENT]      whom to serve, in the terminal
  kept trust CLIENT|--all [--at MOMENT]            how far they may trust us, and the rows that moved it
  kept pulse ask|list|skipped ...                  asking clients how it felt
  kept pledge [--at MOMENT]     what we pledged, and how it stands
  kept review CLIENT [--quarter 2026Q3] [--pdf FILE]   how we served them, as paper
  kept export messages|promises|hours|clients      everything, as JSON lines
  kept backup FILE, kept restore FILE
  kept doctor                   what is wrong, and how to mend it
  kept reparse                  read every kept mail again, after an update that says so
  kept worker                   what recurs, on a host of its own

Each takes --help. Everything lives under KEPT_HOME; DATABASE_URL names another database.
"""


def run(words: list[str]) -> None:
    """Run the command that `words` name."""
    if not words or words[0] in {"help", "-h", "--help"}:
        sys.stdout.write(WORDS)
        return
    name, *rest = words
    ours = get_commands().get(name, "").startswith("kept.")
    try:
        if ours and name not in UNPREPARED and not {"-h", "--help"} & set(rest):
            preparing.prepare_database(quiet=False)
        # asked for the traceback, Django leaves a CommandError to us: its words are enough
        ManagementUtility(["kept", name, *(["--traceback"] if ours else []), *rest]).execute()
    except CommandError as fault:
        sys.stderr.write(words_of.printable(f"{fault}\n"))
        sys.exit(fault.returncode)
    except OperationalError as fault:
        sys.stderr.write(f"The database does not answer as it should: {fault}\nAsk `kept doctor` what to mend.\n")
        sys.exit(1)
    except BrokenPipeError:
        # the reader (head, a closed pager) has had enough; nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. What was not finished was not kept.\n")
        sys.exit(130)
