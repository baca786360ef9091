"""Makes the page of an answer, and takes it away: nothing else makes one public.

A page stands on an act that accepted the answer (``Publication.accepted_by``), and on the consent
of its co-op. What a co-op sends again is not public before it is accepted in its turn; until then
the page stays as it was accepted, unless the co-op no longer agrees to it.
"""

import hashlib
import json
from typing import Any, Final

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.models import Page

from hub.core.publishing import NotReadyError
from hub.core.visibility import visible
from resources.models import ExperienceReportPage, Organisation, ResourceIndexPage
from resources.models.report import asked_to_publish
from resources.reports import consents, photos, workflow
from resources.reports.facts import name_facets
from resources.reports.models import Answer, Publication, ReviewEvent
from resources.reports.questionnaire.schema import CONSENT
from resources.reports.report_page import fill
from resources.reports.sharing import ACCEPTED, Obstacle, level_of, obstacle
from resources.reports.traces import empty_page
from resources.vocabulary import Access, Consent

State = Answer.State
WHY_NOT: Final = {
    Obstacle.LEVEL: _lazy("The co-operative keeps this answer for the federation."),
    Obstacle.NOT_ACCEPTED: _lazy("Nobody has accepted this answer yet."),
    Obstacle.NAME: _lazy("The co-operative does not agree to be named."),
}


class NotPublishableError(Exception):
    """Why this answer may not become a page, in a sentence for the moderator."""


def digest_of(answer: Answer) -> str:
    """What tells these answers from others: an act that accepts them keeps it.

    Consents are left out: they are asked for at the moment of publishing.
    """
    asked = answer.campaign.shape.questions
    told = {k: v for k, v in answer.values.items() if k in asked and asked[k].type != CONSENT}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def acceptance_of(answer: Answer) -> ReviewEvent | None:
    """The last act that accepted the answer."""
    return answer.events.filter(after__in=ACCEPTED).exclude(before__in=ACCEPTED).last()


def check(answer: Answer, accepted: ReviewEvent | None) -> None:
    """Raise NotPublishableError unless the co-op agrees to what the act accepted."""
    found = obstacle(answer, accepted.after if accepted else None)
    if found or accepted is None:
        raise NotPublishableError(str(WHY_NOT[found or Obstacle.NOT_ACCEPTED]))
    if accepted.changes.get("values") != digest_of(answer):
        raise NotPublishableError(
            _("The co-operative has changed its answer since it was accepted: read it again.")
        )


@transaction.atomic
def publish(
    answer: Answer, *, who: str, user: Any = None, seen: int | None = None, why: str = ""
) -> ExperienceReportPage:
    """Make or renew the page of an accepted answer. Raises NotPublishableError, SeenByAnotherError."""
    workflow.move(answer, State.PUBLISHED, who=who, user=user, why=why, seen=seen)
    accepted = acceptance_of(answer)
    check(answer, accepted)
    assert accepted is not None
    page = _page_of(answer)
    named = accepted.after == State.ACCEPTED
    fill(page, answer, named=named)
    _save(page)
    Publication.objects.update_or_create(
        answer=answer, defaults={"accepted_by": accepted, "page": page}
    )
    answer.refresh_from_db()
    photos.show(page, answer, named=named)
    page.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    name_facets(page.facts)
    if not named:
        _hide(_translations(page))
    return ExperienceReportPage.objects.get(pk=page.pk)


def renew(answer: Answer, *, user: Any = None) -> None:
    """Write again the page of a published answer, whose public texts were corrected."""
    publication = Publication.objects.select_related("accepted_by", "page").get(answer=answer)
    check(answer, publication.accepted_by)
    page = publication.page
    fill(page, answer, named=publication.accepted_by.after == State.ACCEPTED)
    photos.show(page, answer, named=page.consent == Consent.NAMED)
    page.save_revision(user=user).publish(user=user, skip_permission_checks=True)


def preview_of(answer: Answer, *, named: bool) -> ExperienceReportPage:
    """The page as it would be read, saved nowhere."""
    index = index_page()
    page = ExperienceReportPage(locale=index.locale, slug="apercu")
    fill(page, answer, named=named)
    page.set_url_path(index)
    page.path, page.depth = f"{index.path}0000", index.depth + 1
    return page


def address_of(answer: Answer) -> str:
    """The address of the page that is public now; nothing when there is none."""
    page = visible(ExperienceReportPage.objects.filter(publication__answer=answer)).first()
    return page.get_url() or "" if page else ""


