"""The public addresses of campaigns, below /campagnes/ in French and /en/campagnes/ in English."""

from django.urls import URLPattern, path

from resources.reports import access_urls
from resources.reports.mailing.views import campaign_mail_stop

urlpatterns: list[URLPattern] = [
    *access_urls.urlpatterns,
    path("courriels/arret/<str:code>/", campaign_mail_stop, name="campaign_mail_stop"),
]
