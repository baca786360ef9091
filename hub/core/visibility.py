"""The one rule that says which pages the public may see.

Lists, search, facets, feeds, the API, the sitemap, kits and files all go through it; an
architecture test refuses another road.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from hub.core.request_cache import remembered


def visible(queryset: PageQuerySet | None = None, *, at: datetime | None = None) -> PageQuerySet:
    """Return the pages of ``queryset`` (all by default) that anybody may read at ``at`` (now).

    Live, neither private nor below a private page, not expired, and open to the public where the
    page type has an ``access`` (resources; other pages are public). A constant number of queries.
    """
    queryset = Page.objects.all() if queryset is None else queryset
    at = at or timezone.now()
    return (
        queryset.live()
        .exclude(_private())
        .filter(Q(expire_at__isnull=True) | Q(expire_at__gt=at))
        .exclude(**_restricted(queryset))
    )


def private_paths() -> list[str]:
    """The tree paths of the pages made private; asked once for a reading request."""
    return remembered(
        "private paths",
        lambda: list(PageViewRestriction.objects.values_list("page__path", flat=True)),
    )


def _private() -> Q:
    """As Wagtail's own rule: a private page and all that stands below it."""
    below = Q(pk__in=[])
    for path in private_paths():
        below |= Q(path__startswith=path)
    return below


def _restricted(queryset: PageQuerySet) -> dict[str, object]:
    fields = {field.name for field in queryset.model._meta.get_fields()}
    name = "access__in" if "access" in fields else "resourcepage__access__in"
    if name.startswith("resourcepage") and "resourcepage" not in fields:
        return {"pk__in": []}
    return {name: ("coops", "federation")}
