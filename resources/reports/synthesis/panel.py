"""What the form of a synthesis says of its figures: of when, and what they propose to reword."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class BuildPanel(Panel):
    """Read only: figures are built again from the screen of the campaign."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "reports/admin/synthesis_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | {"synthesis": self.instance}
