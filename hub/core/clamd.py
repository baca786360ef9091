"""Asks a ClamAV daemon about a file, over its socket (the INSTREAM command). Pure.

No maintained client under a permissive licence exists; the protocol is this page.
"""

import re
import socket
import struct
import time
from contextlib import suppress
from typing import BinaryIO, Final, Literal, NamedTuple
from urllib.parse import urlsplit

CHUNK: Final = 64 * 1024
LONGEST_ANSWER: Final = 4096
LONGEST_KNOCK: Final = 3.0
PORT: Final = 3310
_FOUND: Final = re.compile(r"(?:instream|stream): (?P<name>.{1,200}) FOUND")

Outcome = Literal["clean", "found", "too_large", "away", "unknown"]


class Answer(NamedTuple):
    """``away``: nobody listens; ``unknown``: too slow, cut short, or another answer than the known.

    ``detail`` says what, or the name of what was found.
    """

    outcome: Outcome
    detail: str = ""


def scan(file: BinaryIO, address: str, seconds: float) -> Answer:
    """Have a file, from where it stands to its end, looked at within ``seconds``.

    Raises nothing for what a daemon does, or does not.
    ``address`` is ``unix:///run/clamd.sock`` or ``tcp://host:3310``.
    """
    deadline = time.monotonic() + seconds
    try:
        connection = _connected(address, min(seconds, LONGEST_KNOCK))
    except OSError as error:
        return Answer("away", f"{type(error).__name__}: {error}"[:200])
    try:
        with connection:
            # A daemon that has enough closes its side: its reason may be there to read.
            with suppress(BrokenPipeError, ConnectionResetError):
                _send(connection, file, deadline)
            return _understood(_answer(connection, deadline))
    except OSError as error:
        return Answer("unknown", f"{type(error).__name__}: {error}"[:200])


def _connected(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or PORT), seconds)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(seconds)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _send(connection: socket.socket, file: BinaryIO, deadline: float) -> None:
    connection.sendall(b"zINSTREAM\0")
    while chunk := file.read(CHUNK):
        connection.settimeout(_left(deadline))
        connection.sendall(struct.pack("!L", len(chunk)) + chunk)
    connection.sendall(struct.pack("!L", 0))


def _answer(connection: socket.socket, deadline: float) -> str:
    """Up to the NUL that ends an answer, or the end of the stream; a cut answer is none."""
    received = b""
    while not received.endswith(b"\0") and len(received) < LONGEST_ANSWER:
        connection.settimeout(_left(deadline))
        piece = connection.recv(1024)
        if not piece:
            raise ConnectionError(f"the daemon left after {received[:100]!r}")
        received += piece
    return received.rstrip(b"\0").decode("utf-8", "replace").strip()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the daemon takes too long")
    return left


def _understood(answer: str) -> Answer:
    if answer in ("stream: OK", "instream: OK"):
        return Answer("clean")
    if found := _FOUND.fullmatch(answer):
        return Answer("found", found["name"])
    if "size limit exceeded" in answer.lower():
        return Answer("too_large", answer[:200])
    return Answer("unknown", answer[:200])
