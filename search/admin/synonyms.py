"""Synonym rules: the form explains the two kinds, and names what is wrong with a rule."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, BooleanColumn
from wagtail.snippets.views.snippets import CreateView

from hub.core.row_edits import RowEditView
from hub.core.snippets import InertIndexView, UnchosenViewSet
from search.admin.rule_problems import Checker
from search.admin.screens import RoomyColumn
from search.models import Synonym
from search.query import clean
from search.synonym_checks import Problem
from search.synonyms import SynonymError, parse_rule

LONGEST_LIST = 3


class SynonymForm(WagtailAdminModelForm):
    """Refuses a rule that would do nothing; the other problems are said once it is saved."""

    problems: list[Problem]
    checker: Checker

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.checker, self.problems = Checker(), []
        words, targets = cleaned.get("words", ""), cleaned.get("targets", "")
        try:
            rule = parse_rule(f"{words} => {targets}" if targets else words)
        except SynonymError:
            return cleaned  # the model says why
        if cleaned.get("enabled"):
            self.problems = self.checker.problems(rule, self.instance.pk)
        return cleaned

    def _post_clean(self) -> None:
        """Refuse once the model has read the words: without them, it would ask for some."""
        super()._post_clean()
        for problem in self.problems:
            if problem.is_idle:
                self.add_error("words", self.checker.sentence(problem))


class SaysProblems:
    """For a view that saves a rule: names what is wrong with it, without standing in the way."""

    form: SynonymForm
    request: Any

    def save_action(self) -> Any:
        response = super().save_action()  # type: ignore[misc]
        for problem in self.form.problems:
            messages.warning(self.request, self.form.checker.sentence(problem))
        return response


class SynonymCreateView(SaysProblems, CreateView):
    """The address may give the first words: that is how a report of searches leads here."""

    def get_initial(self) -> dict[str, Any]:
        words = clean(self.request.GET.get("words")).replace(",", " ")
        return {**super().get_initial(), **({"words": words} if words else {})}


class SynonymEditView(SaysProblems, RowEditView):
    pass


class SynonymFilterSet(WagtailFilterSet):
    problems = django_filters.ChoiceFilter(
        label=_("problems"),
        choices=[("some", _("with a problem"))],
        method="with_problems",
        empty_label=_("all rules"),
    )

    class Meta:
        model = Synonym
        fields = ("enabled",)

    def with_problems(
        self, synonyms: QuerySet[Synonym], _name: str, _value: str
    ) -> QuerySet[Synonym]:
        return synonyms.filter(pk__in=Checker().with_problems(synonyms))


class SynonymIndexView(InertIndexView):
    """The rules, each with what is wrong with it."""

    @cached_property
    def checker(self) -> Checker:
        return Checker()

    @cached_property
    def columns(self) -> list[BaseColumn]:
        problems = RoomyColumn(
            "problems", label=_("Problems"), accessor=self.said, classname="search-problems"
        )
        return [*super().columns, problems]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.found = {} if self.is_export else self.checker.with_problems(context["object_list"])
        return context

    def said(self, synonym: Synonym) -> SafeString:
        found = self.found.get(synonym.pk, [])[:LONGEST_LIST]
        return format_html_join("", "<p>{}</p>", ((self.checker.sentence(p),) for p in found))


class SynonymViewSet(UnchosenViewSet):
    model = Synonym
    icon = "resubmit"
    menu_label = _("Synonyms")
    index_view_class = SynonymIndexView
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    filterset_class = SynonymFilterSet
    list_display = ("words", "targets", BooleanColumn("enabled", label=_("Enabled")))
    list_export = ("words", "targets", "enabled")
    search_fields = ("words", "targets")
    edit_handler = ObjectList(
        [
            HelpPanel(template="search/admin/synonym_help.html"),
            FieldPanel("words"),
            FieldPanel("targets"),
            FieldPanel("enabled"),
        ],
        base_form_class=SynonymForm,
    )
