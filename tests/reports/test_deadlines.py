"""The last moment of a campaign: odd hours, a leap day, and servers in other time zones."""

import json
import shutil

import pytest

from resources.reports.models import Campaign
from tests import campaigns
from tests.deadline_child import run
from tests.reports import campaign_posts
from tests.reports.people import signed_in

ZONES = ("UTC", "Europe/Paris", "America/New_York")
TAKEN, CLOSED = 302, 403
EXPECTED = [
    ("2027-03-28 01:30:00", "dimanche 28 mars 2027 à 03:30"),
    ("2026-10-25 00:30:00", "dimanche 25 octobre 2026 à 02:30"),
    ("2026-10-25 01:30:00", "dimanche 25 octobre 2026 à 02:30"),
    ("2026-09-30 21:59:59.999000", "mercredi 30 septembre 2026 à 23:59"),
    ("2028-02-29 22:59:59.999000", "mardi 29 février 2028 à 23:59"),
]


def test_the_last_moment_is_the_same_wherever_the_server_stands(copy_of_hub, tmp_path):
    children = {}
    for zone in ZONES:
        folder = shutil.copytree(copy_of_hub("empty"), tmp_path / zone.replace("/", "-"))
        children[zone] = run(folder, zone)
    for zone, child in children.items():
        told = json.loads(child.communicate(timeout=600)[0])
        assert told["zone"] == zone
        for found, (kept, words) in zip(told["found"], EXPECTED, strict=True):
            assert found["kept"] == kept  # UTC
            assert found["saves"] == [TAKEN, TAKEN, CLOSED]
            assert not found["begun_too_late"]
            assert f"depuis le {words} (heure de Paris)" in found["door"]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2027-03-28 02:30", None),  # no clock in Paris shows it
        ("2026-10-25 02:30", None),  # it is shown twice: which one is meant?
        ("2028-02-29 23:59", "2028-02-29T22:59:00+00:00"),
        ("2026-10-25 03:30", "2026-10-25T02:30:00+00:00"),
    ],
)
def test_an_editor_is_told_of_an_hour_that_is_none_or_two(typed, kept):
    browser = signed_in()
    raw = campaign_posts.stream(campaigns.default_questionnaire())
    response = campaign_posts.create(browser, raw, closes_at=typed)
    if kept is None:
        words = " ".join(response.context["form"].errors["closes_at"])
        assert "Europe/Paris" in words
        assert "n’existe pas" in words or "ambig" in words
        assert not Campaign.objects.exists()
    else:
        assert Campaign.objects.get().closes_at.isoformat() == kept
