"""Posts whatever may be posted to the pages of an answer, over HTTP and down to the database."""

from collections import Counter
from typing import Any
from urllib.parse import quote_from_bytes

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import campaigns
from tests.answering import Device
from tests.reports.hostile_fields import FIELDS, SEEN, SHAPES

FORM = "application/x-www-form-urlencoded"
PAGES = {
    0: ("reponse/tout/", "relecture/", "accords/"),
    1: ("reponse/recit/", "reponse/participation/", "reponse/pratiques/", "dix-minutes/"),
}
CASES = st.sampled_from([(shape, page) for shape, pages in PAGES.items() for page in pages])


def body(fields: dict[str, list[str]]) -> bytes:
    """A form as bytes, even of what is no text in any encoding."""
    pairs = (
        f"{quote_from_bytes(_bytes(name))}={quote_from_bytes(_bytes(text))}"
        for name, texts in fields.items()
        for text in texts
    )
    return "&".join(pairs).encode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def devices() -> list[Device]:
    """Two co-ops, each with a draft: of a campaign with every type, and of the one that ships."""
    found = []
    for number, shape in enumerate(SHAPES):
        made = campaigns.campaign(shape, slug=f"ag-{number}", title_fr=f"AG {number}")
        coop = campaigns.coop(f"Coop inventée {number}")
        found.append(Device(campaigns.participant(made, coop)).begin())
    return found


def fuzz(cases: int) -> Counter[int]:
    """Post so many forms that nobody has seen; return how often each status was answered.

    An error of the hub is raised with its form, made as small as it can be.
    """
    coops, found = devices(), Counter[int]()
    tokens = [coop.get()("input", {"name": "csrfmiddlewaretoken"})[0]["value"] for coop in coops]

    @settings(
        max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(CASES, FIELDS, SEEN, st.booleans())
    def post(case: tuple[int, str], fields: dict[str, Any], seen: str, by_script: bool) -> None:
        shape, page = case
        coop = coops[shape]
        told = fields | {"seen": [seen], "csrfmiddlewaretoken": [tokens[shape]]}
        headers = {"accept": "application/json"} if by_script else {}
        response = coop.browser.post(
            coop.home + page, body(told), content_type=FORM, headers=headers
        )
        found[response.status_code] += 1
        assert response.status_code in (200, 302, 409, 422), (page, response.status_code)

    post()
    for coop in coops:
        assert coop.section(PAGES[coops.index(coop)][0].split("/")[1]) is not None
        assert coop.response.status_code == 200  # what was kept can be shown
    return found
