"""Alerts by mail: a wish is kept, the address is asked, and nobody learns anything of it."""

import hashlib

import pytest
from django.test import Client

from hub.core.models import OutboxItem
from resources.models import SearchAlert
from tests.alerts import CAMILLE, Reader, a_week_passes, link, work

pytestmark = pytest.mark.django_db


def test_asking_keeps_the_wish_and_sends_one_question_to_the_address(camille):
    response = camille.ask("q=quorum&type=guide&sort=alpha&page=2")
    assert response.status_code == 302
    assert response.headers["Location"] == "/alerte/demandee/"
    kept = SearchAlert.objects.get()
    assert (kept.email, kept.locale, kept.parameters) == (CAMILLE, "fr", "q=quorum&type=guide")
    assert kept.confirmed_at is None
    (message,) = camille.mailbox()
    assert message.subject == "Confirmez votre alerte\xa0: quorum · Guide"
    assert "quorum · Guide" in message.body
    assert camille.browser.get(response.headers["Location"]).status_code == 200


def test_the_language_of_the_page_is_that_of_the_alert(camille):
    camille.ask(prefix="/en")
    assert SearchAlert.objects.get().locale == "en"
    (message,) = camille.mailbox()
    assert message.subject == "Confirm your alert: quorum"
    assert link(message, "/alerte/confirmation/").startswith("/en/")


def test_everything_can_be_followed(camille):
    camille.ask("")
    assert SearchAlert.objects.get().parameters == ""
    assert "Toutes les nouveautés" in camille.mailbox()[0].subject


def test_the_links_of_mails_start_with_the_address_of_the_site_whatever_host_was_asked(camille):
    camille.browser.defaults["HTTP_HOST"] = "localhost"
    camille.ask()
    (message,) = camille.mailbox()
    assert "localhost" not in message.body
    assert "http://127.0.0.1:8000/alerte/confirmation/" in message.body


def test_only_the_digest_of_the_token_is_kept(camille):
    camille.ask()
    token = link(camille.mailbox()[0], "/alerte/confirmation/").split("/")[-2]
    assert len(token) >= 43  # 256 bits in base 64
    kept = SearchAlert.objects.get()
    assert kept.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert not OutboxItem.objects.exists()
    assert token not in str(list(SearchAlert.objects.values()))


def test_neither_the_address_nor_a_token_waits_in_the_outbox(camille, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    camille.ask()
    (waiting,) = OutboxItem.objects.values()
    assert waiting["attempts"] == 1
    assert "coop.example" not in str(waiting)
    assert waiting["payload"]["data"] == {"alert": SearchAlert.objects.get().pk}


def test_a_known_address_gets_the_same_answer_as_an_unknown_one(site, quick):
    Reader().follow()
    known, unknown = Reader(), Reader("autre@coop.example")
    answers = [reader.ask() for reader in (known, unknown)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    pages = [
        r.browser.get(a.headers["Location"]) for r, a in zip((known, unknown), answers, strict=True)
    ]
    assert pages[0].content == pages[1].content


def test_the_same_search_is_asked_for_once_and_the_capitals_of_an_address_do_not_count(camille):
    camille.ask("q=quorum&type=guide&type=video")
    Reader("Camille@Coop.example").ask("type=video&type=guide&q=+quorum+")
    assert SearchAlert.objects.count() == 1
    assert len(camille.mailbox()) == 1


def test_whoever_asks_again_the_next_day_gets_another_link_and_only_the_last_one_works(camille):
    camille.ask()
    a_week_passes(days=1)
    camille.ask()
    first, second = (link(m, "/alerte/confirmation/") for m in camille.mailbox())
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    a_week_passes(days=6)
    assert Client().get(second).status_code == 200


def test_whoever_has_the_alert_already_is_told_so_by_mail_only(camille):
    camille.follow()
    camille.ask()
    assert camille.mailbox() == []
    a_week_passes(days=1)
    camille.ask()
    (message,) = camille.mailbox()
    assert message.subject == "Vous avez déjà cette alerte\xa0: quorum"
    camille.press(link(message, "/alerte/arret/"))
    assert not SearchAlert.objects.exists()


def test_an_address_holds_three_unconfirmed_alerts_at_most(camille):
    for word in ("un", "deux", "trois", "quatre", "cinq"):
        assert camille.ask(f"q={word}").status_code == 302
    assert SearchAlert.objects.count() == len(camille.mailbox()) == 3
    Reader("autre@coop.example").ask("q=six")
    assert SearchAlert.objects.count() == 4


def test_an_address_holds_twenty_alerts_at_most(camille):
    for number in range(21):
        camille.ask(f"q=mot{number}")
        if SearchAlert.objects.filter(confirmed_at=None).exists():
            camille.confirm()
    assert SearchAlert.objects.count() == 20


def test_what_nobody_confirms_is_forgotten_after_seven_days(camille):
    camille.ask()
    a_week_passes(days=6)
    work()
    assert SearchAlert.objects.exists()
    a_week_passes(days=1)
    work()
    assert not SearchAlert.objects.exists()
    assert camille.press(link(camille.mailbox()[0], "/alerte/confirmation/")).status_code == 404
