"""Readers who ask for alerts."""

import pytest


@pytest.fixture
def quick(monkeypatch):
    """Readers write as quickly as a robot."""
    monkeypatch.setattr("resources.alert_views.AlertForm.shortest_filling", 0)


@pytest.fixture
def camille(site, quick):
    """A reader who has asked for nothing yet."""
    from tests.alerts import Reader

    return Reader()


@pytest.fixture
def follower(camille):
    """A reader who follows « quorum »; the guide that stands there already is no news."""
    from tests.factories import resource

    resource("guide", "Le quorum, depuis longtemps")
    camille.follow()
    return camille
