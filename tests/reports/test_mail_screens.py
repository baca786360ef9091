"""The mails of a campaign in the administration: proposed, shown, tried; and letters."""

import re

import pytest
from django.core import mail
from django.test import Client

from resources.reports.models import AccessLink, Contact, Participant, PlannedMail
from tests import campaigns
from tests.alerts import work
from tests.mailing import invite, passes, season
from tests.reports.people import signed_in

pytestmark = pytest.mark.django_db
CODE = re.compile(r'class="code">([^<]+)<')


@pytest.fixture
def browser(site):
    return signed_in()


def address(campaign, rest):
    return f"/admin/invitations/{campaign.pk}/{rest}"


def test_a_campaign_without_mails_is_given_the_six_and_its_form_shows_them(browser):
    campaign = campaigns.campaign()
    campaign.save_revision()
    assert browser.post(address(campaign, "mails/")).status_code == 302
    mails = PlannedMail.objects.filter(campaign=campaign)
    assert set(mails.values_list("kind", flat=True)) == set(PlannedMail.Kind.values)
    assert all(m.subject_en and m.body_en for m in mails)
    for found in mails:
        found.full_clean()
    form = browser.get(f"/admin/snippets/reports/campaign/edit/{campaign.pk}/").content.decode()
    assert "racontez votre assemblée" in form
    browser.post(address(campaign, "mails/"))
    assert mails.count() == 6


def test_an_invented_campaign_says_that_none_of_its_mails_leaves(browser):
    campaign, real = campaigns.campaign(is_example=True), campaigns.campaign(slug="a", season=2020)
    said = [browser.get(address(one, "mails/")).content.decode() for one in (campaign, real)]
    assert ["aucun de ses messages ne part" in page for page in said] == [True, False]


def test_a_new_campaign_begins_with_the_six_mails(browser):
    data = {
        "title_fr": "Retours AG 2030", "season": 2030, "slug": "retours-ag-2030",
        "opens_at": "2030-05-01 09:00", "closes_at": "2030-07-01 23:59", "languages": ["fr"],
        "mails_a_minute": 30, "smallest_cell": 5, "fewest_ranked": 5, "drafts_kept_days": 90,
        "contacts_kept_months": 12, "refused_kept_months": 6, "sections-count": 0,
        "mails-TOTAL_FORMS": 0, "mails-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = browser.post("/admin/snippets/reports/campaign/add/", data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    due = {m.kind: m.due_at.isoformat() for m in PlannedMail.objects.all()}
    assert due["opening"].startswith("2030-05-01T07:00")  # nine o’clock in Paris
    assert due["last-days"].startswith("2030-06-29T07:00")


def test_a_word_between_braces_that_nothing_replaces_is_refused():
    wrong = PlannedMail(subject_fr="{coop}", body_fr="Bonjour {prenom}")
    with pytest.raises(Exception, match="prenom"):
        wrong.clean()


def test_a_mail_that_was_sent_cannot_be_taken_away(browser):
    from resources.reports.admin.campaigns import CampaignViewSet

    campaign = season()
    invite(campaign, 1)
    passes(hours=2)
    work()
    form_class = CampaignViewSet().get_edit_handler().get_form_class()
    rows = list(campaign.mails.all())
    data = {"mails-TOTAL_FORMS": len(rows), "mails-INITIAL_FORMS": len(rows), "sections-count": 0}
    for number, row in enumerate(rows):
        names = ("id", "kind", "subject_fr", "body_fr", "subject_en", "body_en")
        data |= {f"mails-{number}-{name}": getattr(row, name) for name in names}
        data[f"mails-{number}-due_at"] = row.due_at.strftime("%Y-%m-%d %H:%M")
        data[f"mails-{number}-ORDER"] = number
    user = browser.session["_auth_user_id"]
    for taken, refused in ((0, True), (5, False)):
        form = form_class(data | {f"mails-{taken}-DELETE": "on"}, instance=campaign, for_user=user)
        form.is_valid()
        assert any("déjà parti" in error for error in form.non_field_errors()) is refused


def test_a_preview_reads_as_the_contact_would_and_opens_nothing(browser):
    campaign = season()
    (coop,) = invite(campaign, 1, language="en")
    coop.organisation.name = "Les <Toits> & Cie"
    coop.organisation.save()
    opening = campaign.mails.get(kind="opening")
    page = browser.get(address(campaign, f"mails/{opening.pk}/?coop={coop.pk}"))
    said = page.content.decode()
    assert "Here is the personal link of Les &lt;Toits&gt; &amp; Cie" in said
    assert "/campagnes/r/" not in said
    assert "/courriels/arret/" not in said
    french = browser.get(address(campaign, f"mails/{opening.pk}/?coop={coop.pk}&language=fr"))
    assert "Voici le lien personnel" in french.content.decode()
    assert not AccessLink.objects.exists()


def test_a_trial_goes_to_whoever_asks_and_to_nobody_else(browser):
    campaign = season()
    (coop,) = invite(campaign, 1)
    unfinished = campaign.mails.get(kind="unfinished")
    preview = address(campaign, f"mails/{unfinished.pk}/?coop={coop.pk}")
    assert browser.post(preview).status_code == 302
    work()
    (message,) = mail.outbox
    assert message.to == ["moi@federation.example"]
    assert message.subject.startswith("[Essai] Retours AG 2026")
    assert "/campagnes/r/" not in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    assert not AccessLink.objects.exists()


def test_a_preview_needs_no_invited_co_op(browser):
    campaign = season()
    for planned in campaign.mails.all():
        page = browser.get(address(campaign, f"mails/{planned.pk}/"))
        assert "Coopérative exemple" in page.content.decode()


def test_the_list_of_mails_says_what_became_of_each(browser, django_assert_max_num_queries):
    campaign = season()
    invite(campaign, 3)
    invite(campaign, 1, start=3, state=Contact.State.BOUNCED)
    passes(hours=2)
    work()
    with django_assert_max_num_queries(20):
        said = browser.get(address(campaign, "mails/")).content.decode()
    assert "Envoyé\u00a0: 3" in said
    assert "il concerne 3 contacts" in said


def test_letters_carry_a_code_that_opens_the_answer_and_only_the_latest_one(browser):
    campaign = season()
    reachable, silent = invite(campaign, 2)
    silent.contacts.all().delete()
    passes(hours=2)
    page = browser.get(address(campaign, "letters/")).content.decode()
    assert re.search(rf'value="{silent.pk}" checked', page)
    assert not re.search(rf'value="{reachable.pk}" checked', page)
    assert not AccessLink.objects.exists()
    codes = []
    for _printing in range(2):
        printed = browser.post(address(campaign, "letters/"), {"coop": [silent.pk]})
        assert "no-store" in printed["Cache-Control"]
        codes += CODE.findall(printed.content.decode())
    assert len(set(codes)) == 2
    assert Participant.objects.get(pk=silent.pk).invited_at
    assert not Participant.objects.get(pk=reachable.pk).invited_at
    answers = [Client().post("/campagnes/code/", {"code": code}) for code in codes]
    assert [answer.status_code == 302 for answer in answers] == [False, True]
