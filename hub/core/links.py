"""Renders the links of rich texts: one query for a page, and never to what nobody may read."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from hub.core.surroundings import linked_pages


class VisiblePageLinkHandler(PageLinkHandler):
    """As Wagtail's, but a link to a page that was withdrawn becomes plain words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pages = linked_pages(int(attrs["id"]) for attrs in attrs_list if _number(attrs))
        return [_opening(pages.get(int(a["id"])) if _number(a) else None) for a in attrs_list]


def _number(attrs: dict) -> bool:
    return str(attrs.get("id", "")).isdecimal()


def _opening(page: object) -> str:
    return f'<a href="{escape(page.get_url())}">' if page else "<a>"
