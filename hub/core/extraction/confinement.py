"""What the child process denies itself before it looks at a file, for good.

Limits are set by the child, not between fork and exec: the parent has threads, and Python code
that runs between the two may wait for ever on a lock that one of them held.
"""

import resource
import signal
import time
from typing import Final

from hub.core.extraction.result import MEGABYTE

ADDRESS_SPACE: Final = 512 * MEGABYTE
CPU_SECONDS: Final = 10
WALL_SECONDS: Final = 15
# When to stop reading and hand over what was read: what remains is for the clean-up of 2 MB.
ENOUGH_CPU_SECONDS: Final = 6.0
ENOUGH_WALL_SECONDS: Final = 10.0

LIMITS: Final = {
    resource.RLIMIT_AS: (ADDRESS_SPACE, ADDRESS_SPACE),
    # The first is a signal that says why, the second one that cannot be ignored.
    resource.RLIMIT_CPU: (CPU_SECONDS, CPU_SECONDS + 1),
    resource.RLIMIT_FSIZE: (0, 0),
    resource.RLIMIT_NOFILE: (16, 16),
    resource.RLIMIT_CORE: (0, 0),
    # No other program, no thread. The administrator's account is not bound by it.
    resource.RLIMIT_NPROC: (0, 0),
}


def confine() -> None:
    """Set the limits, never to be raised again, and an end in case the parent is gone."""
    for kind, wanted in LIMITS.items():
        _soft, allowed = resource.getrlimit(kind)
        ceiling = max(wanted) if allowed == resource.RLIM_INFINITY else allowed
        resource.setrlimit(kind, (min(wanted[0], ceiling), min(wanted[1], ceiling)))
    for number in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)  # the parent may have ignored them
    signal.alarm(WALL_SECONDS)


class Deadline:
    """The time after which reading on is no use: the limits would take all that was read."""

    def __init__(self) -> None:
        self._end = time.monotonic() + ENOUGH_WALL_SECONDS

    def is_over(self) -> bool:
        return time.process_time() > ENOUGH_CPU_SECONDS or time.monotonic() > self._end
