"""Remembers, for the time of one reading request, what several parts of a page ask for.

GET and HEAD of the public site are covered, and what asks for it by name (a search): a request that
writes, a command or a task always asks the database again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase

from hub.core.middleware import ADMIN_PREFIX

Answer = TypeVar("Answer")
_answers: ContextVar[dict[str, Any] | None] = ContextVar("answers", default=None)


def remembered(key: str, compute: Callable[[], Answer]) -> Answer:
    """Return the answer already given to ``key`` during this request, or compute it."""
    answers = _answers.get()
    if answers is None:
        return compute()
    if key not in answers:
        answers[key] = compute()
    return answers[key]


@contextmanager
def remembering() -> Iterator[None]:
    """Remember as during a reading request, for the time of a piece of work that only reads."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


class RequestCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reads = request.method in {"GET", "HEAD"} and not request.path.startswith(ADMIN_PREFIX)
        token = _answers.set({} if reads else None)
        try:
            return self.get_response(request)
        finally:
            _answers.reset(token)
