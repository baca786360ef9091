"""Sends stored files as HTTP wants it: conditional requests, one range, a name well written.

Django answers conditional requests but knows no ranges; documents, kits and videos all need them,
to go on with a download that was cut and to jump inside a video.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe, quote_etag
from whitenoise.responders import SlicedFile

from hub.core.file_names import plain_name

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")


@dataclass(frozen=True)
class StoredBytes:
    """A file to send: ``open`` gives it in binary mode, ``size`` in bytes, ``tag`` names its content."""

    open: Callable[[], BinaryIO]
    size: int
    tag: str
    content_type: str
    name: str
    modified: datetime | None = None
    inline: bool = False


class UnsatisfiableRangeError(Exception):
    """The range asked for lies beyond the end of the file."""


def send(request: HttpRequest, stored: StoredBytes) -> HttpResponseBase:
    """Answer GET or HEAD with the file, a part of it (206), 304, 412 or 416.

    The headers say that nothing in it may run and that a browser must not guess its type. Raises
    OSError when the file cannot be opened.
    """
    tag = quote_etag(stored.tag)
    changed = int(stored.modified.timestamp()) if stored.modified else None
    response: HttpResponseBase = get_conditional_response(request, tag, changed, HttpResponse())
    if response.status_code == 200:
        response = _whole_or_part(request, stored, tag)
        response.headers["Content-Disposition"] = disposition(stored.name, inline=stored.inline)
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = tag
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed)
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def disposition(name: str, *, inline: bool = False) -> str:
    """The name a browser gives the file: in full (RFC 8187), and in ASCII for whoever reads no other.

    Django writes one of the two only, so that an older program would take the name of the address.
    """
    kind, plain = "inline" if inline else "attachment", plain_name(name)
    quoted = plain.replace("\\", "\\\\").replace('"', '\\"')
    full = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'{kind}; filename="{quoted}"{full}'


def _whole_or_part(request: HttpRequest, stored: StoredBytes, tag: str) -> HttpResponseBase:
    try:
        part = _asked_range(request, stored, tag)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    start, end = part or (0, stored.size - 1)
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=stored.content_type)
    else:
        source = stored.open()
        sliced = SlicedFile(source, start, end) if part else source
        response = FileResponse(sliced, content_type=stored.content_type)
    response.headers["Content-Length"] = str(end - start + 1)
    if part:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end}/{stored.size}"
    return response


def _asked_range(request: HttpRequest, stored: StoredBytes, tag: str) -> tuple[int, int] | None:
    """The first and last byte asked for; None for the whole file.

    Several ranges, another unit, HEAD, or a copy that has changed since (``If-Range``): the whole.
    """
    found = RANGE.match(request.headers.get("Range", "").strip())
    if request.method != "GET" or not found or not (found[1] or found[2]):
        return None
    if not _still_the_same(request.headers.get("If-Range", "").strip(), stored, tag):
        return None
    if not found[1]:
        last = int(found[2])
        if not last or not stored.size:
            raise UnsatisfiableRangeError
        return max(0, stored.size - last), stored.size - 1
    start = int(found[1])
    if found[2] and int(found[2]) < start:
        return None
    if start >= stored.size:
        raise UnsatisfiableRangeError
    return start, min(int(found[2] or stored.size - 1), stored.size - 1)


def _still_the_same(condition: str, stored: StoredBytes, tag: str) -> bool:
    if not condition or condition == tag:
        return True
    date = parse_http_date_safe(condition)
    return bool(date and stored.modified and date == int(stored.modified.timestamp()))
