"""Checks the links of the site every night, when asked, and when a page that had one is mended."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published, page_unpublished

from hub.core import outbox
from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.models import BrokenLink, OutboxItem
from hub.core.page_links import Addresses, broken_links

KIND, EVERYTHING = "check_links", "all"


def check_all() -> int:
    """Check every public page; return how many links lead nowhere."""
    return _keep(None)


def ask_for_all() -> None:
    outbox.ask(KIND, {EVERYTHING: {}})


def check(items: Sequence[OutboxItem]) -> outbox.Failures:
    keys = {item.key for item in items}
    for key in [EVERYTHING] if EVERYTHING in keys else sorted(keys):
        _keep(None if key == EVERYTHING else int(key))
    return {}


def _keep(only: int | None) -> int:
    """Replace what was known of one page, or of all, at once."""
    with translation.override(settings.LANGUAGE_CODE):
        found = [BrokenLink(**link._asdict()) for link in broken_links(Addresses(), only)]
    with transaction.atomic():
        BrokenLink.objects.filter(**({"page_id": only} if only else {})).delete()
        BrokenLink.objects.bulk_create(found, batch_size=500)
    return len(found)


def follow_publishing(instance: Page, **_options: Any) -> None:
    """A page in which a link was wrong is looked at again: its editor sees the row go."""
    if BrokenLink.objects.filter(page_id=instance.pk).exists():
        outbox.ask(KIND, {str(instance.pk): {}})


def follow_withdrawal(instance: Any, **_options: Any) -> None:
    """A page that goes away may leave links behind."""
    if isinstance(instance, Page) and ReferenceIndex.get_references_to(instance).exists():
        ask_for_all()


def register() -> None:
    """Called when the app is ready."""
    outbox.register(
        outbox.Handler(
            KIND, check, batch=20, lease=timedelta(minutes=30), label=_("links to check")
        )
    )
    register_job(Job("check_links", timedelta(days=1), check_all, aside=True))
    page_published.connect(follow_publishing, dispatch_uid="links")
    page_unpublished.connect(follow_withdrawal, dispatch_uid="links")
    pre_delete.connect(follow_withdrawal, dispatch_uid="links")
