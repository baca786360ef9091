"""Once a week, one message that says what is new in a search; never twice, never what is hidden."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from resources.alert_letters import MOST_NAMED
from resources.digests import look_at, take_a_turn
from resources.models import SearchAlert
from resources.news import MOST_LOOKED_AT
from search.models import SearchDocument
from tests.alerts import Reader, a_week_passes, headers, link, next_week, told, work
from tests.factories import index_of, resource

pytestmark = pytest.mark.django_db


def test_a_week_without_news_is_a_week_without_message(follower):
    assert next_week() == []
    assert next_week() == []


def test_what_is_new_is_told_once_by_type_with_title_and_address(follower):
    guide = resource("guide", "Le quorum expliqué")
    video = resource("video", "Le quorum en images")
    resource("video", "Tout autre chose")
    (message,) = next_week()
    assert message.to == [follower.email]
    assert message.subject == "Du nouveau pour votre recherche\xa0: quorum"
    lines = [line.strip() for line in message.body.splitlines() if line.strip()]
    start = lines.index("Guide")
    assert lines[start : start + 6] == [
        "Guide", "- Le quorum expliqué", f"http://127.0.0.1:8000{guide.url}",
        "Vidéo", "- Le quorum en images", f"http://127.0.0.1:8000{video.url}",
    ]  # fmt: skip
    assert link(message, "/ressources/") == "/ressources/?q=quorum&sort=recent"
    assert next_week() == []


def test_several_weeks_tell_of_each_page_once(follower):
    seen = []
    for week in range(4):
        for number in range(week):
            resource("guide", f"Le quorum {week}-{number}")
        for message in next_week():
            seen += told(message)
    assert sorted(seen) == sorted(f"Le quorum {w}-{n}" for w in range(4) for n in range(w))


def test_nothing_is_sent_before_the_week_is_over(follower):
    resource("guide", "Le quorum expliqué")
    a_week_passes(days=6)
    work()
    assert mail.outbox == []
    a_week_passes(days=1)
    work()
    assert len(mail.outbox) == 1
    work()
    assert len(mail.outbox) == 1


def test_an_alert_that_is_not_confirmed_is_told_nothing(site, quick):
    Reader().ask()
    resource("guide", "Le quorum")
    mail.outbox.clear()
    a_week_passes(days=5)
    SearchAlert.objects.update(seen_until=timezone.now() - timedelta(days=30))
    work()
    assert mail.outbox == []


def test_each_search_is_told_of_its_own_news_in_its_own_message(follower):
    follower.follow("type=video")
    Reader("autre@coop.example").follow("")
    resource("guide", "Le quorum expliqué")
    resource("video", "Une vidéo")
    messages = {(m.to[0], m.subject.partition("\xa0: ")[2]): told(m) for m in next_week()}
    assert messages == {
        (follower.email, "quorum"): ["Le quorum expliqué"],
        (follower.email, "Vidéo"): ["Une vidéo"],
        ("autre@coop.example", "Toutes les nouveautés"): ["Le quorum expliqué", "Une vidéo"],
    }


def test_a_page_that_merely_comes_near_the_words_is_no_news(follower):
    follower.follow("q=quorum+assemblée+chauffage")
    resource("guide", "Le chauffage au quorum de l’assemblée")
    resource("guide", "Une assemblée")
    messages = {m.subject.partition("\xa0: ")[2]: told(m) for m in next_week()}
    assert messages["quorum assemblée chauffage"] == ["Le chauffage au quorum de l’assemblée"]


def test_a_page_that_only_changes_is_no_news(follower):
    page = resource("guide", "Un guide")
    assert next_week() == []
    old = timezone.now() - timedelta(days=9)
    type(page).objects.filter(pk=page.pk).update(first_published_at=old)
    page.refresh_from_db()
    page.title = "Un guide sur le quorum"
    page.save_revision().publish()
    assert next_week() == []


def test_what_is_published_while_one_looks_is_told_the_week_after(follower):
    """Its publication began before the look, and is kept after it: it carries the earlier hour."""
    assert next_week() == []
    resource("guide", "Le quorum expliqué")
    hour = timezone.now() - timedelta(hours=2)
    SearchDocument.objects.filter(title="Le quorum expliqué").update(published_at=hour)
    (message,) = next_week()
    assert told(message) == ["Le quorum expliqué"]


def test_the_language_of_the_alert_is_that_of_its_messages(site, quick):
    Reader().follow(prefix="/en")
    resource("guide", "Le quorum expliqué")
    (message,) = next_week()
    assert message.subject == "New for your search: quorum"
    assert "\nGuide\n" in message.body
    assert told(message) == ["Le quorum expliqué"]
    assert link(message, "/alerte/arret/").startswith("/en/")
    assert link(message, "/resources/") == "/en/resources/?q=quorum&sort=recent"


def test_a_translation_takes_the_place_of_its_source_in_its_own_language_only(site, quick):
    french, english = Reader(), Reader("english@coop.example")
    french.follow("type=guide")
    english.follow("type=guide", prefix="/en")
    page = resource("guide", "Le quorum")
    translation = page.copy_for_translation(index_of("guide", "en").locale)
    translation.title = "The quorum"
    translation.save_revision().publish()
    messages = {m.to[0]: told(m) for m in next_week()}
    assert messages == {french.email: ["Le quorum"], english.email: ["The quorum"]}


def test_a_long_list_names_the_latest_and_says_how_many_there_are_besides(follower):
    for number in range(MOST_NAMED + 3):
        resource("guide", f"Le quorum {number}")
    (message,) = next_week()
    assert len(told(message)) == MOST_NAMED
    assert "Et 3 autres ressources" in message.body
    assert MOST_LOOKED_AT > MOST_NAMED
    assert next_week() == []


def test_a_filter_that_means_nothing_any_more_does_not_open_the_alert_to_everything(follower):
    SearchAlert.objects.update(parameters="type=podcast")
    resource("guide", "Le quorum")
    assert next_week() == []


# -- One message, whoever sends it ---------------------------------------------------------------


def test_two_workers_that_look_at_the_same_moment_ask_for_one_message(follower):
    resource("guide", "Le quorum expliqué")
    a_week_passes()
    stale = SearchAlert.objects.get()
    take_a_turn()
    look_at(stale, timezone.now())
    work()
    assert len(mail.outbox) == 1


def test_an_alert_that_cannot_be_looked_at_does_not_stop_the_others(follower):
    Reader("autre@coop.example").follow()
    SearchAlert.objects.filter(email=follower.email).update(seen=5)
    resource("guide", "Le quorum expliqué")
    assert [message.to for message in next_week()] == [["autre@coop.example"]]


def test_a_digest_can_be_stopped_by_the_mail_program_itself(follower):
    """RFC 8058: both headers, an https address on a public site, nothing else needed."""
    resource("guide", "Le quorum expliqué")
    (message,) = next_week()
    travelling = headers(message)
    assert travelling["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert travelling["Auto-Submitted"] == "auto-generated"
    address = travelling["List-Unsubscribe"].strip()
    assert address.startswith("<http://127.0.0.1:8000/alerte/arret/")
    assert address[1:-1] in message.body
    assert travelling.get_content_type() == "text/plain"
    Reader.press(link(message, "/alerte/arret/"))
    resource("guide", "Le quorum encore")
    assert next_week() == []


def test_every_digest_stops_it_even_an_old_one(follower):
    resource("guide", "Le quorum un")
    (first,) = next_week()
    resource("guide", "Le quorum deux")
    (second,) = next_week()
    assert first.message()["Message-ID"] != second.message()["Message-ID"]
    Reader.press(link(first, "/alerte/arret/"))
    assert not SearchAlert.objects.exists()
