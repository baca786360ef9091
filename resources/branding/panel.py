"""Tells an editor whether the file of a page can take the logo of a co-op."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel

from resources.branding.marks import LOGO_WORDS
from resources.branding.templates import FORMATS, marks_of


class MarksPanel(Panel):
    """Reads the stored file: a file chosen just now is told about once the page is saved."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            return format_html('<p class="help">{}</p>', told(self.instance.file))


def told(document: Any) -> str:
    """The sentence about a file, or about none."""
    if not document:
        return _("Choose a file: this place will say whether co-ops can put their logo in it.")
    marks = marks_of(document)
    if marks.is_template:
        zones = ngettext("%(count)s zone for the logo", "%(count)s zones for the logo", marks.logos)
        names = ngettext("%(count)s for the name", "%(count)s for the name", marks.names)
        found = f"{zones % {'count': marks.logos}}, {names % {'count': marks.names}}"
        return _("Found in this file: %(found)s. Its page offers “In your colours”.") % {
            "found": found
        }
    if document.format not in FORMATS:
        return _("Only DOCX, PPTX and ODT files can take the logo of a co-op.")
    return _(
        "No zone for a logo in this file. To make one, put a picture where the logo must stand and"
        " give it the alternative text “%(words)s”; write [nom de la coopérative] for the name."
    ) % {"words": LOGO_WORDS}
