"""The page of a video, whatever its source: what it shows, sends, tells, and never gives away."""

import io
import json
import re

import pytest
from django.test import Client
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from resources.models import VideoPage
from resources.videos import text_to_send
from tests import films
from tests.factories import resource, stored_video, stream

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=QA6zk3VIahA&t=73s"
TUBE = "videos.habitat.example"
PEERTUBE = f"https://{TUBE}/w/kkGMgK9ZtnKfYAgnEtQxbv?start=1m13s"
CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nBienvenue.\n"
TOLD = {"no_transcript_reason": "", "transcript": "<p>1:13 Le quorum est atteint.</p>"}
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def captioned(page: VideoPage, **texts: str) -> VideoPage:
    """The same page, published with these captions."""
    for language, text in texts.items():
        page.captions.create(language=language, text=text)
    page.save_revision().publish()
    return VideoPage.objects.get(pk=page.pk)


def policy(response) -> set[str]:
    return {part.strip() for part in response.headers["Content-Security-Policy"].split(";")}


def text_of(client: Client, page: VideoPage) -> str:
    return client.get(page.url).content.decode()


@pytest.fixture
def tube(settings):
    settings.PEERTUBE_HOSTS = [TUBE]


# -- Three sources -------------------------------------------------------------------------------
def test_a_film_of_ours_is_played_and_downloaded_from_here(site, client):
    film = stored_video("Le film de l’AG")
    page = resource("video", media=film, video_url=YOUTUBE, **TOLD)
    response = client.get(page.url)
    text = response.content.decode()
    assert f'<source src="{film.url}#t=73" type="video/webm">' in text
    assert f'href="{film.url}" download="le-film-de-lag.webm"' in text
    assert "28\xa0ko" in text or "ko)" in text
    assert 'href="https://www.youtube.com/watch?v=QA6zk3VIahA&amp;t=73s"' in text
    assert "data-embed" not in text
    assert "media-src 'self'" in policy(response)
    assert "frame-src 'none'" in policy(response)


@pytest.mark.parametrize(
    ("address", "player", "host"),
    [
        (
            YOUTUBE,
            "https://www.youtube-nocookie.com/embed/QA6zk3VIahA?autoplay=1&amp;rel=0&amp;start=73",
            "www.youtube-nocookie.com",
        ),
        (
            PEERTUBE,
            f"https://{TUBE}/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&amp;p2p=0&amp;start=73",
            TUBE,
        ),
    ],
)
def test_the_page_may_load_the_player_of_its_one_site_and_says_who_receives_what(
    site, client, tube, address, player, host
):
    page = resource("video", video_url=address, **TOLD)
    response = client.get(page.url)
    text = response.content.decode()
    assert f'data-embed="{player}"' in text
    assert "<iframe" not in text
    assert f"frame-src https://{host}" in policy(response)
    assert not [part for part in policy(response) if part.startswith("media-src")]
    note = " ".join(re.search(r'<p id="consent">(.*?)</p>', text, re.DOTALL)[1].split())
    assert f"{host} reçoit l’adresse de votre connexion" in note
    assert not response.cookies


def test_a_site_that_is_allowed_no_longer_is_not_shown_and_readers_are_told(site, client, settings):
    settings.PEERTUBE_HOSTS = [TUBE]
    page = resource("video", video_url=PEERTUBE, **TOLD)
    settings.PEERTUBE_HOSTS = []
    response = client.get(page.url)
    assert TUBE not in response.headers["Content-Security-Policy"]
    text = response.content.decode()
    assert "data-embed" not in text
    assert "n’est pas montré ici" in text.replace("\xa0", " ")


def test_other_pages_open_nothing(site, client):
    resource("video", "La vidéo", video_url=YOUTUBE)
    guide = resource("guide")
    for address in (guide.url, "/videos/", "/ressources/?type=video"):
        assert "frame-src 'none'" in policy(client.get(address))


# -- The file ------------------------------------------------------------------------------------
def test_a_player_is_given_the_part_that_it_asks_for(site, client):
    film = stored_video(content=films.webm(4))
    resource("video", media=film)
    whole = client.get(film.url)
    content = b"".join(whole.streaming_content)
    assert content == films.webm(4)
    assert whole.headers["Content-Type"] == "video/webm"
    assert whole.headers["Content-Disposition"] == 'inline; filename="un-film.webm"'
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(film.url, headers={"Range": "bytes=100-299"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == content[100:300]
    assert part.headers["Content-Range"] == f"bytes 100-299/{len(content)}"
    same = client.get(film.url, headers={"If-None-Match": whole.headers["ETag"]})
    assert same.status_code == 304
    head = client.head(film.url)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(content)))


def test_an_mp4_says_that_it_is_one(site, client):
    film = stored_video()
    film.file.save("film.mp4", io.BytesIO(films.mp4(2)), save=False)
    film.save()
    resource("video", media=film)
    assert client.get(film.url).headers["Content-Type"] == "video/mp4"


