"""What a co-op no longer agrees to is read nowhere: page, lists, search, API, feeds, sitemap."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils.datastructures import MultiValueDict
from PIL import Image

from hub.core.models import HubImage
from hub.core.publishing import NotReadyError
from resources.models import ExperienceReportPage, ReportPhoto
from resources.reports import attachments, consents, workflow
from resources.reports.models import Answer
from resources.reports.questionnaire.values import field_name
from search.models import SearchDocument
from tests.reports import moderated

pytestmark = pytest.mark.django_db
State = Answer.State
WORDS = ("fredonné", "Toits Bleus", "crachotait")
PLACES = (
    "/retours/", "/ressources/?q=chorale", "/api/search?q=chorale",
    "/api/suggest?q=Toits", "/ressources/flux.atom", "/flux.atom", "/sitemap.xml",
    "/plan-du-site/", "/",
)  # fmt: skip


def told_in(client):
    """Where the words of the page stand, of all that anybody may read."""
    found = set()
    for place in PLACES:
        text = client.get(place).content.decode()
        if any(word in text for word in (*WORDS, "/retours/retour-ag-")):
            found.add(place)
    return found


def agreed(answer, **given):
    """The co-op changes what it agrees to, with all that follows a commit."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        consents.change(answer, given)
    answer.refresh_from_db()


def withdrawn(answer):
    with TestCase.captureOnCommitCallbacks(execute=True):
        consents.withdraw(answer)
    answer.refresh_from_db()


def test_after_a_withdrawal_the_words_are_nowhere(site, client):
    page = moderated.published()
    assert {"/retours/", "/api/search?q=chorale", "/sitemap.xml"} <= told_in(client)
    withdrawn(page.publication.answer)
    assert told_in(client) == set()
    assert client.get(page.url).status_code in (302, 404)
    assert not SearchDocument.objects.filter(pk=page.pk).exists()


def test_the_answer_is_read_again_and_the_log_says_why(site):
    answer = moderated.published().publication.answer
    withdrawn(answer)
    assert answer.state == State.IN_REVIEW
    event = answer.events.last()
    assert event.who == workflow.BY_THE_COOP
    assert event.why


def test_a_page_taken_back_is_not_published_by_hand(site):
    page = moderated.published()
    withdrawn(page.publication.answer)
    page = ExperienceReportPage.objects.get(pk=page.pk)
    page.consent, page.access = "named", "public"
    with pytest.raises(NotReadyError):
        page.save_revision().publish()
    assert not ExperienceReportPage.objects.get(pk=page.pk).live


def test_no_longer_named_the_page_leaves_until_its_names_are_replaced(site, client):
    page = moderated.published()
    answer = page.publication.answer
    agreed(answer, consent_niveau="anonyme")
    assert told_in(client) == set()
    assert answer.state == State.IN_REVIEW
    assert "x" in moderated.published_again_without_names(answer, {"ce_qui_a_marche": "x"}).worked
    html = client.get(page.url).content.decode()
    assert "Toits" not in html


def test_a_translation_leaves_with_its_page(site, client):
    page = moderated.published()
    english = page.copy_for_translation(site.english.locale, copy_parents=True)
    english.title = "Toits Bleus in English"
    english.save_revision().publish()
    assert client.get(english.url).status_code == 200
    withdrawn(page.publication.answer)
    assert not ExperienceReportPage.objects.get(pk=english.pk).live


def test_a_wider_consent_changes_nothing_by_itself(site, client):
    page = moderated.published_without_names({"ce_qui_a_marche": "La chorale a fredonné."})
    agreed(page.publication.answer, consent_niveau="nom")
    html = client.get(page.url).content.decode()
    assert "fredonné" in html
    assert "Toits" not in html


def test_sent_again_for_the_federation_alone_the_page_leaves(site, client):
    page = moderated.published()
    answer = page.publication.answer
    Answer.objects.filter(pk=answer.pk).update(
        values=answer.values | {"consent_niveau": "federation"}
    )
    with TestCase.captureOnCommitCallbacks(execute=True):
        workflow.move(answer, State.RECEIVED, who=workflow.BY_THE_COOP)
    assert told_in(client) == set()
    answer.refresh_from_db()
    assert answer.state == State.RECEIVED


@pytest.mark.parametrize("to", [State.WITHDRAWN])
def test_a_moderator_withdraws_too(site, client, to):
    answer = moderated.published().publication.answer
    moderated.step(answer, to, "La coopérative l’a demandé par téléphone.")
    assert told_in(client) == set()


# -- Photos ----------------------------------------------------------------------------------------


def with_photo(**values):
    answer = moderated.received(values)
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(content, "JPEG")
    photo = SimpleUploadedFile("salle.jpg", content.getvalue(), "image/jpeg")
    question = answer.campaign.shape.questions["photos"]
    files = MultiValueDict({field_name("photos"): [photo]})
    assert not attachments.take(answer, question, files)
    key = str(answer.attachments.get().key)
    told = answer.values | {"photos": [key], "consent_images": True} | values
    Answer.objects.filter(pk=answer.pk).update(values=told, resumed=None)
    answer.refresh_from_db()
    moderated.step(answer, State.IN_REVIEW)
    return answer


@pytest.fixture
def folders(site, tmp_path, settings):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    settings.MEDIA_ROOT = tmp_path / "media"


def public(answer):
    for to in (State.ACCEPTED, State.PUBLISHED):
        moderated.step(answer, to)
    return moderated.page_of(answer)


def test_photos_show_with_the_agreement_of_those_on_them(folders, client):
    page = public(with_photo())
    assert page.photos.count() == 1
    assert "Photo de l’AG, transmise par la coopérative" in client.get(page.url).content.decode()


def test_without_it_they_do_not(folders):
    page = public(with_photo(consent_images=False))
    assert page.photos.count() == 0
    assert page.cover is None
    assert not HubImage.objects.exists()


def test_taken_back_the_photos_leave_and_the_page_stays(folders, client):
    answer = with_photo()
    page = public(answer)
    agreed(answer, consent_images=False)
    assert client.get(page.url).status_code == 200
    assert not ReportPhoto.objects.exists()
    assert not HubImage.objects.exists()


def test_a_page_without_names_has_no_photo(folders):
    answer = with_photo(consent_niveau="anonyme")
    page = moderated.published_again_without_names(answer, {})
    assert page.photos.count() == 0
    assert not HubImage.objects.exists()


def test_a_co_op_whose_sheet_refuses_is_named_no_more(site, client):
    page = moderated.published()
    organisation = page.organisation
    organisation.consent = "none"
    with TestCase.captureOnCommitCallbacks(execute=True):
        organisation.save()
    assert told_in(client) == set()
