"""Where the answers of a campaign are taken out: asked for, logged, downloaded."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from hub.core.menu_items import PermittedItem
from resources.reports.admin.permitted_screens import PermittedScreen, Screens
from resources.reports.exports.choosing import Which
from resources.reports.exports.sending import FORMATS, XLSX, sent
from resources.reports.exports.table import Table
from resources.reports.models import Campaign, DataAct

EXPORT = "reports.export_answers"
SHOWN = 20


class ExportForm(forms.Form):
    campaign = forms.ModelChoiceField(Campaign.objects.all(), label=_("Campaign"), empty_label=None)
    which = forms.ChoiceField(choices=Which.choices, label=_("Answers"), initial=Which.ALL)
    kind = forms.ChoiceField(
        choices=[(name, kind.label) for name, kind in FORMATS.items()],
        label=_("File"),
        initial=XLSX,
    )
    contacts = forms.BooleanField(
        required=False,
        label=_("With the names and addresses of the contacts"),
        help_text=_("Only if you need to write to them. Delete the file once this is done."),
    )

    def clean(self) -> dict[str, Any]:
        """A file for others to read never holds an address."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("contacts") and cleaned.get("which") == Which.PUBLISHABLE:
            self.add_error("contacts", _("What is to be published holds no contact."))
        return cleaned


class ExportView(PermittedScreen):
    permissions = (EXPORT,)
    page_title = _("Export answers")
    header_icon = "download"
    template_name = "reports/admin/exports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts = DataAct.objects.filter(kind=DataAct.Kind.EXPORT).select_related("campaign")
        form = kwargs.pop("form", None) or ExportForm()
        return super().get_context_data(**kwargs) | {"form": form, "acts": acts[:SHOWN]}

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = ExportForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        asked = form.cleaned_data
        table = Table(asked["campaign"], asked["which"], asked["contacts"])
        return sent(table, asked["kind"], user=request.user)


class ExportScreens(Screens):
    name = "campaign_exports"
    url_prefix = "campaigns/exports"
    icon = "download"
    menu_label = _("Export answers")
    views = (("", "index", ExportView.as_view()),)


@hooks.register("register_admin_viewset")
def export_screens() -> ExportScreens:
    return ExportScreens()


@hooks.register("register_campaigns_menu_item")
def export_item() -> MenuItem:
    return PermittedItem(
        _("Export answers"),
        reverse("campaign_exports:index"),
        name="campaign-exports",
        icon_name="download",
        order=70,
        permission=EXPORT,
    )
