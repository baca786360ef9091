"""The other ways to an answer: a code, a lost link, a colleague; and the way out."""

import io
import logging
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client, TestCase
from django.utils import timezone

from hub.core.models import OutboxItem
from hub.core.secret_addresses import HideSecrets
from resources.reports.access import cookie_name, new_code, new_link, revoke
from resources.reports.models import AccessLink, Answer, Campaign, Participant
from tests import campaigns
from tests.alerts import link, work
from tests.reports import moderated
from tests.reports.test_access_links import TIMES, path_of, words

pytestmark = pytest.mark.usefixtures("site")
CODE, LOST = "/campagnes/code/", "/campagnes/lien-perdu/"
DOOR, HAND = "/campagnes/retours-ag-2026/", "/campagnes/retours-ag-2026/confier/"
CONSENT = "/campagnes/retours-ag-2026/accords/"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|key)" value="([^"]+)"')


@pytest.fixture
def season() -> SimpleNamespace:
    campaign = campaigns.campaign()
    coop = campaigns.participant(campaign)
    answer = campaigns.answer(coop)
    return SimpleNamespace(
        campaign=campaign, coop=coop, answer=answer, email=coop.contacts.get().email
    )


def ask_again(email: str, after: int = 5):
    """Fill in the form of a lost link, as slowly as a person does."""
    browser = Client(enforce_csrf_checks=True)
    hidden = dict(HIDDEN.findall(browser.get(LOST).content.decode()))
    with pytest.MonkeyPatch.context() as patch:
        later = timezone.now().timestamp() + after
        patch.setattr("django.core.signing.time.time", lambda: later)
        return browser.post(LOST, {**hidden, "email": email, "website": ""})


# -- The cookie ------------------------------------------------------------------------------------


def test_a_cookie_of_another_campaign_opens_nothing(season):
    other = campaigns.campaign(slug="retours-ag-2025", season=2025)
    browser = campaigns.holder(campaigns.participant(other, season.coop.organisation))
    value = browser.cookies[cookie_name("retours-ag-2025")].value
    unknown = words(Client().get("/campagnes/r/never-made/"))
    for _each in range(TIMES):
        thief = Client()
        thief.cookies[cookie_name("retours-ag-2026")] = value
        response = thief.get(CONSENT)
        assert response.status_code == 404
        assert words(response) == unknown


def test_a_cookie_that_was_changed_or_is_old_opens_nothing(season, monkeypatch):
    browser = campaigns.holder(season.coop)
    name = cookie_name("retours-ag-2026")
    value = browser.cookies[name].value
    for wrong in (value[:-1] + "x", f"x{value}", "", "x" * 5000, "{}"):
        thief = Client()
        thief.cookies[name] = wrong
        assert thief.get(CONSENT).status_code == 404
    assert browser.get(CONSENT).status_code == 200
    later = timezone.now().timestamp() + timedelta(days=61).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert browser.get(CONSENT).status_code == 404


def test_a_revoked_link_closes_the_door_at_once_a_replaced_one_leaves_it_open(season):
    browser = campaigns.holder(season.coop)
    new_link(contact=season.coop.contacts.get())
    assert browser.get(CONSENT).status_code == 200
    revoke(AccessLink.objects.filter(participant=season.coop))
    assert browser.get(CONSENT).status_code == 404


def test_one_browser_holds_the_answers_of_several_campaigns(season):
    other = campaigns.campaign(slug="retours-ag-2025", season=2025)
    before = campaigns.participant(other, season.coop.organisation)
    campaigns.answer(before)
    browser = campaigns.holder(season.coop)
    browser.get(path_of(new_link(contact=before.contacts.get())))
    assert browser.get(CONSENT).status_code == 200
    assert browser.get("/campagnes/retours-ag-2025/accords/").status_code == 200
    assert browser.post("/campagnes/retours-ag-2025/quitter/").status_code == 302
    assert browser.get(CONSENT).status_code == 200
    assert browser.get("/campagnes/retours-ag-2025/accords/").status_code == 404


def test_before_the_campaign_is_published_and_long_after_it_nothing_opens(season):
    browser, path = campaigns.holder(season.coop), path_of(new_link(participant=season.coop))
    season.campaign.live = False
    season.campaign.save()
    assert browser.get(CONSENT).status_code == 404
    assert Client().get(path).status_code == 404
    season.campaign.live = True
    season.campaign.opens_at = timezone.now() - timedelta(days=430)
    season.campaign.closes_at = timezone.now() - timedelta(days=401)
    season.campaign.save()
    assert browser.get(CONSENT).status_code == 404


def test_whose_story_is_public_takes_it_back_at_any_moment(season):
    moderated.workflow.move(season.answer, "received", who=moderated.workflow.BY_THE_COOP)
    Answer.objects.update(values=moderated.STORY)
    season.answer.refresh_from_db()
    for state in ("in-review", "accepted", "published"):
        moderated.step(season.answer, state)
    page = moderated.page_of(season.answer)
    path = path_of(new_link(contact=season.coop.contacts.get()))
    end = timezone.now() - timedelta(days=2000)
    Campaign.objects.update(opens_at=end - timedelta(days=30), closes_at=end)
    AccessLink.objects.update(expires_at=end + timedelta(days=400))
    work()  # what has expired is closed for good
    browser = Client()
    assert browser.get(path).status_code == 302
    ask_again(season.email)
    work()
    assert "/campagnes/r/" in mail.outbox[-1].body
    browser.get(link(mail.outbox[-1], "/campagnes/r/"))
    assert Client().get(page.get_url()).status_code == 200
    with TestCase.captureOnCommitCallbacks(execute=True):
        browser.post(CONSENT, {"q-consent_niveau": "federation"})
    assert Client().get(page.get_url()).status_code == 404
    assert browser.get(CONSENT).status_code == 404


def test_the_form_is_opened_at_the_first_thing_that_is_sent(season):
    browser = campaigns.holder(season.coop)
    browser.get(DOOR)
    assert Participant.objects.get().opened_at is None
    browser.post(CONSENT, {"q-consent_niveau": "nom"})
    assert Participant.objects.get().opened_at is not None


@pytest.mark.parametrize(
    ("group", "may"), [("Rédacteurs en chef", True), ("Modérateurs des retours", False)]
)
def test_whoever_invites_closes_all_the_links_of_a_co_op(season, django_user_model, group, may):
    person = django_user_model.objects.create_user("somebody", "somebody@example.org", "x" * 20)
    person.groups.add(Group.objects.get(name=group))
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    holder, code = campaigns.holder(season.coop), new_code(season.coop)
    address = f"/admin/campaigns/participants/{season.coop.pk}/links/"
    assert browser.get(address).status_code == (200 if may else 302)
    assert holder.get(CONSENT).status_code == 200
    browser.post(address)
    assert holder.get(CONSENT).status_code == (404 if may else 200)
    assert Client().post(CODE, {"code": code}).status_code == (422 if may else 302)


# -- A code ----------------------------------------------------------------------------------------


def test_a_code_opens_the_answer_however_it_is_typed(season):
    code = new_code(season.coop)
    assert re.fullmatch(r"([34679ACDEFGHJKMNPQRTWXY]{5}-){2}[34679ACDEFGHJKMNPQRTWXY]{5}", code)
    assert 23**15 > 2**60
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' – ')} "):
        browser = Client()
        assert browser.post(CODE, {"code": typed}).headers["Location"] == DOOR
        assert browser.get(CONSENT).status_code == 200


