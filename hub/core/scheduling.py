"""Publishes and withdraws pages at their hour, and forgets what was kept long enough."""

from datetime import timedelta

from django.core.management import call_command

from hub.core import missed
from hub.core.jobs import Job
from hub.core.jobs import register as register_job


def publish_what_is_due() -> None:
    call_command("publish_scheduled", verbosity=0)


def register() -> None:
    """Called when the app is ready."""
    register_job(Job("missed_purge", timedelta(days=1), missed.purge))
    register_job(Job("publish_scheduled", timedelta(seconds=30), publish_what_is_due))
