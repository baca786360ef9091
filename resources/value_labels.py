"""What a value of a facet is called, in the active language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from hub.core.languages import ContentLanguage
from resources.facets import REPORT_FACETS
from resources.types import resource_types
from resources.vocabulary import Step, Use

OPEN_FACETS = {"theme", "audience", "organisation", *REPORT_FACETS}


def value_label(facet: str, value: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    """The label of a value; ``rows`` are the labels of those that editors manage, by facet.

    A value that stands for nothing is its own label.
    """
    if facet in OPEN_FACETS:
        return rows.get(facet, {}).get(value, value)
    if facet == "type":
        model = resource_types().get(value)
        return str(model.type_label) if model else value
    closed = {"step": Step, "language": ContentLanguage, "use": Use}.get(facet)
    if closed is not None:
        return str(closed(value).label) if value in closed.values else value
    return _format_label(value) if facet == "format" else value


def _format_label(value: str) -> str:
    return {"page": _("Page to read"), "video": _("Video"), "zip": _("Zip archive")}.get(
        value, value.upper()
    )
