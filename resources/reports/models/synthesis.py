from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from resources.models.base import ResourcePage, resource_tabs
from resources.reports.models.campaign import Campaign
from resources.reports.synthesis import open_data, shown
from resources.reports.synthesis.blocks import PartsStream
from resources.reports.synthesis.panel import BuildPanel
from resources.reports.synthesis.parts import QUOTE
from resources.reports.synthesis.serving import send_pdf
from search.documents import Section


class SynthesisPage(RoutablePageMixin, ResourcePage):
    """What the answers of a campaign say: drafted from them, finished by an editor."""

    resource_type: ClassVar[str] = "synthesis"
    type_label = _("Synthesis")
    schema_type = "Report"

    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="syntheses",
        verbose_name=_("campaign"),
        help_text=_("Whose answers it sums up. Drafts are made from the list of campaigns."),
    )
    parts = StreamField(PartsStream(), blank=True, verbose_name=_("synthesis"))
    # Of the last build: its figures, the digests of what it wrote by origin, and what it proposes
    # instead of what an editor rewrote. They go with the revision, as the parts do.
    built = models.JSONField(default=dict, blank=True, editable=False)
    known = models.JSONField(default=dict, blank=True, editable=False)
    proposals = models.JSONField(default=dict, blank=True, editable=False)
    built_at = models.DateTimeField(_("figures of"), null=True, blank=True, editable=False)

    content_panels = [
        *ResourcePage.content_panels[:2],
        FieldPanel("campaign", read_only=True),
        BuildPanel(heading=_("Figures")),
        FieldPanel("parts"),
        FieldPanel("body", heading=_("After the synthesis")),
    ]
    edit_handler = resource_tabs(content_panels)
    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("campaign"),
    ]

    class Meta:
        verbose_name = _("synthesis")
        verbose_name_plural = _("syntheses")

    @property
    def is_example(self) -> bool:
        """Whether the co-ops that it sums up were made up."""
        return bool(self.campaign and self.campaign.is_example)

    @property
    def pdf_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('pdf')}"

    @property
    def csv_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('csv')}"

    @property
    def json_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('json')}"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return context | shown.context(self)

    def get_route_paths(self) -> list[str]:
        """The addresses that keep working when the page moves."""
        return ["/", "/pdf/", "/donnees/csv/", "/donnees/json/"]

    @path("pdf/", name="pdf")
    def pdf(self, request: HttpRequest) -> HttpResponseBase:
        return send_pdf(request, self)

    @path("donnees/csv/", name="csv")
    def csv(self, request: HttpRequest) -> HttpResponse:
        return open_data.as_csv(self)

    @path("donnees/json/", name="json")
    def json(self, request: HttpRequest) -> HttpResponse:
        return open_data.as_json(self)

    def search_sections(self) -> list[Section]:
        """Quotes are left out: one that is taken back is then nowhere in the index."""
        words = [self.block_text(block) for block in self.parts if block.block_type != QUOTE]
        return [Section("\n".join(words)), *super().search_sections()]

    def search_card(self) -> dict[str, Any]:
        return super().search_card() | {"is_example": self.is_example}
