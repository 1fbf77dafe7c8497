"""How far a long command is: a line in the terminal, nothing where nobody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def progress(words: str, *, total: int) -> Iterator[Callable[[int], None]]:
    """Show `words` and a bar while the block runs; what it gives is called with each number of things done."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as shown:
        line = shown.add_task(words, total=total)
        yield lambda done: shown.advance(line, done)
