"""Things to watch in tests: they note that they were called."""

import threading

calls: list[str] = []


def watch(stop: threading.Event) -> None:
    """Watch until told to stop."""
    calls.append("began")
    stop.wait()
    calls.append("ended")


def stumble(stop: threading.Event) -> None:
    """Fail the first time, and watch the second."""
    calls.append("began")
    if len(calls) == 1:
        raise ConnectionResetError("the line dropped")
    stop.wait()
