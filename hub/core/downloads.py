"""Counts downloads by day: nothing of who downloads, no robot, and nothing a reader waits for."""

import logging

from crawleruseragents import is_crawler
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from hub.core.models import DownloadCount

logger = logging.getLogger(__name__)


def count_once_sent(
    request: HttpRequest, response: HttpResponseBase, document_id: int, kind: DownloadCount.Kind
) -> None:
    """Count this answer when it has been sent, if a person downloads with it.

    The closers of a response run after its last byte, and Django lets none of them fail.
    """
    if is_download(request, response):
        response._resource_closers.append(lambda: count(document_id, kind))


def is_download(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A file, or its first part, that somebody asked for: no robot, nor a browser looking ahead."""
    if request.method != "GET" or response.status_code not in (200, 206):
        return False
    if response.status_code == 206 and not response["Content-Range"].startswith("bytes 0-"):
        return False
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    agent = request.headers.get("User-Agent", "")
    return "prefetch" not in ahead and bool(agent) and not is_crawler(agent)


def count(document_id: int, kind: DownloadCount.Kind) -> None:
    """Add one to the number of today. A database that is away costs one count, and is logged."""
    today = {"document_id": document_id, "day": timezone.localdate(), "kind": kind}
    rows = DownloadCount.objects.filter(**today)
    try:
        with transaction.atomic():
            if not rows.update(number=F("number") + 1):
                DownloadCount.objects.get_or_create(**today)
                rows.update(number=F("number") + 1)
    except DatabaseError:
        logger.exception("a download could not be counted")
