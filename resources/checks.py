"""Invariants of the resource types, checked at each start."""

from django.core.checks import CheckMessage, Error, register

from resources.types import resource_types


@register
def types_are_whole(app_configs: object, **options: object) -> list[CheckMessage]:
    """Each type has a value, a label and a place in the page tree of its own."""
    problems: list[CheckMessage] = []
    for value, model in resource_types().items():
        if not value.isalpha() or not model.type_label:
            problems.append(
                Error(
                    "A resource type needs a value in letters and a label.",
                    obj=model,
                    id="resources.E001",
                )
            )
    return problems
