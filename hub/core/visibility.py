"""The one rule that says which pages the public may see.

Lists, search, facets, feeds, the API, the sitemap, kits and files all go through it; an
architecture test refuses another road.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet


def visible(queryset: PageQuerySet | None = None, *, at: datetime | None = None) -> PageQuerySet:
    """Return the pages of ``queryset`` (all by default) that anybody may read at ``at`` (now).

    Live, neither private nor below a private page, not expired, and open to the public where the
    page type has an ``access`` (resources; other pages are public). A constant number of queries.
    """
    queryset = Page.objects.all() if queryset is None else queryset
    at = at or timezone.now()
    return (
        queryset.live()
        .public()
        .filter(Q(expire_at__isnull=True) | Q(expire_at__gt=at))
        .exclude(**_restricted(queryset))
    )


def _restricted(queryset: PageQuerySet) -> dict[str, object]:
    fields = {field.name for field in queryset.model._meta.get_fields()}
    name = "access__in" if "access" in fields else "resourcepage__access__in"
    if name.startswith("resourcepage") and "resourcepage" not in fields:
        return {"pk__in": []}
    return {name: ("coops", "federation")}


def is_visible(page: Page, *, at: datetime | None = None) -> bool:
    """Say whether anybody may read this page."""
    return visible(Page.objects.filter(pk=page.pk), at=at).exists()
