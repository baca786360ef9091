"""« Ma sélection »: set aside, reordered, shared; nothing private ever comes with it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from resources.selection.chosen import Selection, read
from tests.factories import resource, stored_file
from tests.selections import CHANGE, PAGE, add, download_link, fetched, held, text, unzipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.KITS_ROOT = tmp_path / "media", tmp_path / "kits"


@pytest.fixture
def documents(site):
    titles = ["Convocation claire", "L’été à Orléans", "Compte-rendu & suites"]
    return [
        resource("document", title, file=stored_file(title, content=title.encode() * 50))
        for title in titles
    ]


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def test_reading_gives_no_cookie_and_the_first_addition_a_bounded_one(browser, documents):
    assert not browser.get(documents[0].url).cookies
    assert not browser.get(PAGE).cookies
    response = add(browser, documents[0])
    (cookie,) = response.cookies.values()
    assert (cookie.key, cookie["httponly"], cookie["samesite"]) == ("selection", True, "Lax")
    assert cookie["max-age"] == 180 * 24 * 60 * 60
    assert set(response.cookies) == {"selection"}


def test_adding_leads_back_where_one_was_and_the_button_turns(browser, documents):
    response = add(browser, documents[0])
    assert response.url == "/ressources/"
    page = text(browser.get(documents[0].url))
    assert f'name="remove" value="{documents[0].pk}"' in page
    assert "data-selection-count>1<" in page


def test_a_list_of_pages_without_files_says_that_there_is_nothing_to_download(browser, documents):
    nothing = "il n’y a rien à télécharger"
    add(browser, resource("tool", "Un outil"))
    assert nothing in text(browser.get(PAGE))
    add(browser, documents[0])
    assert nothing not in text(browser.get(PAGE))


def test_a_card_offers_the_same_button(browser, documents):
    assert f'name="add" value="{documents[1].pk}"' in text(browser.get("/ressources/"))


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_nobody_is_led_to_another_site(browser, documents, target):
    response = browser.post(CHANGE, {"add": documents[0].pk, "next": target})
    assert response.url == PAGE


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example/page"},
    ],
)
def test_a_form_of_another_site_changes_nothing(browser, documents, headers):
    assert add(browser, documents[0], **headers).status_code == 403
    assert not held(browser).items


def test_the_page_lists_what_was_added_in_order_and_moves_it(browser, documents):
    add(browser, *documents)
    first, second, third = (str(page.pk) for page in documents)
    assert held(browser).items == (first, second, third)
    browser.post(CHANGE, {"up": third, "next": PAGE})
    browser.post(CHANGE, {"down": first, "next": PAGE})
    assert held(browser).items == (third, first, second)
    page = text(browser.get(PAGE))
    titles = [documents[2].title.replace("&", "&amp;"), documents[0].title, documents[1].title]
    places = [page.index(f">{title}</a>") for title in titles]
    assert places == sorted(places)


def test_removing_and_emptying_can_be_undone(browser, documents):
    add(browser, *documents)
    before = held(browser).items
    gone = browser.post(CHANGE, {"empty": "1", "next": PAGE})
    assert not held(browser).items
    shown = text(browser.get(gone.url))
    assert "Votre sélection est vide" in shown
    browser.post(CHANGE, {"restore": parse_qs(urlsplit(gone.url).query)["undo"][0], "next": PAGE})
    assert held(browser).items == before


def test_one_that_was_removed_comes_back_to_its_place(browser, documents):
    add(browser, *documents)
    before = held(browser).items
    gone = browser.post(CHANGE, {"remove": before[1], "next": PAGE})
    assert held(browser).items == (before[0], before[2])
    assert f'name="restore" value="{".".join(before)}"' in text(browser.get(gone.url))
    browser.post(CHANGE, {"restore": ".".join(before), "next": PAGE})
    assert held(browser).items == before


def test_title_and_note_are_kept_for_oneself(browser, documents):
    add(browser, documents[0])
    name, note = "AG « 2027 » <b>", "À lire d’abord\nl’été"
    browser.post(CHANGE, {"rename": "1", "title": name, "note": note, "next": PAGE})
    assert (held(browser).title, held(browser).note) == (name, note)
    page = text(browser.get(PAGE))
    assert "AG « 2027 » &lt;b&gt;" in page
    assert "<b>" not in page
    assert "lire" not in download_link(browser)


def test_the_longest_words_still_fit_in_a_cookie():
    selection = Selection().with_items(str(10**8 + n) for n in range(60))
    written = selection.named("é" * 500, "œ" * 5000).written()
    assert len(selection) == 30
    assert len(written) <= 3500
    assert read(written).items == selection.items


@pytest.mark.parametrize(
    "cookie",
    ["", "!", "1.2!%7B", "<script>", "1" * 5000, "0.-1.f.f0.99999999999", "1!%5B1%5D", "é.1",
     "1!" + "%5B" * 900, "1.1.1"],
)  # fmt: skip
def test_a_tampered_cookie_breaks_nothing(documents, cookie):
    browser = Client()
    browser.cookies["selection"] = cookie
    for address in (PAGE, documents[0].url, "/ressources/"):
        assert browser.get(address).status_code == 200


def test_what_cannot_be_read_is_not_added(browser, documents):
    hidden = resource("document", "Brouillon secret", publish=False)
    PageViewRestriction.objects.create(page=documents[1], restriction_type="login")
    lonely = stored_file("Fichier sans page")
    for item in (
        hidden,
        documents[1],
        "999999",
        "x",
        f"f{documents[1].file_id}",
        f"f{lonely.pk}",
        "' or 1=1",
    ):
        response = add(browser, item)
        assert response.url == f"{PAGE}?refused=gone"
    assert not held(browser).items


@pytest.mark.parametrize("way", ["private", "unpublished", "closed"])
def test_what_was_withdrawn_is_told_without_its_title_and_left_out(browser, documents, way):
    add(browser, *documents)
    page = documents[0]
    if way == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif way == "unpublished":
        page.unpublish()
    else:
        page.access = "coops"
        page.save_revision().publish()
    shown = text(browser.get(PAGE))
    assert "n’est plus disponible" in shown
    assert "Convocation" not in shown
    with unzipped(browser.get(download_link(browser))) as archive:
        everything = " ".join(archive.namelist()) + archive.read("LISEZ-MOI.html").decode()
    assert "onvocation" not in everything


def test_the_thirty_first_is_refused_with_a_reason(browser, documents):
    browser.cookies["selection"] = ".".join(str(10**6 + n) for n in range(30))
    response = add(browser, documents[0])
    assert response.url == f"{PAGE}?refused=full"
    assert "30 ressources au plus" in text(browser.get(response.url))


def test_a_shared_list_is_read_and_added_to_ones_own(browser, documents):
    sender = Client()
    add(sender, documents[0], documents[1])
    sender.post(CHANGE, {"rename": "1", "title": "Pour <vous>", "note": "", "next": PAGE})
    page = text(sender.get(PAGE))
    start = page.index("/ma-selection/partagee/")
    link = page[start : page.index("<", start)].replace("&amp;", "&")
    add(browser, documents[2])
    shown = browser.get(link)
    assert "Pour &lt;vous&gt;" in text(shown)
    assert "Convocation claire" in text(shown)
    assert held(browser).items == (str(documents[2].pk),), "opening a link changes nothing"
    browser.post(CHANGE, {"copy": f"{documents[0].pk}.{documents[1].pk}", "next": PAGE})
    assert held(browser).items == tuple(str(documents[n].pk) for n in (2, 0, 1))
    assert held(browser).title == ""


@pytest.mark.parametrize("listed", ["", "x", "-1", "f", "0", "%00"])
def test_an_address_without_a_list_does_not_exist(client, site, listed):
    assert client.get("/ma-selection/partagee/", {"i": listed}).status_code == 404
    assert client.get("/ma-selection/telecharger/", {"i": listed}).status_code == 404


def test_ten_thousand_numbers_cost_no_more_than_thirty(client, documents):
    many = ".".join(str(n) for n in range(1, 10_001))
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/ma-selection/partagee/", {"i": many}).status_code == 200
    assert len(queries) <= 15


def test_the_page_costs_the_same_for_one_and_for_many(browser, site):
    pages = [resource("document", f"D {n}", file=stored_file(f"D {n}")) for n in range(6)]
    add(browser, pages[0])
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        browser.get(PAGE)
    add(browser, *pages[1:])
    with CaptureQueriesContext(connection) as many:
        browser.get(PAGE)
    assert len(many) == len(few) <= 15


def test_buttons_cost_no_query(browser, documents):
    browser.get("/ressources/")
    with CaptureQueriesContext(connection) as before:
        browser.get("/ressources/")
    add(browser, *documents)
    with CaptureQueriesContext(connection) as after:
        browser.get("/ressources/")
    assert len(after) == len(before)


def test_a_page_that_shows_a_selection_is_nobody_elses(browser, documents):
    plain = browser.get("/ressources/")
    assert plain.headers["Cache-Control"] == "no-cache"
    add(browser, documents[0])
    own = browser.get("/ressources/")
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in own.headers["Vary"]
    assert own.headers["ETag"] != plain.headers["ETag"]


def test_nothing_of_the_list_is_written_to_the_database(browser, documents):
    browser.get("/")  # Wagtail makes the row of a setting when it is first read
    with CaptureQueriesContext(connection) as queries:
        add(browser, *documents)
        browser.get(PAGE)
        fetched(browser)
    assert [q for q in queries if not q["sql"].lstrip().upper().startswith("SELECT")] == []


def test_it_speaks_english(browser, documents):
    browser.post("/en/ma-selection/changer/", {"add": documents[0].pk, "next": "/en/"})
    page = text(browser.get("/en/ma-selection/"))
    assert "My selection" in page
    assert "Share this list" in page
    assert browser.get("/de/ma-selection/").status_code == 404


def test_the_script_is_answered_in_json(browser, documents):
    response = add(browser, documents[0], Accept="application/json")
    assert response.json() == {
        "count": 1, "items": [str(documents[0].pk)],
        "message": "Ajouté. 1 ressource dans votre sélection.",
    }  # fmt: skip
    assert response.headers["Cache-Control"] == "no-store"


def test_adding_again_from_a_page_that_has_not_heard_is_not_told_as_a_removal(browser, documents):
    add(browser, documents[0], Accept="application/json")
    again = add(browser, documents[0], Accept="application/json").json()
    assert (again["count"], again["message"]) == (1, "Ajouté. 1 ressource dans votre sélection.")


def test_a_get_changes_nothing(client, documents):
    assert client.get(CHANGE, {"add": documents[0].pk}).status_code == 405
