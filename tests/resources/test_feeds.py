"""What machines read: the Atom feed, the sitemap, the robots file."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import urlencode
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


# -- The feed of a search ------------------------------------------------------------------------


def test_the_feed_of_a_search_is_named_after_it(site, client):
    page = resource("guide", "Un guide sur le quorum", steps=["avant"])
    resource("video", "Une vidéo sur le quorum")
    tree = feed(client, "/flux.atom?q=quorum&type=guide&step=avant&sort=alpha&page=3&size=5")
    assert tree.findtext(f"{ATOM}title") == "Recherche\xa0: quorum · Guide · Avant l’AG"
    assert [entry.findtext(f"{ATOM}title") for entry in tree.findall(f"{ATOM}entry")] == [
        page.title
    ]
    links = {link.get("rel"): link.get("href") for link in tree.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://testserver/flux.atom?q=quorum&type=guide&step=avant",
        "alternate": "http://testserver/ressources/?q=quorum&type=guide&step=avant",
    }


def test_the_feed_of_everything_has_the_name_of_the_site(site, client):
    tree = feed(client)
    assert tree.findtext(f"{ATOM}title") == "La vie coopérative\xa0: les nouveautés"
    assert feed(client, "/en/flux.atom").get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_feed_has_all_that_the_standard_asks_for(site, client):
    """RFC 4287, 4.1.1 and 4.1.2."""
    for title in ("Un", "Deux", "Trois"):
        resource("guide", title)
    tree = feed(client)
    for parent in (tree, *tree.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1, name
        datetime.fromisoformat(parent.findtext(f"{ATOM}updated"))
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", parent.findtext(f"{ATOM}id"))
        relations = [link.get("rel") for link in parent.findall(f"{ATOM}link")]
        assert len(relations) == len(set(relations)) > 0
    assert tree.findtext(f"{ATOM}author/{ATOM}name")
    ids = [node.text for node in tree.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 4
    latest = max(entry.findtext(f"{ATOM}updated") for entry in tree.findall(f"{ATOM}entry"))
    assert tree.findtext(f"{ATOM}updated") == latest


def test_the_id_of_an_entry_outlives_its_address_and_its_title(site, client):
    page = resource("guide", "Un guide")
    before = feed(client).findtext(f"{ATOM}entry/{ATOM}id")
    page.slug, page.title = "autre-adresse", "Autre titre"
    page.save_revision().publish()
    entry = feed(client).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href").endswith("/autre-adresse/")
    assert entry.findtext(f"{ATOM}id") == before


def test_each_search_has_its_own_id_always_the_same(site, client):
    def id_of(address):
        return feed(client, address).findtext(f"{ATOM}id")

    same = [
        "?type=video&type=guide&q=vote",
        "?q=vote&type=guide&type=video",
        "?q=+vote++&type=video&type=guide&page=2&couleur=bleu",
    ]
    assert len({id_of(f"/flux.atom{query}") for query in same}) == 1
    others = ["/flux.atom", "/en/flux.atom", "/flux.atom?q=vote", "/en/flux.atom?q=vote",
              "/flux.atom?type=video", f"/flux.atom{same[0]}"]  # fmt: skip
    assert len({id_of(address) for address in others}) == len(others)


@pytest.mark.parametrize("query", ["", "?q=quorum", "?q=xyzzyx"])
def test_an_unchanged_feed_is_not_sent_twice_and_a_changed_one_is(site, client, query):
    resource("guide", "Le quorum")
    first = client.get(f"/flux.atom{query}")
    again = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/flux.atom{query}", headers=again).status_code == 304
    resource("video", "Le quorum, dit xyzzyx")
    changed = client.get(f"/flux.atom{query}", headers=again)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert not changed.cookies


def test_what_is_withdrawn_leaves_the_feed(site, client):
    page = resource("guide", "Éphémère")
    first = client.get("/flux.atom?q=ephemere")
    page.unpublish()
    after = client.get("/flux.atom?q=ephemere", headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert b"entry" not in after.content


@pytest.mark.parametrize(
    "text",
    ["\x00\x01\x0b\x1f", "]]>", "<script>&amp;", '"&\'<>', "\ufffe\uffff", "🎉", "\u2028", "a" * 5_000,
     "é\u0301" * 300, "%00", "\x7f\x9f", "{searchTerms}"],
)  # fmt: skip
def test_a_feed_is_xml_whatever_is_searched_for(site, client, text):
    tree = feed(client, f"/flux.atom?{urlencode({'q': text})}")
    assert tree.findtext(f"{ATOM}title")


def test_a_feed_is_xml_whatever_a_page_holds(site, client):
    resource("guide", "Titre \x0b\ufffe<b> & ]]>", summary="Résumé \x01 de <i>moins</i> & plus")
    entry = feed(client).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Titre <b> & ]]>"
    summary = entry.find(f"{ATOM}summary")
    # The content of a summary of this kind is HTML: read as such, it says what the editor wrote.
    assert summary.get("type") == "html"
    assert "<" not in summary.text
    assert unescape(summary.text) == "Résumé  de <i>moins</i> & plus"


# -- Where a search is followed from -------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("/ressources/?q=quorum&type=guide&sort=alpha&page=1", "q=quorum&type=guide"),
        ("/ressources/?q=xyzzyxyzzy", "q=xyzzyxyzzy"),
        ("/guides/?step=avant", "type=guide&step=avant"),
        ("/guides/", "type=guide"),
        ("/en/resources/?q=quorum", "q=quorum"),
    ],
)
def test_the_results_offer_to_follow_the_state_they_are_in(site, client, address, followed):
    text = client.get(address).content.decode()
    prefix = "/en" if address.startswith("/en/") else ""
    expected = f"{prefix}/flux.atom?{followed.replace('&', '&amp;')}"
    assert f'<link rel="alternate" type="application/atom+xml" href="{expected}"' in text
    assert text.count(f'href="{expected}"') == 2
    assert f'href="{prefix}/alerte/?{followed.replace("&", "&amp;")}" rel="nofollow"' in text


def test_the_whole_library_is_followed_by_the_feed_of_the_site(site, client):
    text = client.get("/ressources/").content.decode()
    assert text.count('type="application/atom+xml" href="/flux.atom"') == 1
    assert 'href="/alerte/" rel="nofollow"' in text
