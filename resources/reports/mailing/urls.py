"""The one public address of mails. It comes before those of campaigns, by their slug."""

from django.urls import URLPattern, path

from resources.reports.mailing.views import campaign_mail_stop

urlpatterns: list[URLPattern] = [
    path("courriels/arret/<str:code>/", campaign_mail_stop, name="campaign_mail_stop"),
]
