"""What follows at once: files that held a quote, words of an erased answer, the date of a synthesis."""

import json
from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from resources.reports import consents, workflow
from resources.reports.models import Answer, Campaign, SynthesisPage
from resources.reports.synthesis.parts import QUOTE
from resources.reports.synthesis.serving import forget_others


def register() -> None:
    """Called when the app is ready."""
    workflow.moved.connect(forget_files, dispatch_uid="synthesis")
    consents.changed.connect(forget_files, dispatch_uid="synthesis")
    pre_delete.connect(forget_answer, Answer, dispatch_uid="synthesis")
    page_published.connect(follow_publication, SynthesisPage, dispatch_uid="synthesis")


def forget_files(answer: Answer, **_options: Any) -> None:
    """The page asks again whenever it is shown; a file made before must not stay on the disk."""
    pages = list(_pages_of(answer.campaign_id).values_list("pk", flat=True))
    transaction.on_commit(lambda: [forget_others(pk) for pk in pages])


def forget_answer(instance: Answer, **_options: Any) -> None:
    """Take the words of an answer that is erased out of the drafts, and of their history."""
    key = str(instance.key)
    pages = _pages_of(instance.campaign_id)
    for page in pages:
        parts = [block for block in page.parts.raw_data if not _quotes(block, key)]
        if len(parts) < len(page.parts.raw_data):
            page.parts = page._meta.get_field("parts").to_python(parts)
            page.save(update_fields=["parts"])
    ids = [str(page.pk) for page in pages]
    for revision in Revision.page_revisions.filter(object_id__in=ids):
        parts = json.loads(revision.content.get("parts") or "[]")
        kept = [block for block in parts if not _quotes(block, key)]
        if len(kept) < len(parts):
            revision.content["parts"] = json.dumps(kept)
            revision.save(update_fields=["content"])
    forget_files(instance)


def follow_publication(instance: SynthesisPage, **_options: Any) -> None:
    """The first publication dates the synthesis: what is kept of contacts counts from then."""
    known = Campaign.objects.filter(pk=instance.campaign_id, synthesis_on=None)
    known.update(synthesis_on=timezone.localdate())


def _pages_of(campaign_id: int) -> Any:
    return SynthesisPage.objects.filter(campaign=campaign_id)


def _quotes(block: dict[str, Any], key: str) -> bool:
    return bool(block["type"] == QUOTE and block["value"].get("answer") == key)
