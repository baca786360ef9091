"""A file that is no questionnaire is refused with what is wrong in it, whatever stands in it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from resources.reports.admin.screens import address
from resources.reports.questionnaire import exchange
from tests import campaigns

pytestmark = pytest.mark.usefixtures("site")


def file_with(change):
    data = json.loads(exchange.write(campaigns.default_questionnaire()))
    change(data)
    return json.dumps(data).encode()


def first(data):
    return data["sections"][0]["questions"][0]


def chain(data):
    """Each question is asked because of the one before."""
    one = {"type": "yes_no", "label": {"fr": "x", "en": "x"}}
    more = [one | {"key": f"q{n}", "when": f"q{n - 1}" if n else ""} for n in range(1_500)]
    data["sections"][0]["questions"] += more


@pytest.mark.parametrize(
    "change",
    [
        lambda data: first(data).update(label={"fr": "\ud800", "en": "x"}),
        lambda data: first(data).update(label={"fr": "a\0b", "en": "x"}),
        lambda data: first(data).update(when="lieu = \ud800"),
        lambda data: first(data).update({"\ud800": 1}),
        lambda data: first(data).update(minimum=10**400),
        lambda data: first(data).update(minimum=float("inf")),
        lambda data: first(data).update(maximum=float("nan")),
        lambda data: first(data).update(max_length=-5),
        lambda data: first(data).update(max_length=1.5),
        chain,
    ],
)
def test_it_is_refused_and_offers_nothing_to_bring_in(admin_client, change):
    campaign = campaigns.campaign()
    file = SimpleUploadedFile("questionnaire.json", file_with(change), "application/json")
    page = admin_client.post(address("import", campaign), {"file": file})
    assert page.status_code == 200
    assert page.context["problems"]
    assert "content" not in page.context
