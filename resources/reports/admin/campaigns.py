"""The list and the form of campaigns, and what leads from them to the other screens."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.messages import warning
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.messages import render
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from hub.core.row_edits import RowAddView, RowEditView
from hub.core.snippets import InertIndexView, UnchosenViewSet
from resources.reports.admin.campaign_form import CampaignForm
from resources.reports.admin.exchange import ExportView, ImportView
from resources.reports.admin.invitation_screen import INVITE
from resources.reports.admin.paths import PathsView
from resources.reports.admin.screens import address
from resources.reports.admin.season import NewSeasonView
from resources.reports.admin.trying import TryView
from resources.reports.models import Campaign
from resources.reports.questionnaire.default import FIRST_SEASON, default_questionnaire
from resources.reports.questionnaire.stream import to_stream
from resources.reports.seasons import names_of

KEYS_HELP = _(
    "Move a section or a question by its handle, copy it with its button. A question is shown "
    "always, unless “Shown only if” says otherwise, for instance <code>lieu = autre</code>, "
    "<code>canaux has sms</code>, <code>lieu is answered</code>, "
    "<code>not horaire_change</code>; the words before the sign are the key of an earlier "
    "question, those after it the key of one of its answers. Keys stand under the wheel of "
    "the settings; leave them empty, they are proposed when you save. “Compose” writes a "
    "condition from the words."
)


class CampaignAddView(RowAddView):
    """Begins with the questionnaire that the project ships; saved by hand, because it is long, and
    a question half written is no question yet."""

    def get_initial_form_instance(self) -> Campaign:
        newest = Campaign.objects.order_by("-season").first()
        season = newest.season + 1 if newest else FIRST_SEASON
        campaign = Campaign(
            **names_of(season),
            season=season,
            languages=["fr", "en"],
            opens_at=_paris(season, 6, 1, 9),
            closes_at=_paris(season, 9, 30, 18),
        )
        field = campaign._meta.get_field("sections")
        campaign.sections = field.to_python(to_stream(default_questionnaire()))
        return campaign


def _paris(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=timezone.get_default_timezone())


def screen_buttons(campaign: Campaign, user: Any) -> list[Button]:
    """Where one may go from a campaign: in the order of a season."""
    doors = [
        (address("try", campaign), now("Try the questionnaire"), "view"),
        (address("paths", campaign), now("Possible paths"), "list-ol"),
        (address("new_season", campaign), now("New season"), "copy"),
        (address("export", campaign), now("Export the questionnaire"), "download"),
        (address("import", campaign), now("Import a questionnaire"), "upload"),
    ]
    if user.has_perm(INVITE):
        doors += [
            (
                reverse("invitations:list", args=[campaign.pk]),
                now("Invited co-operatives"),
                "group",
            ),
            (reverse("invitations:mails", args=[campaign.pk]), now("Mails"), "mail"),
            (reverse("invitations:tracker", args=[campaign.pk]), now("Follow-up"), "tasks"),
        ]
    return [
        Button(label, url=url, icon_name=icon, priority=50 + place)
        for place, (url, label, icon) in enumerate(doors)
    ]


class CampaignEditView(RowEditView):
    def get_form(self, form_class: Any = None) -> CampaignForm:
        form: CampaignForm = super().get_form(form_class)
        if not form.is_bound and (told := form.tell_problems()):
            head = now("This draft is kept, but cannot be published yet. To mend:")
            listed = format_html_join("", "<li>{}</li>", ((line,) for line in told))
            detail = format_html('<ul class="errorlist">{}</ul>', listed)
            warning(self.request, render(head, None, detail))
        return form

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *screen_buttons(self.object, self.request.user)]


class CampaignListView(InertIndexView):
    def get_list_more_buttons(self, instance: Campaign) -> list[Button]:
        more = super().get_list_more_buttons(instance)
        if self.user_has_permission("change"):
            more += screen_buttons(instance, self.request.user)
        return more


class CampaignViewSet(UnchosenViewSet):
    model = Campaign
    icon = "form"
    menu_label = _("All campaigns")
    menu_name = "campaigns-list"
    menu_hook = "register_campaigns_menu_item"
    menu_order = 10
    index_view_class = CampaignListView
    add_view_class = CampaignAddView
    edit_view_class = CampaignEditView
    list_display = (
        "title_fr",
        "season",
        "opens_at",
        "closes_at",
        Column("phase", label=_("State"), accessor=lambda campaign: campaign.phase().label),
    )
    list_export = ("title_fr", "season", "opens_at", "closes_at")
    list_filter = ("season",)
    search_fields = ("title_fr", "title_en")
    inspect_view_fields = ("title_fr", "title_en", "season", "opens_at", "closes_at")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("title_fr"), FieldPanel("title_en")]),
                    FieldRowPanel([FieldPanel("season"), FieldPanel("slug")]),
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                    FieldPanel("evening_opens_at"),
                    FieldPanel("languages", heading=_("Languages")),
                    MultiFieldPanel(
                        [
                            FieldPanel("intro_fr"),
                            FieldPanel("intro_en"),
                            FieldPanel("thanks_fr"),
                            FieldPanel("thanks_en"),
                        ],
                        heading=_("Texts"),
                    ),
                ],
                heading=_("Campaign"),
            ),
            ObjectList(
                [
                    HelpPanel(content=KEYS_HELP, template="reports/admin/conditions.html"),
                    FieldPanel("sections"),
                ],
                heading=_("Questionnaire"),
            ),
            ObjectList([InlinePanel("mails", label=_("Mail"))], heading=_("Mails")),
            ObjectList(
                [
                    FieldPanel("open_to_all"),
                    FieldPanel("mails_a_minute"),
                    FieldRowPanel([FieldPanel("smallest_cell"), FieldPanel("fewest_ranked")]),
                    FieldPanel("drafts_kept_days"),
                    FieldPanel("contacts_kept_months"),
                    FieldPanel("refused_kept_months"),
                    FieldPanel("is_example"),
                ],
                heading=_("Limits"),
            ),
        ],
        base_form_class=CampaignForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        screens = (
            ("try", TryView, "try"),
            ("season", NewSeasonView, "new_season"),
            ("paths", PathsView, "paths"),
            ("export", ExportView, "export"),
            ("import", ImportView, "import"),
        )
        ours = [
            path(f"{route}/<int:pk>/", self.construct_view(view), name=name)
            for route, view, name in screens
        ]
        return [*super().get_urlpatterns(), *ours]


register_snippet(CampaignViewSet)
