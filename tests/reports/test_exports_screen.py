"""The exports of the administration: for those who may, each of them noted."""

import io
import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from resources.reports.models import DataAct
from tests import campaigns

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def campaign():
    made = campaigns.campaign()
    of = campaigns.participant(made)
    sent_at = timezone.now() - timedelta(hours=1)
    values = {"duree": 90, "consent_niveau": "nom"}
    campaigns.answer(of, values, state="received", sent_at=sent_at)
    return made


def signed_in(group):
    user = get_user_model().objects.create_user(group, f"{group}@example.org", "a long password")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(client, campaign, kind, **more):
    data = {"campaign": campaign.pk, "kind": kind, "which": "all"} | more
    return client.post(reverse("campaign_exports:index"), data)


def test_looking_at_the_screen_takes_nothing_out(campaign):
    client = signed_in("Rédacteurs en chef")
    assert client.get(reverse("campaign_exports:index")).status_code == 200
    assert not DataAct.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "json", "codebook", "xlsx", "ods"])
def test_each_format_is_downloaded_and_noted(campaign, kind):
    response = asked(signed_in("Rédacteurs en chef"), campaign, kind)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    content = b"".join(response.streaming_content)
    if kind == "json":
        assert json.loads(content)["answers"][0]["values"]["duree"] == 90
    if kind == "xlsx":
        assert load_workbook(io.BytesIO(content))["Réponses"].max_row == 2
    act = DataAct.objects.get()
    assert (act.kind, act.who, act.campaign) == ("export", "Rédacteurs en chef", campaign)
    answers = 0 if kind == "codebook" else 1
    assert act.detail["answers"] == answers
    assert (act.detail["format"], act.detail["contacts"]) == (kind, False)


def test_contacts_leave_when_asked_for_and_this_is_noted(campaign):
    client = signed_in("Rédacteurs en chef")
    content = b"".join(asked(client, campaign, "csv", contacts="on").streaming_content)
    assert b"@coop.example" in content
    assert DataAct.objects.get().detail["contacts"] is True


def test_what_others_may_read_never_holds_contacts(campaign):
    client = signed_in("Rédacteurs en chef")
    response = asked(client, campaign, "csv", contacts="on", which="publishable")
    assert response.status_code == 422
    assert not DataAct.objects.exists()


@pytest.mark.parametrize("group", ["Contributeurs", "Traducteurs", "Modérateurs des retours"])
def test_the_others_take_nothing_out(campaign, group):
    response = asked(signed_in(group), campaign, "csv")
    assert response.headers["Location"] == reverse("wagtailadmin_home")
    assert not DataAct.objects.exists()
