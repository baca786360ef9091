"""Regular jobs: each at its rhythm, once for all the workers, none stopping the others."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from hub.core import jobs
from hub.core.jobs import Job
from hub.core.models import JobRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(monkeypatch):
    """The jobs « short » (a minute), « weekly » and « broken »; the list of those that ran."""
    monkeypatch.setattr(jobs, "_jobs", {})
    ran = []

    def broken():
        ran.append("broken")
        raise ValueError("broken")

    jobs.register(Job("broken", timedelta(minutes=1), broken))
    jobs.register(Job("short", timedelta(minutes=1), lambda: ran.append("short")))
    jobs.register(Job("weekly", timedelta(days=7), lambda: ran.append("weekly")))
    return ran


def since(name, **gap):
    JobRun.objects.filter(name=name).update(began_at=Now() - timedelta(**gap))


def test_the_first_time_every_job_runs(runs):
    jobs.run_due()
    assert runs == ["broken", "short", "weekly"]


def test_a_job_comes_again_at_its_rhythm(runs):
    jobs.run_due()
    runs.clear()
    jobs.run_due()
    assert runs == []
    since("short", seconds=61)
    since("weekly", days=6, hours=23)
    jobs.run_due()
    assert runs == ["short"]


def test_one_round_does_the_short_jobs_again_and_leaves_the_long_ones_to_their_day(runs):
    jobs.run_due()
    runs.clear()
    jobs.run_due(once=True)
    assert runs == ["broken", "short"]


def test_a_job_that_fails_waits_for_its_next_turn(runs):
    assert jobs.run_due() == ["short", "weekly"]
    runs.clear()
    jobs.run_due()
    assert "broken" not in runs