def test_a_film_is_served_only_while_a_public_page_shows_it(site, client, django_user_model):
    film = stored_video()
    page = resource("video", media=film, publish=False)
    names = [film.url, f"/fichiers/video/{film.pk}/x.webm"]
    gone = ["/fichiers/video/9999/x.webm", f"/media/{film.file.name}"]
    assert [client.get(name).status_code for name in (*names, *gone)] == [404] * 4
    page.save_revision().publish()
    assert client.get(film.url).status_code == 200
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(film.url).status_code == 404
    restriction.delete()
    VideoPage.objects.get(pk=page.pk).unpublish()
    assert client.get(film.url).status_code == 404
    client.force_login(
        django_user_model.objects.create_superuser("root", "root@example.org", "x" * 20),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert client.get(film.url).status_code == 200


def test_the_film_of_a_draft_over_a_published_page_waits_for_its_publication(site, client):
    page = resource("video", video_url=YOUTUBE)
    film = stored_video()
    page.media = film
    revision = page.save_revision()
    assert client.get(film.url).status_code == 404
    revision.publish()
    assert client.get(film.url).status_code == 200


# -- Captions ------------------------------------------------------------------------------------
def test_captions_are_tracks_of_the_player_and_served_as_what_they_are(site, client):
    page = captioned(resource("video", media=stored_video()), fr=CAPTIONS, en=CAPTIONS)
    text = text_of(client, page)
    french, english = f"{page.url}sous-titres/fr/", f"{page.url}sous-titres/en/"
    assert f'src="{french}" srclang="fr" label="Français" default>' in text
    assert f'src="{english}" srclang="en" label="English">' in text
    response = client.get(french)
    assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).decode() == CAPTIONS
    assert client.get(f"{page.url}sous-titres/ar/").status_code == 404


def test_captions_of_a_draft_or_of_a_private_page_are_not_served(site, client):
    page = captioned(resource("video", media=stored_video()), fr=CAPTIONS)
    address = f"{page.url}sous-titres/fr/"
    page.captions.add(page.captions.model(language="en", text=CAPTIONS))
    page.save_revision()
    assert client.get(f"{page.url}sous-titres/en/").status_code == 404
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(address).status_code == 302
    restriction.delete()
    VideoPage.objects.get(pk=page.pk).unpublish()
    assert client.get(address).status_code == 404


# -- What is said of it --------------------------------------------------------------------------
def test_the_text_to_enclose_is_made_of_the_page_and_holds_its_address(site, client):
    page = resource("video", "Le quorum & nous", duration=251, video_url=YOUTUBE)
    text = text_to_send(page).text
    assert "Le quorum & nous" in text
    assert "4\xa0min\xa011\xa0s" in text
    assert text.endswith(page.full_url)
    shown = text_of(client, page)
    assert "Le quorum &amp; nous" in shown
    assert "mailto:?subject=Le%20quorum%20%26%20nous&amp;body=" in shown


def test_the_text_of_the_editors_comes_first_and_keeps_the_address(site):
    page = resource("video", text_to_enclose="Regardez ce film avant de venir.\r\n")
    text = text_to_send(page).text
    assert text.startswith("Regardez ce film avant de venir.\n")
    assert text.endswith(page.full_url)
    page.text_to_enclose = f"Voir {page.full_url} avant de venir."
    assert text_to_send(page).text == page.text_to_enclose


def test_search_engines_read_where_the_film_is(site, client, tube):
    chapters = stream(("chapter", {"start": 5, "title": "Accueil"}))
    film = stored_video()
    page = captioned(resource("video", media=film, duration=10, chapters=chapters), fr=CAPTIONS)
    data = json.loads(LD.search(text_of(client, page))[1])
    base = "http://127.0.0.1:8000"
    assert data["@type"] == "VideoObject"
    assert data["contentUrl"] == f"{base}{film.url}"
    assert data["duration"] == "PT10S"
    assert data["uploadDate"].startswith("20")
    assert "embedUrl" not in data
    assert data["hasPart"][0]["url"] == f"{base}{page.url}#t=5"
    assert data["caption"][0]["contentUrl"] == f"{base}{page.url}sous-titres/fr/"
    other = resource("video", "Une autre", video_url=PEERTUBE)
    data = json.loads(LD.search(text_of(client, other))[1])
    assert data["embedUrl"] == (
        f"https://{TUBE}/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?p2p=0&start=73"
    )
    assert "contentUrl" not in data


def test_a_moment_leads_into_our_file_without_script(site, client):
    film = stored_video()
    page = resource("video", media=film, **TOLD)
    assert f'data-seconds="73" href="{film.url}#t=73"' in text_of(client, page)


def test_a_word_of_the_transcript_is_found_at_its_minute(site, client):
    resource("video", "Le film", media=stored_video(), duration=251, **TOLD)
    found = client.get("/api/search?q=quorum+atteint").json()["results"][0]
    assert found["url"].endswith("#t=73") or "#t=73" in json.dumps(found)
    assert "1:13" in json.dumps(found)
    card = client.get("/ressources/?type=video").content.decode()
    assert "4\xa0min\xa011\xa0s" in card


def test_a_translation_keeps_the_film_and_its_captions_and_has_words_of_its_own(site):
    page = captioned(resource("video", media=stored_video(), start=5, **TOLD), fr=CAPTIONS)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.context.path.startswith("transcript"):
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=english,
                data="1:13 The quorum is met.",
            )
    translation.save_target(publish=True)
    copy = VideoPage.objects.get(translation_key=page.translation_key, locale=english)
    assert (copy.media_id, copy.start) == (page.media_id, 5)
    assert [caption.language for caption in copy.captions.all()] == ["fr"]
    assert "The quorum is met." in copy.transcript
    page.captions.create(language="en", text=CAPTIONS)
    page.save_revision().publish()
    source.update_from_db()
    translation.save_target(publish=True)
    copy = VideoPage.objects.get(pk=copy.pk)
    assert sorted(caption.language for caption in copy.captions.all()) == ["en", "fr"]


def test_the_page_of_a_video_stays_within_its_queries(site, client, django_assert_max_num_queries):
    page = captioned(
        resource("video", media=stored_video(), duration=10, **TOLD), fr=CAPTIONS, en=CAPTIONS
    )
    client.get(page.url)
    with django_assert_max_num_queries(12):
        client.get(page.url)
