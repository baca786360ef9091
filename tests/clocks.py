"""A hub whose clock is wrong, beside a database whose clock is right."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone


@contextmanager
def clock_off_by(gap: timedelta) -> Iterator[None]:
    """In the block, this process reads another time; the database goes on reading its own."""
    now, seconds = timezone.now, time.time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now() + gap)
        patch.setattr(time, "time", lambda: seconds() + gap.total_seconds())
        yield
