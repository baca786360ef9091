"""The list of invited co-ops in the administration: brought in, looked at, changed, taken out."""

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.test.utils.form_data import querydict_from_html

from resources.models import Organisation
from resources.reports.models import Contact, Participant
from tests import campaigns
from tests.mailing import invite
from tests.reports.people import MODERATORS, signed_in

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'name="(lines|seen)" value="([^"]*)"')
LIST = """Coopérative;Contact;E-mail;Langue;Statut;Région
Les Toits Bleus;Camille;Camille@toits.example;fr;scic;Bretagne
LES TOITS BLEUS;Dominique;dominique@toits.example;en;;
Nouvelle Coop;;contact@nouvelle.example;;scp;Occitanie
"""


@pytest.fixture
def browser(site):
    return signed_in()


@pytest.fixture
def campaign(site):
    return campaigns.campaign()


def address(campaign, rest=""):
    return f"/admin/invitations/{campaign.pk}/{rest}"


def send(browser, campaign, text=LIST, name="liste.csv"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return browser.post(address(campaign, "import/"), {"file": file})


def agree(browser, campaign, page):
    fields = {name: html.unescape(value) for name, value in HIDDEN.findall(page.content.decode())}
    return browser.post(address(campaign, "import/apply/"), fields)


def rows():
    return (Organisation.objects.count(), Participant.objects.count(), Contact.objects.count())


def test_a_list_is_shown_then_written_whole(browser, campaign):
    coop = campaigns.coop("Les toits bleus", region="Bretagne", status="other")
    before = rows()
    page = send(browser, campaign)
    said = page.content.decode()
    assert page.status_code == 200
    assert "2 nouvelles" in said
    assert "<del>Autre</del> → <ins>SCIC</ins>" in said
    assert "Inconnue du site" in said
    assert rows() == before
    assert agree(browser, campaign, page).status_code == 302
    assert rows() == (before[0] + 1, before[1] + 2, before[2] + 3)
    coop.refresh_from_db()
    assert (coop.name, coop.status) == ("Les toits bleus", "scic")
    contacts = Contact.objects.filter(participant__organisation=coop)
    assert set(contacts.values_list("name", "email", "language")) == {
        ("Camille", "camille@toits.example", "fr"),
        ("Dominique", "dominique@toits.example", "en"),
    }


def test_the_same_list_again_changes_nothing(browser, campaign):
    agree(browser, campaign, send(browser, campaign))
    said = send(browser, campaign).content.decode()
    assert "2 inchangées" in said
    assert 'name="lines"' not in said


def test_co_ops_that_a_list_does_not_name_are_said_and_stay(browser, campaign):
    agree(browser, campaign, send(browser, campaign))
    page = send(
        browser, campaign, "Coop;Mail;Nom\nNouvelle Coop;contact@nouvelle.example;Dominique"
    )
    said = page.content.decode()
    assert "1 modifiée" in said
    assert "1 absente de cette liste" in said
    assert "Les Toits Bleus" in said
    agree(browser, campaign, page)
    assert Participant.objects.count() == 2
    assert Contact.objects.get(email="contact@nouvelle.example").name == "Dominique"


def test_one_wrong_line_and_nothing_can_be_written(browser, campaign):
    before = rows()
    page = send(browser, campaign, LIST + "Autre;;pas une adresse;;;\n")
    said = page.content.decode()
    assert page.status_code == 422
    assert ">5</th>" in said
    assert "pas une adresse" in said
    assert 'name="lines"' not in said
    assert rows() == before


def test_what_has_changed_since_is_shown_again_and_nothing_is_written(browser, campaign):
    page = send(browser, campaign)
    campaigns.coop("Les Toits Bleus", status="scp")
    before = rows()
    again = agree(browser, campaign, page)
    assert again.status_code == 409
    assert rows() == before
    assert agree(browser, campaign, again).status_code == 302
    assert Participant.objects.count() == 2


def test_a_page_that_we_did_not_make_writes_nothing(browser, campaign):
    before = rows()
    answer = browser.post(address(campaign, "import/apply/"), {"lines": "x", "seen": ""})
    assert answer.status_code == 302
    assert rows() == before


def test_an_address_that_stopped_in_another_season_stays_so(browser, campaign):
    older = campaigns.participant(
        campaigns.campaign(slug="2025", season=2025), campaigns.coop("Ancienne")
    )
    Contact.objects.create(
        participant=older, email="contact@nouvelle.example", state="stopped", state_why="par lettre"
    )
    page = send(browser, campaign)
    assert "Ne veut plus de message" in page.content.decode()
    agree(browser, campaign, page)
    added = Contact.objects.get(participant__campaign=campaign, email="contact@nouvelle.example")
    assert (added.state, added.state_why) == (Contact.State.STOPPED, "par lettre")


def test_an_unknown_name_close_to_a_known_one_is_asked_about(browser, campaign):
    campaigns.coop("Nouvelles Coops")
    assert "Est-ce Nouvelles Coops" in send(browser, campaign).content.decode()


def test_last_years_list_is_taken_again(browser, campaign):
    older = campaigns.campaign(slug="2025", season=2025)
    invite(older, 3)
    invite(older, 1, start=3)[0].contacts.all().delete()
    page = browser.get(address(campaign, "import/last-year/"))
    assert "4 nouvelles" in page.content.decode()
    assert Participant.objects.filter(campaign=campaign).count() == 0
    agree(browser, campaign, page)
    assert Participant.objects.filter(campaign=campaign).count() == 4
    assert Contact.objects.filter(participant__campaign=campaign).count() == 3


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_that_is_taken_out_can_be_brought_in(browser, campaign, kind):
    agree(browser, campaign, send(browser, campaign))
    Contact.objects.filter(name="Camille").update(name="=1+1")
    file = browser.get(address(campaign, f"export/?format={kind}")).content
    if kind == "xlsx":
        cells = [c for row in load_workbook(io.BytesIO(file)).active.iter_rows() for c in row]
        assert "f" not in {cell.data_type for cell in cells}
    else:
        assert "'=1+1" in file.decode()
    assert "2 inchangées" in send(browser, campaign, file, f"l.{kind}").content.decode()


def test_a_co_op_is_invited_and_its_contacts_changed_by_hand(browser, campaign):
    added = {"coop": "Les Toits Bleus", "email": "Un@toits.example", "language": "fr"}
    assert browser.post(address(campaign, "add/"), added).status_code == 302
    invited = Participant.objects.get()
    contact = invited.contacts.get()
    assert contact.email == "un@toits.example"
    form = {
        "contacts-TOTAL_FORMS": 2, "contacts-INITIAL_FORMS": 1,
        "contacts-0-id": contact.pk, "contacts-0-participant": invited.pk,
        "contacts-0-email": "un@toits.example", "contacts-0-language": "fr",
        "contacts-0-state": "bounced", "contacts-0-state_why": "revenu",
        "contacts-1-participant": invited.pk, "contacts-1-email": "Deux@toits.example",
        "contacts-1-language": "en", "contacts-1-state": "active",
    }  # fmt: skip
    assert browser.post(address(campaign, f"{invited.pk}/"), form).status_code == 302
    assert set(invited.contacts.values_list("email", "state")) == {
        ("un@toits.example", "bounced"), ("deux@toits.example", "active"),
    }  # fmt: skip
    twice = form | {"contacts-1-email": "UN@toits.example"}
    assert browser.post(address(campaign, f"{invited.pk}/"), twice).status_code == 422


def test_what_changed_while_the_contacts_were_open_is_told_and_not_overwritten(browser, campaign):
    """A contact who stops the mails must not be written to again because a form was open."""
    invited = campaigns.participant(campaign)
    one = address(campaign, f"{invited.pk}/")
    form = sent_back(browser.get(one)) | {"contacts-0-name": "Dominique"}
    invited.contacts.update(state=Contact.State.STOPPED)
    refused = browser.post(one, form)
    assert refused.status_code == 409
    said = html.unescape(refused.content.decode())
    assert "«\xa0Ne veut plus de message\xa0» a été enregistré entre-temps" in said
    assert "après que vous avez ouvert ce formulaire" in said
    contact = invited.contacts.get()
    assert (contact.name, contact.state) == ("Camille", Contact.State.STOPPED)
    again = sent_back(refused)
    assert again["contacts-0-name"] == "Dominique"
    assert browser.post(one, again | {"contacts-0-state": "stopped"}).status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.state) == ("Dominique", Contact.State.STOPPED)


