import re
from contextlib import suppress
from typing import Any, Self

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.url_routing import RouteResult

LONGEST_SLUG = 255
MOST_LOOKED_AT = 50
_NUMBER = re.compile(r"([1-9]\d{0,9})(?:-.*)?\Z", re.DOTALL)


class NumberedPage(models.Model):
    """A page whose address begins with a number that never changes: ``/documents/12-livret/``.

    The number is that of the first page of its group of translations: unique without a counter, the
    same in every language, kept when the title, the slug, the file or the place change. It stands in
    the slug itself, so that whatever makes an address of a page makes the right one.
    """

    number = models.PositiveBigIntegerField(
        _("number in the address"), null=True, editable=False, db_index=True
    )
    asked_below: list[str] | None = None  # what followed another address of this page
    asked_in: int | None = None  # the language of that address

    class Meta:
        abstract = True

    @classmethod
    def behind(cls, component: str, locale_id: int) -> list[Self]:
        """The pages that ``12``, ``12-livret``, ``12-anything`` or ``livret`` may lead to.

        That of this language first, then that which was written first. A number decides alone; a
        slug without one is an address of the time before numbers, and must name one page only.
        Whether a page is published is for its own ``route`` to say.
        """
        found = _NUMBER.fullmatch(component)
        rule = {"number": int(found[1])} if found else {"slug__endswith": f"-{component}"}
        pages = cls._default_manager.filter(**rule)
        first = pages.order_by(models.F("alias_of").asc(nulls_first=True), "pk")[:MOST_LOOKED_AT]
        here = [page for page in first if found or page.slug == f"{page.number}-{component}"]
        if not found and len({page.number for page in here}) != 1:
            return []
        return sorted(here, key=lambda page: page.locale_id != locale_id)

    def save(self, *args: Any, **options: Any) -> None:
        fields = options.get("update_fields")
        if fields is not None and "slug" not in fields:
            super().save(*args, **options)
            return
        with transaction.atomic():
            if self.pk:
                self._take(self._stored_number() or self._number_of_group() or self.pk)
            is_new = not self.pk
            super().save(*args, **options)
            if is_new:
                self._take(self._number_of_group() or self.pk)
                self._write_address()

    def take_own_number(self) -> None:
        """For whoever inserts pages in bulk: the number and the slug of a page that has its id."""
        self._take(self.pk)

    def _take(self, number: int) -> None:
        bare = self.slug or slugify(self.title)
        for known in {self.number, number} - {None}:
            bare = re.sub(rf"\A{known}(-|\Z)", "", bare)
        self.number = number
        self.slug = f"{number}-{bare}"[:LONGEST_SLUG].rstrip("-") if bare else str(number)

    def _stored_number(self) -> int | None:
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("number", flat=True)
        return stored.first()

    def _number_of_group(self) -> int | None:
        group = type(self)._base_manager.filter(translation_key=self.translation_key)
        numbers = group.exclude(pk=self.pk).exclude(number=None).values_list("number", flat=True)
        return numbers.order_by("number").first()

    def _write_address(self) -> None:
        """The id of a new page is known once its row is: its address is put right at once."""
        self.set_url_path(self.get_parent())
        type(self)._base_manager.filter(pk=self.pk).update(number=self.number)
        Page.objects.filter(pk=self.pk).update(slug=self.slug, url_path=self.url_path)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever came by another address is sent to the lasting one, once they may read it."""
        if self.asked_below is None:
            return super().serve(request, *args, **kwargs)
        rest = "".join(f"{component}/" for component in self.asked_below)
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponseRedirect(
            f"{self.get_url(request)}{rest}{'?' if query else ''}{query}"
        )
        if self.asked_in == self.locale_id:
            response.status_code = 301
        return response


def route_by_number(
    listed: type[Page], locale_id: int, request: HttpRequest, components: list[str]
) -> RouteResult | None:
    """The page behind an address that is not its own any more, if its type has numbers."""
    if not components or not issubclass(listed, NumberedPage):
        return None
    for page in listed.behind(components[0], locale_id):
        page.asked_below, page.asked_in = components[1:], locale_id
        with suppress(Http404):
            return page.route(request, components[1:])
    return None
