"""Real pages for the tests of the search: guides below the site's root, in both languages."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from resources.models import GuidePage


def locale(code: str = "fr") -> Locale:
    """The locale of a language, made when absent."""
    return Locale.objects.get_or_create(language_code=code)[0]


def home(code: str = "fr") -> Page:
    """The page below which a language's pages stand."""
    french = Page.objects.filter(depth=2).order_by("path").first()
    if code == "fr":
        return french
    found = french.get_translation_or_none(locale(code))
    return found or french.copy_for_translation(locale(code), alias=False)


def guide(
    title: str, *, parent: Page | None = None, publish: bool = True, **fields: Any
) -> GuidePage:
    """A guide, published as an editor does, or left as a draft."""
    text = fields.pop("text", "")
    fields.setdefault("summary", "Une page.")
    if text:
        fields["body"] = [("paragraph", RichText(f"<p>{text}</p>"))]
    page = GuidePage(title=title, live=False, **fields)
    (parent or home()).add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return GuidePage.objects.get(pk=page.pk)
