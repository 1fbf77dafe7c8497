"""A cable between Kept and a real server, on which things happen: it is cut, or all that is said is said twice."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

Change = Callable[[], Callable[[bytes], bytes | None]]  # for each line anew; None: it is cut


@dataclass(frozen=True)
class Cable:
    """Where Kept connects to instead of the server."""

    port: int


@contextmanager
def laid(to: int, change: Change) -> Iterator[Cable]:
    """A cable to that port of this machine; `change` is asked what becomes of each piece that the server says."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_wait, args=[door, to, change], daemon=True).start()
        yield Cable(door.getsockname()[1])


def cut_after(much: int) -> Change:
    """Cut when the server has said so many bytes."""

    def line() -> Callable[[bytes], bytes | None]:
        said = 0

        def pass_on(piece: bytes) -> bytes | None:
            nonlocal said
            said += len(piece)
            return piece if said < much else None

        return pass_on

    return line


def doubling() -> Callable[[bytes], bytes | None]:
    """Say each answer about a mail twice."""

    def pass_on(piece: bytes) -> bytes:
        mails = re.compile(rb"(?:\* \d+ FETCH .*?\r\n\)\r\n)+", re.S)
        return mails.sub(lambda found: found[0] * 2, piece)

    return pass_on


def _wait(door: socket.socket, to: int, change: Change) -> None:
    with suppress(OSError):
        while True:
            near, _ = door.accept()
            far = socket.create_connection(("127.0.0.1", to))
            threading.Thread(target=_carry, args=[near, far, lambda piece: piece], daemon=True).start()
            threading.Thread(target=_carry, args=[far, near, change()], daemon=True).start()


def _carry(one: socket.socket, other: socket.socket, pass_on: Callable[[bytes], bytes | None]) -> None:
    with suppress(OSError):
        while (piece := one.recv(16_384)) and (piece := pass_on(piece) or b""):
            other.sendall(piece)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
