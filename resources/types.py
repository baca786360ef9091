"""The resource types, read from the models: a new type is known everywhere by existing."""

from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from resources.models import ResourcePage


@cache
def resource_types() -> "dict[str, type[ResourcePage]]":
    """Return every resource type by its value (``guide``…), in the order of the models."""
    return {
        model.resource_type: model
        for model in apps.get_models()
        if getattr(model, "resource_type", "") and isinstance(model.resource_type, str)
    }


def type_choices() -> list[tuple[str, str]]:
    return [(value, model.type_label) for value, model in resource_types().items()]
