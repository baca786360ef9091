"""What a page of results needs to be counted."""

from __future__ import annotations

from typing import Any

from django import template

from search.counting import token_for

register = template.Library()


@register.simple_tag(takes_context=True)
def search_token(context: dict[str, Any]) -> str:
    """The token of the search that this list answers; "" when it is not to be counted.

    Editors who are signed in try searches: theirs are not those of readers.
    """
    user = getattr(context.get("request"), "user", None)
    if not context.get("query") or getattr(user, "is_authenticated", False):
        return ""
    return token_for(context["query"], context["selection"].locale, found=bool(context["total"]))
