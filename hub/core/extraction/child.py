"""The process that reads one file: standard input is the file, standard output the answer."""

import importlib
import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from hub.core.extraction.collector import Collector, Encrypted, Enough
from hub.core.extraction.confinement import confine
from hub.core.extraction.formats import READERS
from hub.core.extraction.result import Extraction
from hub.core.extraction.wire import encoded

Read = Callable[[BinaryIO, Collector], None]


def main(extension: str) -> None:
    """Read the file, answer, and end without further ado: nothing is left to tidy."""
    answering = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no part of the answer
    read: Read = importlib.import_module(READERS[extension]).read
    confine()
    answer = _answer(read, sys.stdin.buffer)
    while answer:
        answer = answer[os.write(answering, answer) :]
    os._exit(0)


def _answer(read: Read, file: BinaryIO) -> bytes:
    try:
        return encoded(read_within_limits(read, file))
    except MemoryError:
        return encoded(Extraction(problem="memory"))


def read_within_limits(read: Read, file: BinaryIO) -> Extraction:
    """What ``read`` gathered, whatever stopped it."""
    collector = Collector()
    try:
        read(file, collector)
    except Enough:
        pass
    except Encrypted:
        collector.encrypted, collector.problem = True, "encrypted"
    except MemoryError:
        collector.problem = "memory"
    except Exception:  # whatever a parser raises, it says that the file is not what it should be
        collector.problem = collector.problem or "malformed"
    return collector.result()
