"""Views of wagtail-localize that ask for one general permission also ask for that on the page.

They stand at the same addresses and answer first, because their hook runs earlier.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.edit_translation import user_can_edit_instance
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

ANY_PAGE_ACTION = ("add", "change", "publish")
ANY_MODEL_ACTION = ("add", "change", "delete", "view")


def require_edit(request: HttpRequest, instance: Model) -> None:
    """Raise PermissionDenied unless the user may edit this page or snippet."""
    if not user_can_edit_instance(request.user, instance):
        raise PermissionDenied


class GuardedSubmitPage(SubmitPageTranslationView):
    def get_object(self) -> Page:
        page = super().get_object()
        require_edit(self.request, page)
        return page


class GuardedSubmitSnippet(SubmitSnippetTranslationView):
    def get_object(self) -> Model:
        snippet = super().get_object()
        require_edit(self.request, snippet)
        return snippet


class GuardedUpdate(UpdateTranslationsView):
    def get_object(self) -> TranslationSource:
        source = super().get_object()
        try:
            instance = source.get_source_instance()
        except source.specific_content_type.model_class().DoesNotExist as error:
            raise Http404 from error
        require_edit(self.request, instance)
        return source


class GuardedReport(TranslationsReportView):
    """It names pages that are still drafts: only for those who work on pages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not page_permission_policy.user_has_any_permission(request.user, ANY_PAGE_ACTION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class GuardedSnippets(SnippetViewSet):
    """It names every row of any snippet, requests for help included."""

    def get_queryset(self) -> QuerySet[Model]:
        policy = policy_registry.get_by_type(self.get_model())
        if not policy.user_has_any_permission(self.request.user, ANY_MODEL_ACTION):
            raise PermissionDenied
        return super().get_queryset()


def guarded_urls() -> list[URLPattern]:
    one = "localize/api/snippets/<slug:app_label>/<slug:model_name>/"
    report = "localize/reports/translations/"
    return [
        path("localize/submit/page/<int:page_id>/", GuardedSubmitPage.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            GuardedSubmitSnippet.as_view(),
        ),
        path("localize/update/<int:translation_source_id>/", GuardedUpdate.as_view()),
        path(report, GuardedReport.as_view()),
        path(f"{report}results/", GuardedReport.as_view(results_only=True)),
        path(one, GuardedSnippets.as_view({"get": "list"})),
        path(f"{one}<str:pk>/", GuardedSnippets.as_view({"get": "retrieve"})),
    ]
