"""Keeps the pages that the rest of the site stands on."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from home.models import HomePage
from resources.models import GlossaryIndexPage, LibraryPage, ResourceIndexPage

LOAD_BEARING = (HomePage, LibraryPage, ResourceIndexPage, GlossaryIndexPage)


def carries_others(pages: Iterable[Page]) -> bool:
    """Whether the home page or a list is among the pages or below one of them."""
    for page in pages:
        below = page.get_descendants(inclusive=True)
        if below.type(LOAD_BEARING).exists():
            return True
    return False


@hooks.register("before_delete_page")
def keep_what_others_stand_on(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A list that is no longer wanted is unpublished: deleted, it would take its pages along."""
    if not carries_others([page]):
        return None
    messages.error(
        request,
        _("The home page and the lists cannot be deleted: unpublish the page to hide it."),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_it_from_bulk_deletion(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    pages = [item for item in objects if isinstance(item, Page)]
    if request.method == "POST" and action_type == "delete" and carries_others(pages):
        raise PermissionDenied
