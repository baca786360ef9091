"""What search robots are told."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.models import Page
from wagtail.query import PageQuerySet

from hub.core.visibility import visible


class VisibleSitemap(Sitemap):
    """Every page that anybody may read, in every language."""

    limit = 5000

    def items(self) -> PageQuerySet:
        return visible(Page.objects.filter(depth__gt=1)).order_by("path")


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    return sitemap(request, {"pages": VisibleSitemap})


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /alerte/",
        "Disallow: /en/alerte/",
        "Disallow: /ma-selection/",
        "Disallow: /en/ma-selection/",
        "Disallow: /a-vos-couleurs/",
        "Disallow: /en/a-vos-couleurs/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