def sent_back(page):
    """What the form of the contacts sends as it stands."""
    sent = (querydict_from_html(page.content.decode(), form_index=n) for n in range(9))
    return next(fields for fields in sent if "contacts-TOTAL_FORMS" in fields).dict()


def test_a_co_op_leaves_the_list_unless_it_has_begun(browser, campaign):
    invited = campaigns.participant(campaign)
    campaigns.answer(invited)
    remove = address(campaign, f"{invited.pk}/remove/")
    assert browser.post(remove).status_code == 409
    invited.answer.delete()
    browser.get(remove)
    assert Participant.objects.count() == 1
    assert browser.post(remove).status_code == 302
    assert Participant.objects.count() == 0


def test_the_list_is_narrowed_and_its_queries_do_not_grow(
    browser, campaign, django_assert_max_num_queries
):
    invited = invite(campaign, 160)
    invited[7].contacts.update(state=Contact.State.BOUNCED)
    with django_assert_max_num_queries(15):
        page = browser.get(address(campaign))
    assert "160 coopératives" in page.content.decode()
    assert "1 coopérative<" in browser.get(address(campaign, "?state=bounced")).content.decode()
    one = browser.get(address(campaign, "?q=cooperative+00042")).content.decode()
    assert "Coopérative 00042" in one
    assert "Coopérative 00041" not in one


def test_the_plan_of_a_long_list_takes_few_queries(
    browser, campaign, django_assert_max_num_queries
):
    invite(campaign, 160)
    file = browser.get(address(campaign, "export/")).content
    with django_assert_max_num_queries(20):
        send(browser, campaign, file)


def test_another_group_is_sent_back_and_another_campaign_is_not_there(site, campaign):
    moderator = signed_in(MODERATORS)
    for rest in ("", "import/", "mails/", "letters/", "tracker/", "export/", "add/"):
        answer = moderator.get(address(campaign, rest))
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    chief = signed_in()
    assert chief.get("/admin/invitations/999/").status_code == 404
    assert chief.get(address(campaign, "999/")).status_code == 404
    assert chief.get("/admin/invitations/").status_code == 200


def test_the_links_of_a_co_op_are_one_step_from_its_contacts(browser, campaign):
    invited = campaigns.participant(campaign)
    page = browser.get(address(campaign, f"{invited.pk}/")).content.decode()
    links = reverse("campaigns_links", args=[invited.pk])
    assert links in page
    assert address(campaign, f"{invited.pk}/") in browser.get(links).content.decode()
