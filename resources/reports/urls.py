"""The public addresses of campaigns, below /campagnes/ in French and /en/campagnes/ in English."""

from django.urls import URLPattern, path

from resources.reports import access_urls, answer_urls, data_urls
from resources.reports.comparator import practice_comparator
from resources.reports.mailing import urls as mailing_urls

urlpatterns: list[URLPattern] = [
    path("comparer/", practice_comparator, name="practice_comparator"),
    *mailing_urls.urlpatterns,
    *data_urls.urlpatterns,
    *access_urls.urlpatterns,
    *answer_urls.urlpatterns,
]
