"""What answers stand on is not deleted by an error page, and no copy outlives a consent."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page

from hub.core.publishing import NotReadyError
from resources.models import ExperienceReportPage, Organisation
from resources.reports import consents
from resources.reports.models import Campaign
from tests import campaigns
from tests.reports import moderated

pytestmark = pytest.mark.usefixtures("site")


def told(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def bulk(model, row):
    address = reverse(
        "wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"]
    )
    return f"{address}?id={row.pk}"


def snippet(row):
    return reverse(type(row).snippet_viewset.get_url_name("delete"), args=[row.pk])


def withdrawn(answer):
    with TestCase.captureOnCommitCallbacks(execute=True):
        consents.withdraw(answer)


@pytest.mark.parametrize("at_once", [False, True])
def test_a_campaign_with_answers_stays(admin_client, at_once):
    campaign = campaigns.campaign()
    campaigns.answer(campaigns.participant(campaign))
    address = bulk(Campaign, campaign) if at_once else snippet(campaign)
    response = admin_client.post(address)
    assert response.status_code == 302
    assert campaign.title in told(response)
    assert Campaign.objects.filter(pk=campaign.pk).exists()


def test_a_campaign_that_nobody_answered_goes(admin_client):
    campaign = campaigns.campaign()
    assert admin_client.post(snippet(campaign)).status_code == 302
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("at_once", [False, True])
def test_a_co_op_that_is_invited_stays(admin_client, at_once):
    coop = campaigns.participant(campaigns.campaign()).organisation
    address = bulk(Organisation, coop) if at_once else snippet(coop)
    response = admin_client.post(address)
    assert response.status_code == 302
    assert coop.name in told(response)
    assert Organisation.objects.filter(pk=coop.pk).exists()


def test_who_may_not_delete_reads_no_name(client, django_user_model):
    campaign = campaigns.campaign(title_fr="Titre caché")
    campaigns.answer(campaigns.participant(campaign))
    user = django_user_model.objects.create_user("x", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for address in (snippet(campaign), bulk(Campaign, campaign)):
        for method in (client.get, client.post):
            assert "Titre caché" not in told(method(address))


@pytest.mark.parametrize("at_once", [False, True])
def test_the_page_of_an_answer_is_not_deleted_by_hand(admin_client, at_once):
    page = moderated.published()
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    response = admin_client.post(bulk(Page, page) if at_once else address)
    assert response.status_code == 302
    assert page.title in told(response)
    assert ExperienceReportPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}])
def test_the_page_of_an_answer_is_not_copied(admin_client, alias):
    page = moderated.published()
    form = {
        "new_title": "Copie",
        "new_slug": "copie",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
    }
    response = admin_client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form | alias)
    assert response.status_code == 302
    assert told(response)
    assert ExperienceReportPage.objects.count() == 1


def test_nor_with_the_list_that_it_stands_in(admin_client, site):
    page = moderated.published()
    form = {
        "new_title": "Copie",
        "new_slug": "copie",
        "new_parent_page": site.home.pk,
        "copy_subpages": "on",
        "publish_copies": "on",
    }
    parent = page.get_parent()
    admin_client.post(reverse("wagtailadmin_pages:copy", args=[parent.pk]), form)
    assert ExperienceReportPage.objects.count() == 1


def test_an_old_version_of_a_translation_does_not_come_back(admin_client, client, site):
    page = moderated.published()
    english = page.copy_for_translation(site.english.locale, copy_parents=True)
    english.title = "Toits Bleus in English"
    english.access = page.access
    old = english.save_revision()
    old.publish()
    assert client.get(english.url).status_code == 200
    withdrawn(page.publication.answer)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[english.pk, old.pk])
    assert admin_client.get(address).status_code == 404  # its versions went with the words
    with pytest.raises(NotReadyError):
        old.publish()
    assert not ExperienceReportPage.objects.get(pk=english.pk).live
