"""Whether a form was sent from a page of this site, without the cookie that Django's way needs.

For the forms that stand on pages of readers, who get no cookie. A browser says in every POST where
it comes from and no page can change that; a program that says nothing has no visitor to deceive.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def sent_from_here(request: HttpRequest) -> bool:
    """False for a POST that a page of another site caused."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        referer = urlsplit(request.headers.get("Referer", ""))
        origin = f"{referer.scheme}://{referer.netloc}" if referer.netloc else None
    here = f"{request.scheme}://{request.get_host()}"
    return origin is None or origin in {here, *settings.CSRF_TRUSTED_ORIGINS}
