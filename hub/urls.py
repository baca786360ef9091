"""Every address of the site. French stands at the root, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path, register_converter
from django.urls.converters import IntConverter
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from home.site_map import site_map
from hub.core.files import document_file, first_page, image_file, media_file
from hub.core.missed_beacon import count_missed
from hub.health import healthz, readyz
from resources.alert_views import alert_asked, alert_confirmation, alert_form, alert_stop
from resources.api import search_api
from resources.branding.views import brand_form
from resources.feedback_views import reader_answer
from resources.feeds import LatestFeed
from resources.kit_notice_views import kit_notice
from resources.openapi import openapi_json
from resources.opensearch import opensearch_xml
from resources.robots import robots_txt, sitemap_xml
from resources.selection.views import (
    change_selection,
    download_selection,
    my_selection,
    shared_selection,
)
from resources.suggestions_api import suggest_api
from resources.terms import public as glossary
from search.beacon import count_search


class PageConverter(IntConverter):
    """The number of a page. One that no database can hold is an address that does not exist."""

    regex = r"[0-9]{1,9}"


register_converter(PageConverter, "page")

urlpatterns = [
    path("healthz/", healthz, name="healthz"),
    path("readyz/", readyz, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("fichiers/<int:number>/<str:name>", document_file, name="document_file"),
    path("fichiers/video/<int:number>/<str:name>", media_file, name="media_file"),
    path("apercus/<int:number>.webp", first_page, name="first_page"),
    path("apercus/<int:number>-carte.webp", first_page, {"card": True}, name="first_page_card"),
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
    path("api/missed", count_missed, name="missed_count"),
]

urlpatterns += i18n_patterns(
    path("api/search", search_api, name="search_api"),
    path("api/suggest", suggest_api, name="suggest_api"),
    path("flux.atom", LatestFeed(), name="feed"),
    path("opensearch.xml", opensearch_xml, name="opensearch"),
    path("alerte/", alert_form, name="alert_form"),
    path("alerte/kit/<page:number>/", kit_notice, name="kit_notice"),
    path("alerte/demandee/", alert_asked, name="alert_asked"),
    path("alerte/confirmation/<str:token>/", alert_confirmation, name="alert_confirmation"),
    path("alerte/arret/<str:code>/", alert_stop, name="alert_stop"),
    path("avis/<page:page_id>/", reader_answer, name="reader_answer"),
    path("a-vos-couleurs/<page:page_id>/", brand_form, name="brand_form"),
    path("ma-selection/", my_selection, name="selection"),
    path("ma-selection/changer/", change_selection, name="selection_change"),
    path("ma-selection/partagee/", shared_selection, name="selection_shared"),
    path("ma-selection/telecharger/", download_selection, name="selection_download"),
    path("plan-du-site/", site_map, name="site_map"),
    path("campagnes/", include("resources.reports.urls")),
    path("glossaire/termes.csv", glossary.glossary_csv, name="glossary_csv"),
    path("glossaire/termes.json", glossary.glossary_json, name="glossary_json"),
    path("glossaire/termes.tbx", glossary.glossary_tbx, name="glossary_tbx"),
    path("glossaire/imprimer/", glossary.glossary_sheet, name="glossary_sheet"),
    path("glossaire/salle/", glossary.glossary_room, name="glossary_room"),
    path("glossaire/livret/", glossary.glossary_booklet, name="glossary_booklet"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "hub.core.errors.bad_request"
handler404 = "hub.core.errors.page_not_found"
handler500 = "hub.core.errors.server_error"
