"""Ports: whether one can be had, and that one process of Kept has it at a time."""

import errno
import socket
import sys


class PortTaken(Exception):
    """The port cannot be had; the message says why and what to do."""


def check_port(host: str, port: int) -> None:
    """Raise PortTaken, with a plain sentence, unless the server may listen there."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except OverflowError:
        raise PortTaken(f"{port} is no port; choose one from 1024 to 65535.") from None
    except OSError as fault:
        raise PortTaken(_why_not(fault, host, port)) from None


def first_free_port(host: str, port: int, *, tries: int = 50) -> int:
    """The port, or the next one above it that nobody listens on. Raises PortTaken when all tries are in use."""
    for candidate in range(port, port + tries - 1):
        try:
            check_port(host, candidate)
        except PortTaken:
            continue
        return candidate
    check_port(host, port + tries - 1)
    return port + tries - 1


def port_for_one(host: str, port: int) -> socket.socket:
    """A sign that lasts as long as this process. Raises PortTaken when another one of Kept has it.

    Granian lets several processes share a port, so two that looked at the same instant would both find it free, and
    each get half of the requests. Linux has names that belong to one socket at a time and go with it.
    """
    sign = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    if sys.platform == "linux":
        try:
            sign.bind(f"\0kept-{host}-{port}")
        except OSError as fault:
            sign.close()
            raise PortTaken(_why_not(fault, host, port)) from None
    return sign


def _why_not(fault: OSError, host: str, port: int) -> str:
    if fault.errno == errno.EADDRINUSE:
        return f"Something else listens on port {port} already. Choose another with --port, or end what is there."
    if fault.errno == errno.EACCES:
        return f"This account may not listen on port {port}. Choose one above 1023 with --port."
    return f"This machine cannot listen on {host} port {port} ({fault.strerror or fault})."
