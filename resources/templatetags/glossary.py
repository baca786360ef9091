"""Shows what editors wrote, with the words of the glossary explained where they stand."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.templatetags.wagtailcore_tags import richtext

from hub.core.links import with_file_facts
from hub.core.text import folded
from resources.glossary.forms import Term
from resources.glossary.placing import Section
from resources.glossary.state import glossary

register = template.Library()
SECTION = "glossary_section"
SHOWN = "glossary_terms"


@register.simple_tag(takes_context=True)
def rich_text(context: Context, text: Any) -> SafeString:
    """Show a rich text; the first use of a term in its section leads to the glossary.

    A text is a section of its own, unless it stands between `begin_sections` and the next heading.
    A term is not explained on its own page.
    """
    return linked(context, conditional_escape(richtext(text)))


@register.simple_tag(takes_context=True)
def linked(context: Context, html: SafeString) -> SafeString:
    """Show a rich text that is HTML already, as `rich_text` does."""
    html = with_file_facts(html)
    page = context.get("page")
    if not html or not getattr(page, "locale_id", None):
        return html
    own = page.slug if getattr(page, "resource_type", "") == "glossary" else ""
    section = context.get(SECTION) or Section()
    # Safe as the text itself: links are put around its words, and what they carry is escaped.
    shown = mark_safe(glossary(page.locale.language_code).link(html, section, own))
    _terms_of(context).update(section.shown)
    return shown


@register.simple_tag(takes_context=True)
def begin_sections(context: Context) -> str:
    """The texts that follow are of one section, up to the next heading."""
    context[SECTION] = Section()
    return ""


@register.simple_tag(takes_context=True)
def new_section(context: Context) -> str:
    """A heading that stands between two texts begins a section."""
    section = context.get(SECTION)
    if section:
        section.linked.clear()
    return ""


@register.inclusion_tag("components/terms_shown.html", takes_context=True)
def terms_shown(context: Context) -> dict[str, list[Term]]:
    """What the terms linked so far in the page mean, for a reader who has it on paper."""
    return {"terms": sorted(_terms_of(context), key=lambda term: folded(term.title))}


def _terms_of(context: Context) -> dict[Term, None]:
    """The terms linked in the page so far. Kept with the page: parts of it have contexts of their own."""
    page = context.get("page")
    if not getattr(page, "locale_id", None):
        return {}
    shown: dict[Term, None] = vars(page).setdefault(SHOWN, {})
    return shown
