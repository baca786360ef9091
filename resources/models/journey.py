from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StructValue
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from resources.blocks import JourneyPhaseBlock
from resources.cards import Card
from resources.chosen import chosen_ids, raw_values
from resources.models.base import ResourcePage, resource_tabs
from resources.step_cards import sheets_of
from resources.vocabulary import Phase
from search.documents import Section

LINKS = ("practices", "resources", "testimonies")


class JourneyPage(RoutablePageMixin, ResourcePage):
    """The way of a member through the co-operative year, phase by phase, step by step."""

    resource_type: ClassVar[str] = "journey"
    type_label = _("Journey")
    schema_type = "HowTo"

    phases = StreamField([("phase", JourneyPhaseBlock())], blank=True, verbose_name=_("phases"))

    content_panels = [*ResourcePage.content_panels, FieldPanel("phases")]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("journey")

    def linked_ids(self) -> dict[str, list[int]]:
        return super().linked_ids() | {"steps": chosen_ids(self.phases, *LINKS)}

    @cached_property
    def shown_phases(self) -> list[dict]:
        """Phases → steps, with the cards of what each step links to and anybody may read."""
        cards = self.linked_cards
        return [
            {
                "key": phase["key"],
                "label": Phase(phase["key"]).label,
                "title": phase["title"],
                "intro": phase.get("intro", ""),
                "steps": [_shown(step, cards) for step in phase["steps"]],
            }
            for phase in raw_values(self.phases)
        ]

    @property
    def cards_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('cards')}"

    def get_route_paths(self) -> list[str]:
        return ["/", "/cartes/"]

    @path("cartes/", name="cards")
    def cards(self, request: HttpRequest) -> HttpResponse:
        """The steps as cards to print and cut, all of them or those of one phase."""
        asked = request.GET.get("phase", "")
        phase = asked if asked in {phase["key"] for phase in raw_values(self.phases)} else ""
        return self.render(
            request,
            context_overrides={
                # Called by the template, once the frame has read every card of the page.
                "sheets": lambda: sheets_of(self.shown_phases, self.get_full_url() or "", phase),
                "chosen_phase": phase,
            },
            template="resources/journey_cards.html",
        )

    def search_card(self) -> dict[str, Any]:
        """The card knows the steps, so that each linked page can say where it stands."""
        places = [
            {
                "phase": phase["key"],
                "phase_title": phase["title"],
                "title": step["title"],
                "slug": step["slug"],
                "pages": [pk for name in LINKS for pk in step.get(name) or []],
            }
            for phase in raw_values(self.phases)
            for step in phase["steps"]
        ]
        return super().search_card() | {"places": places}

    def search_sections(self) -> list[Section]:
        """One section a step, so that a result opens at the step."""
        steps = [section for phase in self.phases for section in _sections(phase.value)]
        return [*super().search_sections(), *steps]


def _sections(phase: StructValue) -> Iterator[Section]:
    step_block = phase.block.child_blocks["steps"].child_block
    yield Section(f"{phase['title']}\n{phase['intro'] or ''}")
    for step in phase["steps"]:
        text = "\n".join(map(str, step_block.get_searchable_content(step)))
        yield Section(text, f"{phase['title']} · {step['title']}", f"#{step['slug']}")


def _shown(step: dict, cards: dict[int, Card]) -> dict:
    linked = {name: [cards[pk] for pk in step.get(name) or [] if pk in cards] for name in LINKS}
    words = {name: step.get(name, "") for name in ("title", "slug", "who", "goal", "text")}
    return words | linked
