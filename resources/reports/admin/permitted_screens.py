"""The screens of campaigns that list no rows of their own, each for those who hold its permission."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet


class Permitted:
    """For a view: those who hold one of its permissions open it."""

    permissions: ClassVar[tuple[str, ...]]

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not any(request.user.has_perm(name) for name in self.permissions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class PermittedScreen(Permitted, WagtailAdminTemplateMixin, TemplateView):
    """A page of the administration; subclasses give its title, icon, template and permissions."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, here]


class Screens(ViewSet):
    """The addresses of some screens: their path and name, the one of the menu first."""

    views: ClassVar[tuple[tuple[str, str, Callable[..., Any]], ...]]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path(route, view, name=name) for route, name, view in self.views]
