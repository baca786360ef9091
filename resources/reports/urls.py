"""The public addresses of campaigns, below /campagnes/ in French and /en/campagnes/ in English."""

from django.urls import URLPattern

from resources.reports import access_urls, answer_urls, data_urls
from resources.reports.mailing import urls as mailing_urls

urlpatterns: list[URLPattern] = [
    *mailing_urls.urlpatterns,
    *data_urls.urlpatterns,
    *access_urls.urlpatterns,
    *answer_urls.urlpatterns,
]
