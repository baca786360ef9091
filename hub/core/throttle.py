"""Holds back a visitor who asks too often, and says when to come back.

Each limit of `settings.RATE_LIMITS` gives every visitor a bucket of tokens: a request takes one,
time gives them back. The buckets stand in the memory of one process, are never written anywhere,
and are forgotten once they are full again.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from math import ceil, floor
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from hub.core.problems import problem
from hub.core.visitors import visitor_group

MOST_VISITORS = 10_000  # a bucket takes some 200 bytes
NEARLY = 1e-9  # seconds: what adding fractions loses


class Allowance(NamedTuple):
    """What a visitor may still do. `left` in requests; `wait`, `full_in` in whole seconds."""

    granted: bool
    left: int
    wait: int
    full_in: int


class Buckets:
    """A bucket of `burst` tokens for each visitor, given back at `requests` in each `seconds`.

    A bucket is kept as the moment at which it is full again: one number says all.
    """

    def __init__(
        self,
        requests: float,
        seconds: float,
        burst: int,
        *,
        most: int = MOST_VISITORS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.each = seconds / requests
        self.burst, self.most, self.clock = burst, most, clock
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, visitor: str) -> Allowance:
        """Take a token from a visitor's bucket, if there is one."""
        with self._lock:
            now = self.clock()
            missing = max(0.0, self._full_at.pop(visitor, now) - now)
            spare = self.burst * self.each - missing
            granted = spare + NEARLY >= self.each
            if granted:
                missing, spare = missing + self.each, spare - self.each
            self._full_at[visitor] = now + missing
            self._forget(now)
        wait = 0 if granted else ceil(self.each - spare - NEARLY)
        return Allowance(granted, floor(spare / self.each + NEARLY), wait, ceil(missing - NEARLY))

    def _forget(self, now: float) -> None:
        """Drop buckets that are full, oldest first; and the oldest when there are too many."""
        for _each in range(2):
            oldest = next(iter(self._full_at))
            if self._full_at[oldest] > now and len(self._full_at) <= self.most:
                return
            del self._full_at[oldest]
            if not self._full_at:
                return


class Limit:
    """One row of the table, with its buckets."""

    def __init__(self, name: str, row: Mapping[str, Any]) -> None:
        self.name, self.row = name, row
        self.addresses = re.compile(row["addresses"])
        self.methods = frozenset(row.get("methods", ()))
        self.buckets = Buckets(row["requests"], row["seconds"], row["burst"])

    def concerns(self, request: HttpRequest) -> bool:
        if self.methods and request.method not in self.methods:
            return False
        return re.search(self.addresses, request.path_info) is not None

    @property
    def policy(self) -> str:
        """The whole bucket, and the seconds that it takes to fill again."""
        full_in = ceil(self.row["burst"] * self.buckets.each)
        return f'"{self.name}";q={self.row["burst"]};w={full_in}'

    @property
    def words(self) -> str:
        row = self.row
        pace = f"{row['requests']} requests in {row['seconds']} s"
        return pace if row["burst"] == row["requests"] else f"{pace}, {row['burst']} at once"


class ThrottleMiddleware:
    """Applies the table by address, whatever answers there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.limits = [Limit(name, row) for name, row in settings.RATE_LIMITS.items()]
        if not self.limits:
            raise MiddlewareNotUsed

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        limit = next((limit for limit in self.limits if limit.concerns(request)), None)
        if limit is None:
            return self.get_response(request)
        allowance = limit.buckets.take(visitor_group(request))
        answer = self.get_response if allowance.granted else partial(refusal, limit, allowance)
        response = answer(request)
        response.headers["RateLimit-Policy"] = limit.policy
        response.headers["RateLimit"] = f'"{limit.name}";r={allowance.left};t={allowance.full_in}'
        return response


def refusal(limit: Limit, allowance: Allowance, request: HttpRequest) -> HttpResponse:
    """The answer to a request too many: a page where people stand, a problem for programs."""
    for_people = limit.row.get("page") and "text/html" in request.headers.get("Accept", "")
    response = _page(request, allowance) if for_people else _problem(limit, allowance)
    response.headers["Retry-After"] = str(allowance.wait)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, allowance: Allowance) -> HttpResponse:
    with translation.override(translation.get_language_from_path(request.path_info) or "fr"):
        minutes = ceil(allowance.wait / 60)
        return render(request, "429.html", {"minutes": minutes}, status=429)


def _problem(limit: Limit, allowance: Allowance) -> HttpResponse:
    reason = f"At most {limit.words}. Come back in {allowance.wait} s."
    return problem(429, "Too Many Requests", reason, retry_after=allowance.wait)
