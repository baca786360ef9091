"""The buttons of « Ma sélection » and what the header says of it. No query: the cookie tells."""

from typing import Any

from django import template
from django.http import HttpRequest

from resources.selection.chosen import Selection
from resources.selection.cookie import selection_of

register = template.Library()


@register.inclusion_tag("components/select_button.html", takes_context=True)
def select_button(context: Any, pk: int, title: str, kind: str = "") -> dict[str, Any]:
    """A button that adds to the selection, or removes from it; see `components/select_form.html`.

    ``kind`` is ``f`` for a file, nothing for a page.
    """
    item = f"{kind}{pk}"
    return {"item": item, "title": title, "chosen": item in _of(context)}


@register.simple_tag(takes_context=True)
def my_selection(context: Any) -> Selection:
    return _of(context)


def _of(context: Any) -> Selection:
    request = context.get("request")
    return selection_of(request) if isinstance(request, HttpRequest) else Selection()
