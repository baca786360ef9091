"""The life of the data: who took what out, what goes next, and the erasure that a co-op asks for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from hub.core.menu_items import PermittedItem
from resources.reports import copies, erasure, retention
from resources.reports.admin.permitted_screens import PermittedScreen, Screens
from resources.reports.data_views import ErasureForm
from resources.reports.models import Answer, DataAct

ERASE = "reports.erase_answers"
A_PAGE = 50
MOST_FOUND = 20


class ActsView(PermittedScreen):
    """Every act on data, the latest first."""

    permissions = (ERASE,)
    page_title = _("Acts on data")
    header_icon = "history"
    template_name = "reports/admin/acts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts = DataAct.objects.select_related("campaign")
        pages = Paginator(acts, A_PAGE)
        return super().get_context_data(**kwargs) | {
            "acts": pages.get_page(self.request.GET.get("p")),
        }


class RetentionView(PermittedScreen):
    """What goes next, and when."""

    permissions = (ERASE,)
    page_title = _("What is erased next")
    header_icon = "calendar"
    template_name = "reports/admin/retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"plan": list(retention.plan())}


class ForACoopForm(ErasureForm):
    """The same question, in the words of somebody who erases for others."""

    sure = forms.BooleanField(
        label=_("Erase the answer and the contacts of this co-operative for good"),
        error_messages=ErasureForm.base_fields["sure"].error_messages,
    )


class FindForm(forms.Form):
    words = forms.CharField(
        label=_("Name of the co-operative, or an e-mail address"), max_length=150, required=False
    )


def found_by(words: str) -> QuerySet[Answer]:
    """Answers of a co-op, or of somebody's address."""
    contact = Q(participant__contacts__email__iexact=words) | Q(email__iexact=words)
    named = Q(organisation__name__icontains=words) | Q(coop_name__icontains=words)
    found = Answer.objects.filter(contact | named).select_related("campaign", "organisation")
    return found.distinct().order_by("-campaign__season", "pk")


class FindView(PermittedScreen):
    """Finds the answers of a co-op that writes to the federation."""

    permissions = (ERASE,)
    page_title = _("Data of a co-operative")
    header_icon = "search"
    template_name = "reports/admin/data_of.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("words", "").strip()[:150]
        found = found_by(words)[:MOST_FOUND] if words else []
        form = FindForm({"words": words} if words else None)
        return super().get_context_data(**kwargs) | {"form": form, "words": words, "found": found}


class OneAnswer:
    """For a screen about one answer."""

    kwargs: dict[str, Any]

    @cached_property
    def answer(self) -> Answer:
        answers = Answer.objects.select_related("campaign", "participant", "organisation")
        return get_object_or_404(answers, pk=self.kwargs["pk"])


class EraseView(OneAnswer, PermittedScreen):
    """Asks for confirmation, then erases; gives a copy before, if the co-op asked for one."""

    permissions = (ERASE,)
    page_title = _("Erase the data of a co-operative")
    header_icon = "bin"
    template_name = "reports/admin/erase.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or ForACoopForm()
        return super().get_context_data(**kwargs) | {"answer": self.answer, "form": form}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ForACoopForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        erasure.erase(self.answer, who=request.user.get_username(), user=request.user)
        messages.success(request, now("The data is erased."))
        return redirect("campaign_data_life:find")


class CopyView(OneAnswer, PermittedScreen):
    """The copy that a co-op asks for by mail: asked for by POST, because it is noted."""

    permissions = (ERASE,)
    page_title = _("Copy of the data of a co-operative")
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        answer = self.answer
        file = copies.archive(answer.campaign, answer.participant, answer)
        copies.log(answer.campaign, answer, who=request.user.get_username(), user=request.user)
        name = f"{answer.campaign.slug}-donnees.zip"
        return FileResponse(file, as_attachment=True, filename=name)


class DataLifeScreens(Screens):
    name = "campaign_data_life"
    url_prefix = "campaigns/data"
    icon = "history"
    menu_label = _("Life of the data")
    views = (
        ("", "index", ActsView.as_view()),
        ("next/", "next", RetentionView.as_view()),
        ("of/", "find", FindView.as_view()),
        ("of/<int:pk>/erase/", "erase", EraseView.as_view()),
        ("of/<int:pk>/copy/", "copy", CopyView.as_view()),
    )


@hooks.register("register_admin_viewset")
def data_life_screens() -> DataLifeScreens:
    return DataLifeScreens()


@hooks.register("register_campaigns_menu_item")
def data_life_item() -> MenuItem:
    return PermittedItem(
        _("Life of the data"),
        reverse("campaign_data_life:index"),
        name="campaign-data-life",
        icon_name="history",
        order=90,
        permission=ERASE,
    )