def test_another_code_opens_nothing_and_is_not_shown_again(season):
    code = new_code(season.coop)
    new_code(season.coop)
    for typed in (code, "", "AAAAA-AAAAA-AAAAA", code[:-1], code + code[-1], "é" * 15):
        response = Client().post(CODE, {"code": typed})
        assert response.status_code == 422
        assert not response.cookies.get(cookie_name("retours-ag-2026"))


def test_the_secret_of_a_link_is_no_code(season):
    secret = new_link(participant=season.coop).rstrip("/").rpartition("/")[2]
    assert Client().post(CODE, {"code": secret}).status_code == 422
    code = new_code(season.coop).replace("-", "")
    assert Client().get(f"/campagnes/r/{code}/").status_code == 404


# -- A lost link -----------------------------------------------------------------------------------


def test_whoever_is_known_receives_a_link_that_replaces_the_others(season):
    before = path_of(new_link(contact=season.coop.contacts.get()))
    assert ask_again(season.email.upper()).headers["Location"] == "/campagnes/lien-perdu/demande/"
    work()
    (message,) = mail.outbox
    assert message.to == [season.email]
    assert Client().get(before).status_code == 404
    assert Client().get(link(message, "/campagnes/r/")).status_code == 302


def test_nobody_learns_whether_an_address_is_known(season, django_assert_num_queries):
    ask_again("first@coop.example")
    answers = []
    for email in (season.email, "stranger@coop.example"):
        response = ask_again(email)
        answers.append((response.status_code, response.headers["Location"], response.content))
        item = OutboxItem.objects.filter(kind="mail").latest("pk")
        assert set(item.payload["data"]) == {"email", "language"}
    assert answers[0] == answers[1]
    work()
    assert [message.to for message in mail.outbox] == [[season.email]]
    assert not OutboxItem.objects.filter(kind="mail").exists()


