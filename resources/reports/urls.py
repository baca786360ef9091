"""The public addresses of campaigns, below /campagnes/ in French and /en/campagnes/ in English."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
