"""The addresses of the doors of an answer. They come before those of campaigns, by their slug."""

from django.urls import URLPattern, path

from resources.reports.access_views import (
    answer_code,
    answer_leave,
    answer_left,
    answer_link_asked,
    answer_lost_link,
    answer_open,
)
from resources.reports.attachment_views import answer_attachment, answer_files
from resources.reports.consent_views import answer_consent
from resources.reports.coop_views import coop_earlier_answer, coop_space
from resources.reports.evening_views import answer_evening
from resources.reports.handover_views import answer_handover
from resources.reports.open_views import answer_uninvited, answer_uninvited_asked

urlpatterns: list[URLPattern] = [
    # With whatever a mail program glued to it: nothing that begins so is an ordinary address.
    path("r/<path:secret>/", answer_open, name="answer_open"),
    path("code/", answer_code, name="answer_code"),
    path("lien-perdu/", answer_lost_link, name="answer_lost_link"),
    path("lien-perdu/demande/", answer_link_asked, name="answer_link_asked"),
    path("au-revoir/", answer_left, name="answer_left"),
    path("<slug:slug>/sans-invitation/", answer_uninvited, name="answer_uninvited"),
    path(
        "<slug:slug>/sans-invitation/demande/",
        answer_uninvited_asked,
        name="answer_uninvited_asked",
    ),
    path("<slug:slug>/quitter/", answer_leave, name="answer_leave"),
    path("<slug:slug>/accords/", answer_consent, name="answer_consent"),
    path("<slug:slug>/dix-minutes/", answer_evening, name="answer_evening"),
    path("<slug:slug>/confier/", answer_handover, name="answer_handover"),
    path("<slug:slug>/ma-cooperative/", coop_space, name="coop_space"),
    path("<slug:slug>/ma-cooperative/<uuid:key>/", coop_earlier_answer, name="coop_earlier_answer"),
    path("<slug:slug>/fichiers/<slug:key>/", answer_files, name="answer_files"),
    path("<slug:slug>/fichier/<uuid:key>/", answer_attachment, name="answer_attachment"),
]
