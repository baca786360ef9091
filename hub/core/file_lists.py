"""The list of files and the report of those to check: what is wrong with each, and a filter."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents.views.documents import DocumentsFilterSet, IndexView
from wagtail.permissions import policy_registry

from hub.core.file_checks import CHOICES, Problem, ids_with, problems_of
from hub.core.menu_items import ActorsItem
from hub.core.models import HubDocument, HubImage
from hub.core.spreadsheets import InertCells

ANY = "any"
DOCUMENT_CODES = [choice for choice in CHOICES if choice[0] != "alt"]
HEADING = pgettext_lazy("heading of a column", "To check")


class ProblemColumn(Column):
    cell_template_name = "core/admin/problems_cell.html"

    def get_value(self, instance: HubDocument) -> list[Problem]:
        return instance.problems

    class Media:
        css = {"all": ["core/css/files_admin.css"]}


def with_problem(documents: QuerySet[HubDocument], _name: str, code: str) -> QuerySet[HubDocument]:
    if not code:
        return documents
    rows = HubDocument.objects.defer("tags")
    return documents.filter(pk__in=ids_with("" if code == ANY else code, rows))


class FilesFilterSet(DocumentsFilterSet):
    problem = django_filters.ChoiceFilter(
        label=_("to check"), choices=[(ANY, _("Anything")), *DOCUMENT_CODES], method=with_problem
    )

    class Meta(DocumentsFilterSet.Meta):
        fields: Sequence[str] = []


class FilesIndex(IndexView):
    """Wagtail's list of documents, with what an editor should do about each."""

    filterset_class = FilesFilterSet

    @cached_property
    def columns(self) -> list[BaseColumn]:
        columns = list(super().columns)
        return [*columns[:3], ProblemColumn("problems", label=HEADING), *columns[3:]]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        documents = super().decorate_paginated_queryset(object_list)
        found = problems_of(list(documents))
        for document in documents:
            document.problems = found[document.pk]
        return documents


class ToCheckFilterSet(WagtailFilterSet):
    problem = django_filters.ChoiceFilter(
        label=_("to check"), choices=CHOICES, empty_label=_("Anything"), method="leave"
    )

    class Meta:
        model = HubDocument
        fields = ("problem",)

    def leave(self, rows: Any, _name: str, _code: str) -> Any:
        """The view applies it: files and pictures stand in the same list."""
        return rows


class Row:
    """One file or picture of the report."""

    def __init__(self, file: HubDocument | HubImage, problems: list[Problem]) -> None:
        self.file, self.problems, self.title = file, problems, file.title
        picture = isinstance(file, HubImage)
        name = "wagtailimages:edit" if picture else "wagtaildocs:edit"
        self.edit_url = reverse(name, args=[file.pk])
        self.kind = _("Picture") if picture else _("File")

    @property
    def said(self) -> str:
        return " ; ".join(problem.label for problem in self.problems)

    @property
    def advice(self) -> str:
        return " ".join(problem.advice for problem in self.problems)


class ToCheckView(InertCells, ReportView):
    """Every file and picture with something to do, for whoever may change it."""

    model = HubDocument
    page_title = _("Files to check")
    header_icon = "warning"
    any_permission_required = ["add", "change", "delete"]
    filterset_class = ToCheckFilterSet
    index_url_name = "files_to_check:index"
    index_results_url_name = "files_to_check:results"
    results_template_name = "core/admin/to_check_results.html"
    export_filename = "fichiers-a-verifier"
    list_export = ("title", "kind", "said", "advice", "edit_url")
    export_headings = {
        "title": _("Title"),
        "kind": _("Kind"),
        "said": HEADING,
        "advice": _("What to do"),
        "edit_url": _("Address"),
    }
    columns: list[BaseColumn] = [
        TitleColumn("title", label=_("Title"), get_url=lambda row: row.edit_url),
        Column("kind", label=_("Kind")),
        ProblemColumn("problems", label=HEADING),
    ]

    def get_filtered_queryset(self) -> list[Row]:
        code = self.filters.form.cleaned_data["problem"] if self.filters.is_valid() else ""
        rows = []
        for model in (HubDocument, HubImage):
            mine = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
                self.request.user, ["change"]
            )
            files = list(mine.order_by("title", "pk"))
            found = problems_of(files)
            rows += [Row(file, found[file.pk]) for file in files if found[file.pk]]
        return [r for r in rows if not code or any(p.code == code for p in r.problems)]


def menu_item() -> MenuItem:
    return ActorsItem(
        _("Files to check"),
        reverse("files_to_check:index"),
        name="files-to-check",
        icon_name="warning",
        order=1000,
        model=HubDocument,
        actions=["add", "change", "delete"],
    )


LISTS: list[URLPattern] = [
    path("documents/", FilesIndex.as_view()),
    path("documents/results/", FilesIndex.as_view(results_only=True)),
]
URLS: list[URLPattern] = [
    path("", ToCheckView.as_view(), name="index"),
    path("results/", ToCheckView.as_view(results_only=True), name="results"),
]
