"""The addresses of the data of campaigns. They come first: a section has no hyphen in its key."""

from django.urls import URLPattern, path

from resources.reports.data_views import (
    answer_data,
    answer_data_copy,
    answer_erase,
    answer_erased,
    campaign_data,
)

urlpatterns: list[URLPattern] = [
    path("donnees/", campaign_data, name="campaign_data"),
    path("donnees/effacees/", answer_erased, name="answer_erased"),
    path("<slug:slug>/reponse/mes-donnees/", answer_data, name="answer_data"),
    path("<slug:slug>/reponse/mes-donnees/copie/", answer_data_copy, name="answer_data_copy"),
    path("<slug:slug>/reponse/mes-donnees/effacer/", answer_erase, name="answer_erase"),
]
