from typing import ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from resources.blocks import JourneyPhaseBlock
from resources.cards import Card, cards_by_id
from resources.models.base import ResourcePage, resource_tabs
from resources.vocabulary import Phase
from search.documents import Section

LINKS = ("practices", "resources", "testimonies")


class JourneyPage(ResourcePage):
    """The way of a member through the cooperative year, phase by phase, step by step."""

    resource_type: ClassVar[str] = "journey"
    type_label = _("Journey")
    schema_type = "HowTo"

    phases = StreamField([("phase", JourneyPhaseBlock())], blank=True, verbose_name=_("phases"))

    content_panels = [*ResourcePage.content_panels, FieldPanel("phases")]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("journey")

    @cached_property
    def shown_phases(self) -> list[dict]:
        """Phases → steps, with the cards of what each step links to and anybody may read."""
        ids = [
            page.pk
            for phase in self.phases
            for step in phase.value["steps"]
            for name in LINKS
            for page in step[name]
            if page
        ]
        cards = cards_by_id(ids, self.locale)
        return [
            {
                "key": phase.value["key"],
                "label": Phase(phase.value["key"]).label,
                "title": phase.value["title"],
                "intro": phase.value["intro"],
                "steps": [_shown(step, cards) for step in phase.value["steps"]],
            }
            for phase in self.phases
        ]

    def search_sections(self) -> list[Section]:
        phases = [
            Section(text=self.block_text(block), title=block.value["title"])
            for block in self.phases
        ]
        return [*super().search_sections(), *phases]


def _shown(step: dict, cards: dict[int, Card]) -> dict:
    linked = {
        name: [cards[page.pk] for page in step[name] if page and page.pk in cards]
        for name in LINKS
    }
    return {name: step[name] for name in ("title", "slug", "who", "goal", "text")} | linked
