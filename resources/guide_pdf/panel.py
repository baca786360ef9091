"""What the form of a guide says of its PDF: made when, or why not."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from resources.models.guide_pdf import GuidePdf


class GuidePdfPanel(Panel):
    """Read only: the file follows the guide by itself."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "resources/admin/guide_pdf_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            row = GuidePdf.objects.filter(guide_id=self.instance.pk).first()
            return context | {"pdf": row, "guide": self.instance}
