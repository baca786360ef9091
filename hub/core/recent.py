"""How often of late each thing happened: in memory, and never the thing itself."""

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable


class Recent:
    """How often each thing happened within the last `within` seconds, in this process.

    A thing is remembered by a digest whose key is drawn when the process starts: what is in memory
    says nothing of it. At most `room` things are remembered, the latest ones.
    """

    def __init__(
        self, within: float, room: int = 20_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._within = within
        self._room = room
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._counts: OrderedDict[bytes, tuple[float, int]] = OrderedDict()

    def note(self, *thing: str) -> int:
        """Count it once more; return how often it happened since its window began."""
        text = "\0".join(thing).encode("utf-8", "replace")
        digest = hashlib.blake2b(text, key=self._key, digest_size=16).digest()
        now = self._clock()
        with self._lock:
            began, count = self._counts.get(digest, (now, 0))
            if now - began >= self._within:
                began, count = now, 0
                self._counts.pop(digest, None)
            self._counts[digest] = (began, count + 1)
            while len(self._counts) > self._room:
                self._counts.popitem(last=False)
        return count + 1

    def forget(self) -> None:
        """Start again from nothing."""
        with self._lock:
            self._counts.clear()
