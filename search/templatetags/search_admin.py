"""How the screens of the search write figures and names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return _("%(number)s%%") % {"number": number_format(min(share, 1) * 100, decimal_pos=0)}


@register.filter
def named(labels: Mapping[str, Any], name: str) -> Any:
    """The label of a name, or the name itself."""
    return labels.get(name, name)
