"""Typed reading of settings from the environment; a wrong value stops the start with one plain sentence."""

import os
from pathlib import Path
from typing import Never
from urllib.parse import SplitResult, unquote, urlsplit

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}

# PostgreSQL guesses a third of all rows where two columns are compared, and then starts processes and compiles code for
# a query that is over in a millisecond: that took longer than all else on a page
SHORT_QUERIES = "-c max_parallel_workers_per_gather=0 -c jit=off"


class WrongSetting(SystemExit):
    """A setting that cannot be used; the message names it and says how to mend it."""


def refuse(name: str, why: str) -> Never:
    """Stop the start: which setting, and what it should be."""
    raise WrongSetting(f"Kept did not start: {name} {why}")


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points to (for secrets), or the default."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as fault:
            refuse(f"{name}_FILE", f"points to a file that cannot be read ({fault.strerror}): {path}")
        except UnicodeDecodeError:
            refuse(f"{name}_FILE", f"points to a file that is no text: {path}")
    return os.environ.get(name, default)


def yes(name: str, *, default: bool) -> bool:
    """A yes-or-no variable."""
    value = os.environ.get(name)
    if value is None:
        return default
    said = value.strip().lower()
    if said in YES | NO:
        return said in YES
    return refuse(name, f"should be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        return refuse(name, f"should be a whole number, not {value!r}.")


def database(home: Path) -> dict[str, object]:
    """Django's settings for the database: SQLite in `home`, or what DATABASE_URL names.

    postgres://user:password@host:5432/name, postgres:///name?host=/socket/folder, or sqlite:////path/to/file.
    What stands behind `?` goes to the server's library; `options=` takes the place of our own.
    """
    given = text("DATABASE_URL")
    url = _split(given)
    if url.scheme in {"postgres", "postgresql"}:
        options = dict(part.split("=", 1) for part in url.query.split("&") if "=" in part)
        host = unquote(options.pop("host", "")) or unquote(url.hostname or "")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")) or "kept",
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": host,
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": SHORT_QUERIES} | {key: unquote(value) for key, value in options.items()},
        }
    if not given:
        return sqlite(home / "kept.sqlite3")
    if url.scheme != "sqlite":
        refuse("DATABASE_URL", "should begin with postgres:// or sqlite://.")
    if url.netloc or not url.path.strip("/"):
        refuse("DATABASE_URL", "should name the file from the root on: sqlite:////path/to/file.")
    return sqlite(Path("/", unquote(url.path).lstrip("/")))


def _split(given: str) -> SplitResult:
    try:
        url = urlsplit(given)
        _ = url.port  # looked at only now
    except ValueError:
        # the value may hold a password: it is not repeated
        refuse("DATABASE_URL", "should be like postgres://user:password@host:5432/name, with a number as its port.")
    return url


def sqlite(path: Path) -> dict[str, object]:
    """Django's settings for one SQLite file, safe with several writers."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # without IMMEDIATE a reader that turns writer fails at once instead of waiting its turn
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-6000; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
