"""Where an editor brings a sheet of terms in: send it, look at every change, then say yes or no."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.generic import TemplateView
from wagtail.admin.compare import diff_text
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from hub.core.uploads import UploadRefused, check_upload
from resources.models import GlossaryIndexPage, GlossarySheet
from resources.terms.applying import ChangedMeanwhileError, RefusedError, apply_sheet
from resources.terms.plan import FieldChange, Plan, plan_of
from resources.terms.sheet import COLUMNS, MOST_LINES, UnreadableError, read_sheet

KEPT = timedelta(days=7)
SHOWN = 200  # changes, then problems: what follows is counted


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )

    def clean_file(self) -> Any:
        """The file, once it is known to hold lines that can be compared."""
        file = self.cleaned_data["file"]
        try:
            content = file.read()
            read_sheet(content)
            check_upload("terms.csv", file)
        except (UnreadableError, UploadRefused) as error:
            raise forms.ValidationError(str(error)) from error
        self.cleaned_data["content"] = content
        return file


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """For those who may write in the French glossary; its translations follow in their own screens."""

    page_title = gettext_lazy("Import terms of the glossary")
    header_icon = "upload"
    place: GlossaryIndexPage

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.place = get_object_or_404(GlossaryIndexPage, locale__language_code="fr")
        if not self.place.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class SendView(Screen):
    template_name = "resources/admin/glossary_import.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or SheetForm()
        with override("fr"):
            sheet = reverse("glossary_csv")
        more = {"form": form, "columns": COLUMNS, "most": MOST_LINES, "sheet_url": sheet}
        return super().get_context_data(**kwargs) | more

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        GlossarySheet.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
        sheet = GlossarySheet.objects.create(
            user=request.user,
            name=form.cleaned_data["file"].name[:200],
            content=form.cleaned_data["content"],
        )
        return redirect("glossary_import:changes", sheet.pk)


class ChangesView(Screen):
    template_name = "resources/admin/glossary_changes.html"

    @cached_property
    def sent(self) -> GlossarySheet:
        return get_object_or_404(GlossarySheet, pk=self.kwargs["pk"], user=self.request.user)

    @cached_property
    def plan(self) -> Plan:
        return plan_of(read_sheet(bytes(self.sent.content)), self.place, self.request.user)

    def get_page_title(self) -> str:
        return _("Changes of %(file)s") % {"file": self.sent.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, writes = self.plan, self.plan.writes
        return super().get_context_data(**kwargs) | {
            "plan": plan,
            "counts": _counts(plan),
            "problems": plan.problems[:SHOWN],
            "more_problems": max(0, len(plan.problems) - SHOWN),
            "changes": [
                {"change": change, "fields": [(f, difference(f)) for f in change.fields]}
                for change in writes[:SHOWN]
            ],
            "more_changes": max(0, len(writes) - SHOWN),
            "basis": json.dumps(plan.basis),
            "may_publish": self.place.permissions_for_user(self.request.user).can_publish_subpage(),
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        sheet = read_sheet(bytes(self.sent.content))
        try:
            counts = apply_sheet(
                sheet,
                self.place,
                _seen(request.POST.get("basis", "")),
                user=request.user,
                publish=request.POST.get("then") == "publish",
            )
        except ChangedMeanwhileError as error:
            messages.error(
                request,
                _(
                    "Nothing was written: somebody changed %(terms)s since you looked. Here are "
                    "the changes as they would be now."
                )
                % {"terms": ", ".join(error.titles[:10])},
            )
            return self.render_to_response(self.get_context_data(), status=409)
        except RefusedError:
            return self.render_to_response(self.get_context_data(), status=422)
        self.sent.delete()
        messages.success(request, _done(counts))
        return redirect("wagtailadmin_explore", self.place.pk)


def difference(changed: FieldChange) -> SafeString:
    """What goes and what comes, word by word."""
    return diff_text(changed.before, changed.after).to_html()


def _seen(basis: str) -> dict[str, str]:
    try:
        found = json.loads(basis)
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def _counts(plan: Plan) -> list[str]:
    added, changed, unchanged = (
        len(plan.of_kind(kind)) for kind in ("added", "changed", "unchanged")
    )
    return [
        ngettext("%(number)s term added", "%(number)s terms added", added) % {"number": added},
        ngettext("%(number)s term changed", "%(number)s terms changed", changed)
        % {"number": changed},
        ngettext("%(number)s term unchanged", "%(number)s terms unchanged", unchanged)
        % {"number": unchanged},
    ]


def _done(counts: Any) -> str:
    written = counts["added"] + counts["changed"]
    said = ngettext("%(number)s term was written.", "%(number)s terms were written.", written)
    drafts = ngettext(
        "%(number)s of them is a draft.", "%(number)s of them are drafts.", counts["drafts"]
    )
    parts = [said % {"number": written}]
    if counts["drafts"]:
        parts.append(drafts % {"number": counts["drafts"]})
    return " ".join(parts)


class ImportScreens(ViewSet):
    """No entry in the menu: a button of the page of the glossary leads here."""

    name = "glossary_import"
    url_prefix = "glossary/import"
    icon = "upload"
    menu_label = gettext_lazy("Import terms of the glossary")
    views: ClassVar[tuple[tuple[str, str, Callable[..., Any]], ...]] = (
        ("", "send", SendView.as_view()),
        ("<int:pk>/", "changes", ChangesView.as_view()),
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path(route, view, name=name) for route, name, view in self.views]


class ImportItem(PageMenuItem):
    """What leads here from the page of the French glossary, for those who may write below it."""

    label = gettext_lazy("Import from a CSV file")
    icon_name = "upload"
    url_name = "glossary_import:send"

    def is_shown(self, user: Any) -> bool:
        page = self.page
        glossary = page.cached_content_type.model_class() is GlossaryIndexPage
        french = glossary and page.locale.language_code == "fr"
        return french and page.permissions_for_user(user).can_add_subpage()

    @cached_property
    def url(self) -> str:
        return reverse(self.url_name)
