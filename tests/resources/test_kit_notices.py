"""« Prévenez-moi de la prochaine version »: asked, confirmed, one mail a version, stopped in one click."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.test import Client
from wagtail.models import PageViewRestriction

from hub.core import outbox
from hub.settings.public_api import rate_limits
from resources.models import KitFollower
from resources.wishes import stop_address
from tests.alerts import KEY, Reader, headers, link, work
from tests.kits import documents, packed_kit, publish, replace_file, sections

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT, settings.KITS_ROOT = tmp_path / "media", tmp_path / "kits"
    monkeypatch.setattr("resources.alert_views.AddressForm.shortest_filling", 0)


@pytest.fixture
def pages(site):
    return documents("L’invitation", "Le bilan")


@pytest.fixture
def kit(pages):
    return packed_kit(pages)


class Follower(Reader):
    def ask_for(self, kit, prefix="", **changes):
        address = f"{prefix}/alerte/kit/{kit.pk}/"
        page = self.browser.get(address).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        data = {"email": self.email, "website": "", "key": KEY.search(page)[1]}
        response = self.browser.post(address, data | {"csrfmiddlewaretoken": token} | changes)
        work()
        return response

    def follow_kit(self, kit, prefix=""):
        self.ask_for(kit, prefix)
        assert self.confirm().status_code == 200
        mail.outbox.clear()
        return self


@pytest.fixture
def camille():
    return Follower()


def new_version(pages, number=0):
    replace_file(pages[0].file, f"%PDF-1.4 {number}".encode())
    work()
    work()


def test_the_page_of_the_kit_leads_to_the_form_and_sets_no_cookie(client, kit):
    response = client.get(kit.url)
    assert f'href="/alerte/kit/{kit.pk}/"' in response.content.decode()
    assert not response.cookies
    assert "Prévenez-moi de la prochaine version" in response.content.decode()


def test_nothing_is_sent_before_the_address_is_confirmed(kit, pages, camille):
    response = camille.ask_for(kit)
    assert response.headers["Location"] == "/alerte/demandee/"
    assert len(camille.mailbox()) == 1
    new_version(pages)
    assert len(camille.mailbox()) == 1


def test_opening_the_link_changes_nothing_and_its_button_confirms(kit, camille):
    camille.ask_for(kit)
    address = link(camille.mailbox()[0], "/alerte/confirmation/")
    page = Client().get(address).content.decode()
    assert "Kit &lt;AG&gt;" in page
    assert "Je confirme" in page
    assert KitFollower.objects.get().confirmed_at is None
    assert "Votre alerte est active" in camille.press(address).content.decode()
    assert KitFollower.objects.get().confirmed_at


def test_several_versions_are_told_once_each_to_those_who_confirmed(kit, pages, camille):
    camille.follow_kit(kit)
    other, late, never = (Follower(f"{n}@coop.example") for n in ("other", "late", "never"))
    other.follow_kit(kit)
    never.ask_for(kit)
    mail.outbox.clear()
    for number in (2, 3, 4):
        new_version(pages, number)
        if number == 2:
            late.ask_for(kit)
            late.confirm()
    work()

    def told(reader):
        letters = [m for m in reader.mailbox() if "Nouvelle version" in m.subject]
        return [re.search(r"Version (\d+)", letter.body)[1] for letter in letters]

    assert told(camille) == told(other) == ["2", "3", "4"]
    assert told(late) == ["3", "4"], "what was there when it was confirmed is not news"
    assert told(never) == []
    assert len({m.extra_headers["Message-ID"] for m in camille.mailbox()}) == 3


def test_the_letter_says_what_changed_and_how_to_stop(kit, pages, camille):
    camille.follow_kit(kit)
    new_version(pages)
    (letter,) = camille.mailbox()
    assert letter.subject == "Nouvelle version\xa0: Kit <AG>"
    assert "Remplacé\xa0: «\xa0L’invitation\xa0»." in letter.body
    assert "http://127.0.0.1:8000/kits/ag/" in letter.body
    sent = headers(letter)
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert link(letter, "/alerte/arret/") in sent["List-Unsubscribe"]


def test_one_click_stops_it_and_erases_the_address(kit, pages, camille):
    camille.follow_kit(kit)
    new_version(pages)
    stop = link(camille.mailbox()[0], "/alerte/arret/")
    assert "sur ce kit" in Client().get(stop).content.decode()
    assert KitFollower.objects.exists(), "opening the link changes nothing"
    for _attempt in range(2):
        assert camille.press(stop).status_code == 200
    assert not KitFollower.objects.exists()
    mail.outbox.clear()
    new_version(pages, 3)
    assert camille.mailbox() == []


def test_a_letter_that_waits_is_not_sent_after_the_stop(kit, pages, camille):
    camille.follow_kit(kit)
    stop = stop_address(KitFollower.objects.get()).removeprefix("http://127.0.0.1:8000")
    replace_file(pages[0].file)
    outbox.drain(["kit"])
    assert outbox.waiting("mail").count() == 1
    camille.press(stop)
    work()
    assert camille.mailbox() == []
    assert not outbox.waiting("mail").exists()


def test_words_alone_are_not_news(kit, pages, camille):
    camille.follow_kit(kit)
    publish(kit, title="Autre titre")
    work()
    publish(pages[0], title="Autre nom")
    work()
    work()
    assert kit.versions.count() == 3
    assert camille.mailbox() == []
    publish(kit, title="Autre titre", sections=sections(pages[::-1]))
    work()
    work()
    assert len(camille.mailbox()) == 1


def test_a_version_that_may_not_be_read_any_more_is_not_told(kit, pages, camille):
    """Withdrawn between the packing and the hour when the letter leaves."""
    camille.follow_kit(kit)
    replace_file(pages[0].file)
    outbox.drain(["kit"])
    assert outbox.waiting("mail").count() == 1
    PageViewRestriction.objects.create(page=pages[0], restriction_type="login")
    outbox.drain(["mail"])
    assert camille.mailbox() == []


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(kit, camille):
    first = camille.ask_for(kit)
    camille.confirm()
    again = camille.ask_for(kit)
    unknown = Follower("nobody@coop.example").ask_for(kit)
    answers = {(r.status_code, r.headers["Location"], r.content) for r in (first, again, unknown)}
    assert len(answers) == 1
    KitFollower.objects.update(last_sent_at=F("last_sent_at") - timedelta(days=2))
    mail.outbox.clear()
    camille.ask_for(kit)
    assert "Vous suivez déjà ce kit" in camille.mailbox()[0].subject


def test_who_never_confirms_is_forgotten_after_a_week(kit, camille):
    camille.ask_for(kit)
    address = link(camille.mailbox()[0], "/alerte/confirmation/")
    KitFollower.objects.update(created_at=F("created_at") - timedelta(days=8))
    assert camille.press(address).status_code == 404
    work()
    assert not KitFollower.objects.exists()


def test_robots_are_refused(kit, camille):
    assert camille.ask_for(kit, website="http://spam.example").status_code == 422
    assert camille.ask_for(kit, email="pas une adresse").status_code == 422
    assert not KitFollower.objects.exists()


def test_the_form_is_limited_as_that_of_alerts(kit, settings):
    settings.RATE_LIMITS = rate_limits(1)
    client = Client()
    answers = [client.post(f"/alerte/kit/{kit.pk}/").status_code for _attempt in range(6)]
    assert answers[-1] == 429
    assert client.post("/alerte/").status_code == 429, "one limit for both forms"


def test_a_kit_nobody_may_read_has_no_form(client, kit):
    PageViewRestriction.objects.create(page=kit, restriction_type="login")
    assert client.get(f"/alerte/kit/{kit.pk}/").status_code == 404
    assert client.get("/alerte/kit/999999/").status_code == 404


def test_in_english_from_the_form_to_the_letter(kit, pages, camille):
    camille.follow_kit(kit, prefix="/en")
    new_version(pages)
    (letter,) = camille.mailbox()
    assert letter.subject == "New version of Kit <AG>"
    assert "/en/alerte/arret/" in letter.body


def test_no_screen_nor_right_shows_an_address(kit, camille):
    camille.follow_kit(kit)
    assert "@" not in f"{KitFollower.objects.get()!r}"
    assert KitFollower._meta.default_permissions == ()