@transaction.atomic
def take_down(answer: Answer) -> bool:
    """Take the page of an answer from everybody, with its translations, photos and history.

    Nothing of the answer is kept there: published again, the page is written anew from what is
    accepted then. Its address stays.
    """
    page = ExperienceReportPage.objects.filter(publication__answer=answer).first()
    if page is None or not (page.live or page.access == Access.PUBLIC):
        return False
    photos.remove(page)
    _hide([page, *_translations(page)])
    empty_page(ExperienceReportPage.objects.get(pk=page.pk))
    return True


@transaction.atomic
def index_page() -> Page:
    return ResourceIndexPage.objects.get(listed_type="report", locale__language_code="fr")


def _page_of(answer: Answer) -> ExperienceReportPage:
    found = ExperienceReportPage.objects.filter(publication__answer=answer).first()
    # The address names nobody: a co-op may ask tomorrow not to be named.
    return found or ExperienceReportPage(live=False, slug=_free_slug(answer))


def _free_slug(answer: Answer) -> str:
    wanted = f"retour-ag-{answer.campaign.season}"
    taken = set(index_page().get_children().values_list("slug", flat=True))
    number = 1
    while (slug := f"{wanted}-{number}") in taken:
        number += 1
    return slug


def _save(page: ExperienceReportPage) -> None:
    if page.pk is None:
        index_page().add_child(instance=page)


def _translations(page: ExperienceReportPage) -> list[ExperienceReportPage]:
    return list(page.get_translations())


def _hide(pages: list[ExperienceReportPage]) -> None:
    for page in pages:
        if page.live:
            page.unpublish()


@receiver(workflow.moved, sender=Answer)
def follow_step(sender: type[Answer], answer: Answer, event: ReviewEvent, **options: Any) -> None:
    """What was refused or withdrawn leaves at once; what is sent again waits to be read again."""
    if event.after in (State.WITHDRAWN, State.REFUSED):
        take_down(answer)
    if event.before == State.CHANGE_ASKED:
        Answer.objects.filter(pk=answer.pk).update(question="")
        answer.question = ""
    if event.after == State.RECEIVED:
        Answer.objects.filter(pk=answer.pk).update(public_texts={})
        answer.public_texts = {}
        follow_consent(sender, answer)


@receiver(consents.changed, sender=Answer)
def follow_consent(sender: type[Answer], answer: Answer, **options: Any) -> None:
    """A page that says more than its co-op agrees to leaves at once, then is read again."""
    current = Answer.objects.get(pk=answer.pk)
    publication = _publication(answer=current)
    if publication is None or not publication.page.live:
        return
    if not obstacle(current, publication.accepted_by.after):
        if not consents.images_allowed(current):
            photos.remove(publication.page, publish=True)
        return
    take_down(current)
    if current.state == State.PUBLISHED:
        back = State.WITHDRAWN if level_of(current) is None else State.IN_REVIEW
        why = _("The co-operative has changed what it agrees to: its page is no longer public.")
        workflow.move(answer, back, who=workflow.BY_THE_COOP, why=why)


@receiver(post_save, sender=Organisation)
def follow_sheet(sender: type[Organisation], instance: Organisation, **options: Any) -> None:
    """A co-op whose sheet says that it is not to be named is named no more, anywhere."""
    if not instance.may_be_named:
        for answer in Answer.objects.filter(organisation=instance).select_related("campaign"):
            consents.changed.send(Answer, answer=answer)


@receiver(asked_to_publish)
def keep_to_consent(sender: type, page: ExperienceReportPage, **options: Any) -> None:
    """The page of an answer, translated or not, is not published by hand once its co-op took it back."""
    publication = _publication(page__translation_key=page.translation_key) if page.pk else None
    if publication is None:
        return
    answer, accepted = publication.answer, publication.accepted_by.after
    taken_back = answer.state in (State.WITHDRAWN, State.REFUSED) or obstacle(answer, accepted)
    if taken_back or (page.consent == Consent.NAMED and accepted != State.ACCEPTED):
        raise NotReadyError(
            _("“%(title)s” cannot be published: its co-operative does not agree to it.")
            % {"title": page.title}
        )


def _publication(**of: Any) -> Publication | None:
    found = Publication.objects.filter(**of)
    return found.select_related("answer__organisation", "accepted_by", "page").first()
