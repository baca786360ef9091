"""Stops asking a cluster that fails, and asks again once it works: nobody waits for it twice."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)
PROBE_EVERY = 5.0  # seconds


class Breaker:
    """Open while the cluster fails. A thread of its own asks whether it works again."""

    def __init__(self, probe: Callable[[], object], every: float = PROBE_EVERY) -> None:
        self.reason = ""
        self._probe = probe
        self._every = every
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._closed.set()

    @property
    def is_open(self) -> bool:
        """True while nobody should ask."""
        return not self._closed.is_set()

    def open(self, reason: str) -> None:
        """Stop asking, because of this."""
        with self._lock:
            self.reason = reason
            if self.is_open:
                return
            self._closed.clear()
        logger.warning("the cluster is left alone: %s", reason)
        threading.Thread(target=self._watch, name="search-probe", daemon=True).start()

    def close(self) -> None:
        """Ask again."""
        with self._lock:
            self.reason = ""
            self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(self._every):
            try:
                self._probe()
            except Exception as error:
                self.reason = str(error)
            else:
                logger.warning("the cluster answers again")
                self.close()
