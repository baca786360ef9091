"""What the database would refuse to delete is refused before, with a sentence instead of an error."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import router
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page


def holding(rows: QuerySet[Any]) -> set[Any]:
    """The rows that would have to go first; none when these may be deleted."""
    try:
        Collector(using=router.db_for_write(rows.model), origin=rows).collect(rows)
    except ProtectedError as error:
        return set(error.protected_objects)
    except RestrictedError as error:
        return set(error.restricted_objects)
    return set()


def told(instance: Model, held_by: Iterable[Model]) -> str:
    counts = Counter(label for row in held_by if (label := _label(row)))
    return _("“%(name)s” cannot be deleted: these depend on it: %(kinds)s.") % {
        "name": instance,
        "kinds": ", ".join(f"{label} ({count})" for label, count in sorted(counts.items())),
    }


def _label(row: Model) -> str:
    """What people call it; nothing for what they never see, whose name is that of its class."""
    return str(row._meta.original_attrs.get("verbose_name", ""))


def refusals(instances: Iterable[Model]) -> list[str]:
    """Why these cannot be deleted, a sentence each."""
    found = []
    for instance in instances:
        rows = (
            instance.get_descendants(inclusive=True)
            if isinstance(instance, Page)
            else type(instance)._default_manager.filter(pk=instance.pk)
        )
        held_by = holding(rows)
        if held_by:
            found.append(capfirst(told(instance, held_by)))
    return found


def keep_snippets(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    instances = list(instances)
    found = refusals(instances)
    for sentence in found:
        messages.error(request, sentence)
    if not found:
        return None
    return redirect(type(instances[0]).snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]


def keep_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    found = refusals([page])
    for sentence in found:
        messages.error(request, sentence)
    return redirect("wagtailadmin_pages:edit", page.pk) if found else None


def keep_pages(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Snippets have their own hook, which comes before; here are several pages at once."""
    pages = [item for item in objects if isinstance(item, Page)]
    if action_type != "delete" or not pages:
        return None
    found = refusals(pages)
    for sentence in found:
        messages.error(request, sentence)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk) if found else None
