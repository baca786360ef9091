"""Answers as co-ops send them, and the acts of moderators on them."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import TestCase
from django.urls import reverse

from resources.models import ExperienceReportPage
from resources.reports import moderation, publication, workflow
from resources.reports.models import Answer
from tests import campaigns

STORY = {
    "statut": {"chosen": ["scic"]},
    "region": {"chosen": ["bretagne"]},
    "taille": {"chosen": ["de_100_499"]},
    "date_ag": "2026-05-14",
    "type_ag": {"chosen": ["ago"]},
    "mode_ag": {"chosen": ["presentiel"]},
    "jour": {"chosen": ["vendredi"]},
    "creneau": {"chosen": ["fin_journee"]},
    "lieu": {"chosen": ["autre"], "other": "La salle Ouestfalia de Rennes"},
    "budget_convivialite": {"chosen": ["moins_500"]},
    "convivialite": {"chosen": ["pot"]},
    "pratiques": {"P03": {"tried": True, "more": "Une lettre bariolée."}},
    "ce_qui_a_marche": "Aux Toits Bleus, la chorale a fredonné avant le vote.",
    "ce_qui_a_moins_marche": "Le micro crachotait.",
    "conseil_a_un_pair": "Répétez <b>la veille</b>.\n\nEt soufflez.",
    "outils_manque": "Un karaoké fédéral.",
    "objectifs": "Doubler la fanfare.",
    "consent_niveau": "nom",
}


def received(values: dict[str, Any] | None = None, **fields: Any) -> Answer:
    """An answer that its co-op has just sent."""
    invited = campaigns.participant(fields.pop("campaign", None) or campaigns.campaign())
    answer = campaigns.answer(invited, STORY | (values or {}), **fields)
    workflow.move(answer, Answer.State.RECEIVED, who=workflow.BY_THE_COOP)
    return answer


def in_review(values: dict[str, Any] | None = None, **fields: Any) -> Answer:
    answer = received(values, **fields)
    step(answer, Answer.State.IN_REVIEW)
    return answer


def step(answer: Answer, to: str, why: str = "") -> None:
    """A step that a moderator takes, with all that follows a commit."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        moderation.take_step(answer, to, moderation.By("Une modératrice"), why)
    answer.refresh_from_db()


def published(values: dict[str, Any] | None = None, **fields: Any) -> ExperienceReportPage:
    """The page of an answer that was accepted and published with the name of its co-op."""
    answer = in_review(values, **fields)
    step(answer, Answer.State.ACCEPTED)
    step(answer, Answer.State.PUBLISHED)
    return page_of(answer)


def published_without_names(texts: dict[str, str]) -> ExperienceReportPage:
    answer = in_review({"consent_niveau": "anonyme"})
    return published_again_without_names(answer, texts)


def published_again_without_names(answer: Answer, texts: dict[str, str]) -> ExperienceReportPage:
    """The page of an answer in review, accepted with these texts."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        moderation.accept_without_names(answer, texts, moderation.By("Une modératrice"))
    step(answer, Answer.State.PUBLISHED)
    return page_of(answer)


def page_of(answer: Answer) -> ExperienceReportPage:
    return ExperienceReportPage.objects.get(publication__answer=answer)


def person(name: str, group: str = "Modérateurs des retours") -> User:
    user = User.objects.create_user(name, password="x")
    user.groups.add(Group.objects.get(name=group))
    return user


def url_of(answer: Answer, name: str = "answer") -> str:
    return reverse(f"moderation:{name}", args=[answer.pk])


def form_of(answer: Answer, **fields: Any) -> dict[str, Any]:
    """What the form of a moderator who has just opened the answer carries."""
    answer.refresh_from_db()
    return {"seen": answer.review_version, "read": publication.digest_of(answer)} | fields


def act(client: Any, answer: Answer, to: str, why: str = "") -> Any:
    return client.post(url_of(answer), form_of(answer, to=to, why=why))
