"""What the form of a kit says of its zip."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from resources.kit_states import states_of


class KitStatePanel(Panel):
    """How far the zip is, its last version, and the button that has it packed again."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "resources/admin/kit_state_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.instance.first_published_at)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            kit = self.instance
            may_act = self.request.user.has_perm("resources.change_kitversion")
            context["state"] = states_of([kit.pk])[kit.pk]
            context["latest"] = kit.versions.order_by("-number").first()
            context["again_url"] = reverse("kit_report:again", args=[kit.pk]) if may_act else ""
            return context
