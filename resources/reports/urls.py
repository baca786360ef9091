"""The public addresses of campaigns, below /campagnes/ in French and /en/campagnes/ in English."""

from django.urls import URLPattern, path

from resources.reports.comparator import practice_comparator

urlpatterns: list[URLPattern] = [
    path("comparer/", practice_comparator, name="practice_comparator"),
]
