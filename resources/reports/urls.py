"""The public addresses of campaigns, below /campagnes/ in French and /en/campagnes/ in English."""

from django.urls import URLPattern

from resources.reports import access_urls, answer_urls

urlpatterns: list[URLPattern] = [*access_urls.urlpatterns, *answer_urls.urlpatterns]
