"""What machines read: the Atom feed, the sitemap, the robots file."""

from xml.etree import ElementTree

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import resource

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed(client, address="/flux.atom"):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def addresses(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [node.text for node in tree.iter(f"{MAP}loc")]


def test_the_feed_tells_the_latest_first_with_unchanging_ids(site, client):
    for title in ("Guide & <b>", "Vidéo"):
        resource("guide", title)
    entries = feed(client).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Vidéo", "Guide & <b>"]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


def test_the_feed_can_be_narrowed_as_the_library(site, client):
    resource("guide", "Un guide")
    resource("video", "Une vidéo")
    entries = feed(client, "/flux.atom?type=video").findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Une vidéo"]


def test_a_feed_with_an_unreadable_filter_still_answers(site, client):
    assert feed(client, "/flux.atom?type=livre&page=x") is not None


def test_the_english_feed_leads_to_english_addresses(site, client):
    resource("guide", "Un guide")
    assert feed(client, "/en/flux.atom").findall(f"{ATOM}entry")


def test_the_sitemap_holds_every_public_page_once_in_every_language(site, client):
    page, hidden = resource("guide", "Public"), resource("guide", "Privé")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    resource("guide", "Brouillon", publish=False)
    found = addresses(client)
    assert len(found) == len(set(found))
    paths = [address.partition("//")[2].partition("/")[2] for address in found]
    assert page.url.lstrip("/") in paths
    assert {"", "en/", "ressources/", "en/resources/"} <= set(paths)
    assert not any("prive" in path or "brouillon" in path for path in paths)


def test_robots_are_told_of_the_sitemap_and_kept_from_the_admin(site, client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/\n" in text
    assert "Sitemap: http://testserver/sitemap.xml\n" in text


@pytest.mark.parametrize(
    "address", ["/ressources/?q=vote", "/ressources/?type=guide", "/guides/?page=1&sort=alpha"]
)
def test_filtered_views_are_not_indexed(site, client, address):
    assert 'content="noindex' in client.get(address).content.decode()
    assert 'content="noindex' not in client.get(address.partition("?")[0]).content.decode()
