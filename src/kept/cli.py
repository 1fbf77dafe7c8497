"""The command line: `kept import time FILE` runs the management command `import_time`, `kept demo` runs `demo`."""

import os
import sys


def main() -> None:
    """Run one command; two words that name a command together (`import mail`) are joined first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.settings")
    import django
    from django.core.management import get_commands

    # without its apps Django knows only its own commands, and remembers that
    django.setup()
    words = sys.argv[1:]
    # doors do not know each other: Django's own table of commands is the only meeting place
    if len(words) > 1 and f"{words[0]}_{words[1]}" in get_commands():
        words = [f"{words[0]}_{words[1]}", *words[2:]]
    from kept.doors.terminal.entry import run

    run(words)


if __name__ == "__main__":
    main()
