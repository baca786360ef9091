"""Requests for alerts that arrive at the same moment, on a served hub."""

import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from resources.alert_views import AlertForm

HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|key)" value="([^"]+)"')


def rows(hub, email):
    with closing(sqlite3.connect(hub.data_dir / "hub.sqlite3")) as database:
        query = "SELECT parameters FROM resources_searchalert WHERE email = ?"
        return [row[0] for row in database.execute(query, [email])]


def form_of(hub, query):
    """A browser that has opened the form, and what it would send."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    address = f"{hub.url}/alerte/?{query}"
    return browser, address, dict(HIDDEN.findall(browser.open(address).read().decode()))


def send(form, email):
    browser, address, hidden = form
    data = urlencode({**hidden, "email": email, "website": ""}).encode()
    with browser.open(address, data) as answer:
        return answer.status, answer.url


def sent_together(hub, queries, email):
    forms = [form_of(hub, query) for query in queries]
    time.sleep(AlertForm.shortest_filling + 1.1)
    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(lambda form: send(form, email), forms))


def test_they_keep_to_the_limit_of_an_address(live_hub):
    email = "ensemble@coop.example"
    answers = sent_together(live_hub, [f"q=mot{number}" for number in range(10)], email)
    assert set(answers) == {(200, f"{live_hub.url}/alerte/demandee/")}
    assert len(rows(live_hub, email)) == 3


def test_the_same_search_twice_is_one_alert(live_hub):
    email = "deux-fois@coop.example"
    answers = sent_together(live_hub, ["q=quorum"] * 4, email)
    assert set(answers) == {(200, f"{live_hub.url}/alerte/demandee/")}
    assert rows(live_hub, email) == ["q=quorum"]
