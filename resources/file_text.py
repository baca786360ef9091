"""The words of a file as web pages, one for each page, slide or sheet: where a search result opens.

Files are sent to be saved, so that no address leads to page 4 of one; and a telephone reads a page
of the site better. The addresses keep working when the file is replaced, as long as it is as long.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from hub.core.models import ReadPage, may_be_sent, pages_read
from search.documents import Section


class FileText(RoutablePageMixin):
    """For a page type with a ``file``: adds ``texte/`` and ``texte/4/`` to its address."""

    file: Any

    @path("texte/", name="text")
    def text(self, request: HttpRequest) -> HttpResponse:
        return self._text_page(request, 0)

    @path("texte/<int:number>/", name="text_page")
    def text_page(self, request: HttpRequest, number: int) -> HttpResponse:
        numbers = [page.number for page in self.read_pages]
        if number not in numbers:
            raise Http404
        return self._text_page(request, numbers.index(number))

    def _text_page(self, request: HttpRequest, index: int) -> HttpResponse:
        places = [self._place_of(page) for page in self.read_pages]
        if not places:
            raise Http404
        context = {
            "place": places[index],
            "words": self.read_pages[index].text,
            "previous": places[index - 1] if index else None,
            "next": places[index + 1] if index + 1 < len(places) else None,
        }
        return self.render(
            request, context_overrides=context, template="resources/document_text.html"
        )

    @cached_property
    def read_pages(self) -> list[ReadPage]:
        return pages_read(self.file)

    @property
    def has_text(self) -> bool:
        """Whether the file was read; asked without loading its words."""
        if self.file is None or not may_be_sent(self.file):
            return False
        reading = getattr(self.file, "reading", None)
        return bool(reading and reading.file_hash == self.file.file_hash and reading.has_words)

    @property
    def text_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('text')}"

    def answers_below(self, rest: str) -> bool:
        """Whether ``/texte/4/`` is an address of this page."""
        return rest == "/texte/" or rest in [f"/{anchor_of(page)}" for page in self.read_pages]

    def _place_of(self, page: ReadPage) -> dict[str, str]:
        return {"title": place_in_words(page), "url": f"{self.get_url()}{anchor_of(page)}"}

    def file_sections(self, language: str) -> list[Section]:
        """The words of the file, each with the place where it stands there and where it opens."""
        with translation.override(language):
            return [
                Section(page.text, title=place_in_words(page), anchor=anchor_of(page))
                for page in pages_read(self.file)
            ]


def anchor_of(page: ReadPage) -> str:
    return f"texte/{page.number}/"


def place_in_words(page: ReadPage) -> str:
    """Where words stand in a file, as readers say it."""
    if page.label == "page":
        return gettext("p. %(number)s") % {"number": page.number}
    if page.label == "slide":
        return gettext("slide %(number)s") % {"number": page.number}
    if page.label == "sheet":
        return gettext("sheet “%(name)s”") % {"name": page.title}
    return page.title or gettext("in the file")
