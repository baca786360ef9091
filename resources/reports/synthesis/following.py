"""What follows at once: files that held a quote, words taken back, the date of a synthesis."""

from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.signals import page_published

from resources.reports import consents, sharing, workflow
from resources.reports.models import Answer, Campaign, ReviewEvent, SynthesisPage
from resources.reports.questionnaire.agreement import NAMED, SHARED
from resources.reports.synthesis.forgetting import forget_quotes
from resources.reports.synthesis.serving import forget_others

ENDED = (Answer.State.WITHDRAWN, Answer.State.REFUSED)


def register() -> None:
    """Called when the app is ready."""
    workflow.moved.connect(follow_step, dispatch_uid="synthesis")
    consents.changed.connect(follow_consent, dispatch_uid="synthesis")
    pre_delete.connect(forget_answer, Answer, dispatch_uid="synthesis")
    page_published.connect(follow_publication, SynthesisPage, dispatch_uid="synthesis")


def follow_step(answer: Answer, event: ReviewEvent, **_options: Any) -> None:
    """What is read again is not shown meanwhile; what was refused or withdrawn is not kept either."""
    pages = _forget_files(answer)
    if pages and event.after in ENDED:
        forget_quotes(pages, str(answer.key))


def follow_consent(answer: Answer, **_options: Any) -> None:
    """Words that may not be read any more go. Those without names stay when a name is taken back."""
    pages = _forget_files(answer)
    if not pages:
        return
    current = Answer.objects.select_related("campaign", "organisation").get(pk=answer.pk)
    level = sharing.level_of(current)
    if level not in SHARED or (level != NAMED and sharing.told(current) is None):
        forget_quotes(pages, str(current.key))


def forget_answer(instance: Answer, **_options: Any) -> None:
    """The words of an answer that is erased leave the drafts, and their history."""
    forget_quotes(_forget_files(instance), str(instance.key))


def _forget_files(answer: Answer) -> list[SynthesisPage]:
    """The page asks again whenever it is shown; a file made before must not stay on the disk."""
    pages = list(SynthesisPage.objects.filter(campaign=answer.campaign_id))
    ids = [page.pk for page in pages]
    transaction.on_commit(lambda: [forget_others(pk) for pk in ids])
    return pages


def follow_publication(instance: SynthesisPage, **_options: Any) -> None:
    """The first publication dates the synthesis: what is kept of contacts counts from then."""
    known = Campaign.objects.filter(pk=instance.campaign_id, synthesis_on=None)
    known.update(synthesis_on=timezone.localdate())
