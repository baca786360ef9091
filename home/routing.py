"""Finds the page that an address leads to."""

from django.db import models
from wagtail.models import Page

JOINED = (
    "locale", "organisation", "cover", "media", "owner", "shelf", "alternative_file",
    "file", "file__first_page", "file__reading",
)  # fmt: skip
LEFT_ASIDE = ("file__reading__pages",)  # all the words of a file


def deepest_page(home: Page, components: list[str]) -> tuple[Page, list[str]] | None:
    """Return the deepest page on the way of ``components`` and the components left over.

    The page is of its own type and knows the pages it was reached through. Two queries, on the
    index of slugs: addresses have none.
    None when not even the first component is a page.
    """
    paths = [home.url_path]
    for component in components:
        paths.append(f"{paths[-1]}{component}/")
    below = {
        page.url_path: page
        for page in Page.objects.filter(slug__in=components, url_path__in=paths[1:])
        .select_related("locale")
        .order_by("depth")
    }
    chain: list[Page] = []
    for path in paths[1:]:
        if path not in below:
            break
        chain.append(below[path])
    if not chain:
        return None
    page = _of_its_type(chain[-1])
    page.routed_through = [home, *chain[:-1]]
    return page, components[len(chain) :]


def _of_its_type(page: Page) -> Page:
    model: type[models.Model] = page.specific_class
    names = {field.name for field in model._meta.get_fields()}
    joined, aside = (
        [name for name in wanted if name.partition("__")[0] in names]
        for wanted in (JOINED, LEFT_ASIDE)
    )
    return model._default_manager.select_related(*joined).defer(*aside).get(pk=page.pk)
