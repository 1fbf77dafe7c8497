"""The command line: `kept import time FILE` runs the management command `import_time`, `kept demo` runs `demo`."""

import os
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

UNKNOWN = 2  # as every command that does not understand what was typed


def main() -> None:
    """Run one command; two words that name a command together (`import mail`) are joined first."""
    words = sys.argv[1:]
    if words[:1] == ["--version"]:
        sys.stdout.write(f"Kept {_version()}\n")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.settings")
    import django
    from django.core.management import get_commands

    # without its apps Django knows only its own commands, and remembers that
    django.setup()
    # doors do not know each other: Django's own table of commands is the only meeting place
    words = joined(words, known=get_commands())
    from kept.doors.terminal.entry import run

    run(words)


def joined(words: list[str], *, known: Mapping[str, object]) -> list[str]:
    """The words with a command of two words as one; stops with what may follow when only the first is known.

    `known` are the commands with the module each comes from.
    """
    first, *rest = words or [""]
    if first in known:
        return words
    ours = [name for name, module in known.items() if str(module).startswith("kept.")]
    follow = sorted(name.removeprefix(f"{first}_") for name in ours if name.startswith(f"{first}_"))
    if rest and rest[0] in follow:
        return [f"{first}_{rest[0]}", *rest[1:]]
    if follow:
        sys.stderr.write(f"Say what to {first}: {', '.join(follow)}. `kept help` lists every command.\n")
        sys.exit(UNKNOWN)
    return words


def _version() -> str:
    try:
        return version("kept")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    main()
