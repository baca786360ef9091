"""The list and the form of campaigns."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.reports.admin.campaign_mails import SentMailsStayForm
from resources.reports.models import Campaign


class CampaignViewSet(SnippetViewSet):
    model = Campaign
    icon = "form"
    menu_label = _("Campaigns")
    menu_name = "campaigns-list"
    menu_hook = "register_campaigns_menu_item"
    menu_order = 10
    list_display = ["__str__", "season", "opens_at", "closes_at", "live"]
    list_filter = ["season"]
    search_fields = ["title_fr", "title_en"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("title_fr"), FieldPanel("title_en")]),
                    FieldRowPanel([FieldPanel("season"), FieldPanel("slug")]),
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                    FieldPanel("languages"),
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
            ObjectList([FieldPanel("sections")], heading=_("Questionnaire")),
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
        base_form_class=SentMailsStayForm,
    )


register_snippet(CampaignViewSet)
