"""A disk that is full for a while: no file of this process grows past a size, the database included."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def full_disk(longest: int = 0) -> Iterator[None]:
    """In the block, whatever would make a file longer than so many bytes fails as a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (longest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
