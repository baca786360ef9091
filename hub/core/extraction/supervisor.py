"""Starts the child that reads a file, listens to it for a while, and makes sure that it is gone."""

import importlib.util
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from hub.core.extraction.confinement import WALL_SECONDS
from hub.core.extraction.formats import READERS
from hub.core.extraction.result import MAX_FILE, Extraction, Problem
from hub.core.extraction.wire import MAX_ANSWER, decoded

ROOT: Final = Path(__file__).resolve().parents[3]
PIECE: Final = 64 * 1024
# The child sees the standard library, this project, and the folder of one package: no start-up
# file of the environment is run, no variable and no current folder is looked at (-I, -S).
START: Final = (
    "import sys; sys.path += sys.argv[2:]; "
    "from hub.core.extraction.child import main; main(sys.argv[1])"
)
OUT_OF_TIME: Final = {-signal.SIGXCPU, -signal.SIGALRM}
# PDFium aborts when it is refused memory; the system kills when there is none left.
OUT_OF_MEMORY: Final = {-signal.SIGABRT, -signal.SIGKILL}


def extract(path: Path, extension: str) -> Extraction:
    """Return the words of a file and where they stand, whatever the file holds.

    ``extension`` says how to read it; a format without text gives the problem "unsupported". It
    takes 15 seconds at most, of which hardly any of this process's own.
    Raises OSError only for a file that cannot be opened.
    """
    extension = extension.lower().removeprefix(".")
    with path.open("rb") as file:
        if extension not in READERS:
            return Extraction(problem="unsupported")
        if os.fstat(file.fileno()).st_size > MAX_FILE:
            return Extraction(problem="too_large")
        return _asked_of_a_child(extension, file)


def _asked_of_a_child(extension: str, file: BinaryIO) -> Extraction:
    heard = told_by_child(START, extension, file, MAX_ANSWER)
    if heard is None:
        return Extraction(problem="unavailable")
    if heard.answer is None:
        return Extraction(problem="timeout" if heard.late else "crashed")
    return decoded(heard.answer) or Extraction(problem=_why(heard.code))


class Heard(NamedTuple):
    """What a child said (None: too much, or not in time), whether it was late, how it ended."""

    answer: bytes | None
    late: bool
    code: int


def told_by_child(start: str, argument: str, file: BinaryIO, largest: int) -> Heard | None:
    """Run ``start`` in a process of its own with the file as its input; None when none can start.

    ``start`` is Python that extends its path with ``sys.argv[2:]`` and confines itself; ``largest``
    bytes are listened to.
    """
    deadline = time.monotonic() + WALL_SECONDS
    try:
        child = subprocess.Popen(
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", start, argument, *_import_path()],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
    except OSError:
        return None
    answer, late, code = None, False, 0
    try:
        answer = _heard(child, deadline, largest)
    finally:
        late = time.monotonic() >= deadline
        code = _buried(child, deadline if answer is not None else 0)
    return Heard(answer, late, code)


def _import_path() -> list[str]:
    """This project, and where pypdfium2 is installed."""
    found = importlib.util.find_spec("pypdfium2")
    packages = [str(Path(found.origin).parents[1])] if found and found.origin else []
    return [str(ROOT), *packages]


def _heard(child: subprocess.Popen[bytes], deadline: float, largest: int) -> bytes | None:
    """What the child says until it is silent for good; None when it says too much, or too late."""
    assert child.stdout is not None
    channel = child.stdout.fileno()
    waiting = select.poll()
    waiting.register(channel, select.POLLIN)
    answer = bytearray()
    while len(answer) <= largest:
        left = deadline - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            return None
        piece = os.read(channel, PIECE)
        if not piece:
            return bytes(answer)
        answer += piece
    return None


def _buried(child: subprocess.Popen[bytes], deadline: float) -> int:
    """End the child and whatever it started; return how it ended.

    The group is killed before its leader is reaped: until then its number can be nobody else's.
    """
    assert child.stdout is not None
    child.stdout.close()
    while time.monotonic() < deadline and not _has_ended(child.pid):
        time.sleep(0.002)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    return child.wait()


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def _why(code: int) -> Problem:
    """What the end of a child that gave no answer says of the file."""
    if code in OUT_OF_TIME:
        return "timeout"
    return "memory" if code in OUT_OF_MEMORY else "crashed"