def test_an_address_does_not_receive_more_than_a_dozen_links_a_day(season):
    for _each in range(15):
        ask_again(season.email)
        work()
    assert len(mail.outbox) == 12


# -- A colleague -----------------------------------------------------------------------------------


def test_a_colleague_goes_on_with_the_same_answer(season):
    browser = campaigns.holder(season.coop)
    page = browser.post(HAND, {"show": "1"})
    assert "no-store" in page.headers["Cache-Control"]
    (shown,) = set(
        re.findall(r"http://127\.0\.0\.1:8000(/campagnes/r/[^<\s]+)", page.content.decode())
    )
    assert shown not in browser.get(HAND).content.decode()
    colleague = Client()
    assert colleague.get(shown).status_code == 302
    assert colleague.get(CONSENT).status_code == 200
    assert browser.get(CONSENT).status_code == 200


def test_a_colleague_receives_the_link_by_mail_and_no_trace_of_the_address_stays(season):
    browser = campaigns.holder(season.coop)
    browser.post(HAND, {"email": "dominique@coop.example", "mail": ""})
    work()
    (message,) = mail.outbox
    assert message.to == ["dominique@coop.example"]
    assert Client().get(link(message, "/campagnes/r/")).status_code == 302
    assert "dominique" not in str(list(OutboxItem.objects.values()))
    assert "dominique" not in str(list(AccessLink.objects.values()))


def test_links_for_colleagues_have_a_limit(season):
    browser = campaigns.holder(season.coop)
    for _each in range(20):
        assert browser.post(HAND, {"show": "1"}).status_code == 200
    assert browser.post(HAND, {"show": "1"}).status_code == 422
    assert browser.post(HAND, {"email": "a@coop.example"}).status_code == 422


# -- Secrets stay secret ---------------------------------------------------------------------------


@pytest.fixture
def console():
    """What the console of the hub says, whatever captured it when the process began."""
    (handler,) = [
        one
        for one in logging.getLogger().handlers
        if any(isinstance(kept, HideSecrets) for kept in one.filters)
    ]
    said = io.StringIO()
    before = handler.setStream(said)
    yield said
    handler.setStream(before)


def test_no_secret_stands_in_a_page_after_the_first_click_nor_in_the_log(season, console):
    link_ = new_link(contact=season.coop.contacts.get())
    secret = link_.rstrip("/").rpartition("/")[2]
    browser = Client()
    pages = [browser.get(path_of(link_), follow=True), browser.get(CONSENT)]
    revoke(AccessLink.objects.all())
    pages.append(browser.get(path_of(link_)))
    assert pages[-1].status_code == 404
    assert all(secret not in page.content.decode() for page in pages)
    assert "/campagnes/r/…" in console.getvalue()
    assert secret not in console.getvalue()


@pytest.mark.parametrize("address", [CODE, LOST, CONSENT, HAND, f"{DOOR}quitter/"])
def test_a_form_of_another_site_is_refused(season, address):
    holder = campaigns.holder(season.coop)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = holder.cookies
    assert browser.post(address, {"email": "a@coop.example"}).status_code == 403
    assert browser.get(CONSENT).status_code == 200
