"""Every address of the site. French stands at the root, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from home.site_map import site_map
from hub.core.files import document_file, image_file
from hub.health import healthz, readyz
from resources.alert_views import alert_asked, alert_confirmation, alert_form, alert_stop
from resources.api import search_api
from resources.feeds import LatestFeed
from resources.kit_notice_views import kit_notice
from resources.openapi import openapi_json
from resources.opensearch import opensearch_xml
from resources.robots import robots_txt, sitemap_xml
from resources.suggestions_api import suggest_api
from search.beacon import count_search

urlpatterns = [
    path("healthz/", healthz, name="healthz"),
    path("readyz/", readyz, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("fichiers/<int:number>/<str:name>", document_file, name="document_file"),
    # Only renditions: original pictures and documents have no address of their own.
    re_path(
        r"^media/(?P<path>images/[^/]+)$",
        image_file,
        name="image_file",
    ),
    path("robots.txt", robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap_xml, name="sitemap_xml"),
    path("api/openapi.json", openapi_json, name="openapi"),
    path("api/searches", count_search, name="search_count"),
]

urlpatterns += i18n_patterns(
    path("api/search", search_api, name="search_api"),
    path("api/suggest", suggest_api, name="suggest_api"),
    path("flux.atom", LatestFeed(), name="feed"),
    path("opensearch.xml", opensearch_xml, name="opensearch"),
    path("alerte/", alert_form, name="alert_form"),
    path("alerte/kit/<int:number>/", kit_notice, name="kit_notice"),
    path("alerte/demandee/", alert_asked, name="alert_asked"),
    path("alerte/confirmation/<str:token>/", alert_confirmation, name="alert_confirmation"),
    path("alerte/arret/<str:code>/", alert_stop, name="alert_stop"),
    path("plan-du-site/", site_map, name="site_map"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler404 = "hub.core.errors.page_not_found"
handler500 = "hub.core.errors.server_error"
