"""Rewrites Office files so that the same content always gives the same bytes."""

from __future__ import annotations

import io
import zipfile

# The earliest date a zip entry can carry: it says nothing, on purpose.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def normalise_zip(content: bytes) -> bytes:
    """Return the same archive with fixed dates, origin and compression.

    The order of entries is kept: readers expect `[Content_Types].xml` first.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            # OpenDocument wants its first entry to be read without unpacking anything.
            plain = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return target.getvalue()
