"""How the screens of the search write figures and names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 as a whole percentage, with the space that French wants."""
    return f"{number_format(min(share, 1) * 100, decimal_pos=0)}\u202f%"


@register.filter
def named(labels: Mapping[str, Any], name: str) -> Any:
    """The label of a name, or the name itself."""
    return labels.get(name, name)
