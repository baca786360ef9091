"""A daemon that speaks the protocol of ClamAV on a real socket, and misbehaves when asked to."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HIDDEN = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Scanner:
    """``mood``: "well", "stalls", "dies" in mid-stream, "odd" (another answer), "cut" (no end)."""

    def __init__(self, listening: socket.socket, address: str) -> None:
        self.listening, self.address = listening, address
        self.mood, self.most = "well", 25 * 1024 * 1024
        self.seen: list[bytes] = []
        self._ended = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _peer = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                self._speak(connection)
            except OSError:
                return

    def _speak(self, connection: socket.socket) -> None:
        command = _exactly(connection, len(b"zINSTREAM\0"))
        assert command == b"zINSTREAM\0", command
        if self.mood == "stalls":
            self._ended.wait(30)
            return
        content = b""
        while size := struct.unpack("!L", _exactly(connection, 4))[0]:
            content += _exactly(connection, size)
            if self.mood == "dies":
                return
            if len(content) > self.most:
                connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(content)
        connection.sendall(self._verdict(content))

    def _verdict(self, content: bytes) -> bytes:
        if self.mood == "odd":
            return b"UNKNOWN COMMAND\0"
        if self.mood == "cut":
            return b"stream: O"
        found = HIDDEN in content
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if found else b"stream: OK\0"

    def leave(self) -> None:
        """Nobody listens any more: whoever knocks is refused."""
        self._ended.set()
        # Closing alone would leave the thread, and so the socket, in its accept().
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


def _exactly(connection: socket.socket, size: int) -> bytes:
    received = b""
    while len(received) < size:
        piece = connection.recv(size - len(received))
        if not piece:
            raise ConnectionError("the client left")
        received += piece
    return received


@contextmanager
def listening_at(path: Path | None = None) -> Iterator[Scanner]:
    """A scanner on a Unix socket, or without a path on a free TCP port."""
    if path is None:
        listening = socket.create_server(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    else:
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listening.bind(str(path))
        listening.listen()
        address = f"unix://{path}"
    scanner = Scanner(listening, address)
    try:
        yield scanner
    finally:
        scanner.leave()
