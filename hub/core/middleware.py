"""Response headers that depend on where a page stands: public site or admin."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

ADMIN_PREFIX = "/admin/"


class TextGZipMiddleware(GZipMiddleware):
    """Compress pages, never files: a range counts the bytes of the file as it is stored."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming or response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


class ResponsePolicyMiddleware:
    """Give the admin its own content policy, and isolate every answer from other origins.

    Those of the API are for pages of other sites too: both headers that decide say the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        readable = re.match(settings.CORS_URLS_REGEX, request.path_info)
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if readable else "same-origin"
        )
        if request.path.startswith(ADMIN_PREFIX) or getattr(request, "is_preview", False):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
            # A preview is framed by the editor, on the same site.
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
            response.headers["Cache-Control"] = "private, no-store"
        elif request.method in {"GET", "HEAD"} and response.status_code == 200:
            if not response.has_header("Cache-Control"):
                # A page that shows what a visitor has set aside is kept by nobody else.
                own = settings.SELECTION_COOKIE_NAME in request.COOKIES
                response.headers["Cache-Control"] = "private, no-cache" if own else "no-cache"
            patch_vary_headers(response, ["Cookie"])
        return response
