"""What the administration says of a file: where it is used, and what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.db.models import Model

from hub.core.file_checks import problems_of
from hub.core.file_uses import uses_of

register = template.Library()


@register.inclusion_tag("core/admin/file_uses.html", takes_context=True)
def file_uses(context: Mapping[str, Any], target: Model) -> dict[str, Any]:
    """List the places that use a file, those that the person may open with a link."""
    return {"uses": uses_of([target], context["request"].user)[target.pk]}


@register.inclusion_tag("core/admin/file_checks.html")
def file_checks(target: Model) -> dict[str, Any]:
    """Say what an editor should do about a file, or that nothing is left to do."""
    return {"problems": problems_of([target])[target.pk]}
