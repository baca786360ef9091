"""What a reader chose in the address and keeps from page to page, without a cookie."""

import re
from urllib.parse import urlencode

from django.http import HttpRequest

from hub.core.blocks import LegalForm

FORM, JOURNEY, STEP = "statut", "parcours", "etape"
_SLUG = re.compile(r"[\w-]{1,80}\Z")


def kept(request: HttpRequest, **changes: str) -> dict[str, str]:
    """The choices of the address that mean something, with ``changes``; an empty one is dropped."""
    chosen = {name: request.GET.get(name, "") for name in (FORM, JOURNEY, STEP)} | changes
    if chosen[FORM] not in LegalForm.values:
        chosen[FORM] = ""
    return {name: value for name, value in chosen.items() if _SLUG.match(value)}


def kept_query(request: HttpRequest, **changes: str) -> str:
    """The same as the end of an address: « ?statut=scic », or nothing."""
    chosen = kept(request, **changes)
    return f"?{urlencode(chosen)}" if chosen else ""
