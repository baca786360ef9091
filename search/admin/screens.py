"""The screens of the search menu that list no rows of their own, and who may open them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

STEER = "search.steer_search"


class Steered:
    """For a view: only those who steer the search open it."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(STEER):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Screen(Steered, WagtailAdminTemplateMixin, TemplateView):
    """A page of the menu; subclasses give its title, its icon and its template."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, here]


class RoomyColumn(Column):
    """A column of words that a telephone shows by scrolling rather than letter by letter."""

    class Media:
        css = {"all": ["core/css/search_admin.css"]}


class SteeredItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(STEER))


class ScreenSet(ViewSet):
    """The addresses of a screen: `views` by their path and name, the one of the menu first."""

    views: ClassVar[tuple[tuple[str, str, Callable[..., Any]], ...]]

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return SteeredItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path(route, view, name=name) for route, name, view in self.views]
