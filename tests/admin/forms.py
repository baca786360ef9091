"""Fills the forms of the admin as a browser would send them."""

from typing import Any

from wagtail.blocks.base import BlockField
from wagtail.test.utils.form_data import querydict_from_html

FORM = "page-edit-form"


def page_form(response: Any) -> dict[str, Any]:
    """The fields of a page form as it was served, without its buttons.

    Streams are drawn by a script: they come back empty.
    """
    fields = querydict_from_html(response.content.decode(), form_id=FORM)
    data = {name: fields.getlist(name) for name in fields}
    form = response.context["form"]
    streams = [name for name, field in form.fields.items() if isinstance(field, BlockField)]
    return data | {f"{name}-count": "0" for name in streams}
