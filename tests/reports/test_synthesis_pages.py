"""What one takes away from a synthesis, and the screen where it is drafted."""

import csv
import io

import pypdfium2
import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from resources.reports import moderation, workflow
from resources.reports.models import Answer, SynthesisPage
from resources.reports.synthesis.building import synthesis_of
from tests.syntheses import eight_answers, published


@pytest.fixture
def campaign(site):
    return eight_answers()


def test_the_figures_are_open_data_under_a_licence(campaign, client):
    page = published(campaign)
    response = client.get(page.csv_url)
    assert "licence-ouverte" in response.headers["Link"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    told = {(row["question"], row["answer"]): row["value"] for row in rows}
    assert told["creneau", "soir"] == "8"
    assert told["creneau", "matin"] == "0"
    data = client.get(page.json_url).json()
    assert data["answers"] == 8
    assert data["licence"]["name"] == "Licence Ouverte 2.0"
    assert [row["question"] for row in data["figures"]] == [row["question"] for row in rows]


def test_a_corrected_text_takes_the_name_from_no_quote(campaign, client):
    """A moderator mends a title; the co-op still agrees to be named."""
    for answer in Answer.objects.filter(campaign=campaign):
        moderation.correct(answer, {"@title": "Un titre sans coquille"}, moderation.By("test"))
    html = client.get(published(campaign).url).content.decode()
    assert "Les Toits" in html
    assert "Une coopérative</" not in html


def test_the_pdf_is_tagged_and_drops_what_is_taken_back(campaign, client, settings, tmp_path):
    settings.SYNTHESES_ROOT = tmp_path
    page = published(campaign)

    def said():
        response = client.get(page.pdf_url)
        assert response.status_code == 200
        content = b"".join(response.streaming_content)
        assert b"/MarkInfo" in content
        assert b"pdfuaid" in content
        document = pypdfium2.PdfDocument(content)
        return " ".join(" ".join(p.get_textpage().get_text_bounded() for p in document).split())

    first = said()
    assert "8 coopératives sur 8" in first
    shown = next(n for n in range(8) if f"numéro {n}" in first)
    workflow.move(
        Answer.objects.get(organisation__name=f"Les Toits {shown}"), "withdrawn", who="test"
    )
    assert f"numéro {shown}" not in said()
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_a_page_asks_as_many_questions_however_long_it_is(
    campaign, client, django_assert_max_num_queries
):
    page = published(campaign)
    client.get(page.url)
    with django_assert_max_num_queries(24):
        client.get(page.url)


def test_an_editor_drafts_from_the_list_of_campaigns(campaign, admin_client):
    address = reverse("synthesis_build", args=[campaign.pk])
    listed = admin_client.get(reverse("wagtailsnippets_reports_campaign:list"))
    assert address in listed.content.decode()
    assert admin_client.get(address).status_code == 200
    assert not SynthesisPage.objects.exists()
    response = admin_client.post(address)
    page = synthesis_of(campaign)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert page.get_translations().count() == 1
    assert admin_client.get(response.url).status_code == 200
    assert Page.objects.filter(pk=page.pk, owner__isnull=False).exists()


@pytest.mark.parametrize(
    ("group", "may"), [("Modérateurs des retours", False), ("Rédacteurs en chef", True)]
)
def test_only_who_sees_results_drafts(campaign, client, django_user_model, group, may):
    user = django_user_model.objects.create_user("lectrice", "l@coop.example", "x" * 20)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("synthesis_build", args=[campaign.pk]))
    assert SynthesisPage.objects.exists() == may
