"""The addresses of a campaign and of an answer to it."""

from django.urls import URLPattern, path

from resources.reports.answer_views import answer_section
from resources.reports.campaign_views import campaign
from resources.reports.sending_views import answer_receipt, answer_review, answer_sent

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/", campaign, name="campaign"),
    path("<slug:slug>/reponse/<slug:section>/", answer_section, name="answer_section"),
    path("<slug:slug>/relecture/", answer_review, name="answer_review"),
    path("<slug:slug>/envoi/", answer_sent, name="answer_sent"),
    path("<slug:slug>/recu/", answer_receipt, name="answer_receipt"),
]
