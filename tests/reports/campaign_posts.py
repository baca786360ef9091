"""Fills the form of a campaign as a browser would send it."""

from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resources.reports.models import Campaign, PlannedMail
from resources.reports.questionnaire.schema import Questionnaire
from resources.reports.questionnaire.stream import to_stream

NAMES = "wagtailsnippets_reports_campaign"
MAILS = {"mails-TOTAL_FORMS": "0", "mails-INITIAL_FORMS": "0", "mails-MIN_NUM_FORMS": "0"}


def url(name: str, *arguments: Any) -> str:
    return reverse(f"{NAMES}:{name}", args=arguments)


def stream(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """The questionnaire as the form holds it; tests change it before they send it."""
    return to_stream(questionnaire)


def section(raw: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(part for part in raw if part["value"]["key"] == key)


def questions_of(raw: list[dict[str, Any]], of: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = section(raw, of)["value"]["questions"]
    return found


def question(raw: list[dict[str, Any]], of: str, key: str) -> dict[str, Any]:
    """The block of a question in its section."""
    return next(q for q in questions_of(raw, of) if q["value"]["key"] == key)


def posted(raw: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    """Every field of the form, for a questionnaire and the other fields given."""
    values = {
        "title_fr": "Retours AG 2026",
        "title_en": "AGM reports 2026",
        "slug": "retours-ag-2026",
        "season": "2026",
        "opens_at": "2026-06-01 09:00",
        "closes_at": "2026-09-30 18:00",
        "languages": ["fr", "en"],
        "intro_fr": "", "intro_en": "", "thanks_fr": "", "thanks_en": "",
        "mails_a_minute": "30", "smallest_cell": "5", "fewest_ranked": "5",
        "drafts_kept_days": "90", "contacts_kept_months": "12", "refused_kept_months": "6",
        **MAILS,
    }  # fmt: skip
    return values | _items("sections", raw) | fields


def _items(prefix: str, items: list[dict[str, Any]]) -> dict[str, str]:
    found = {f"{prefix}-count": str(len(items))}
    for place, item in enumerate(items):
        name = f"{prefix}-{place}"
        found |= {f"{name}-id": item.get("id", ""), f"{name}-order": str(place)}
        found |= {f"{name}-deleted": "", f"{name}-type": item["type"]}
        found |= _value(f"{name}-value", item["value"])
    return found


def _value(prefix: str, value: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name, part in value.items():
        if isinstance(part, list):
            found |= _items(f"{prefix}-{name}", part)
        elif part is True:
            found[f"{prefix}-{name}"] = "on"
        elif part is not False:
            found[f"{prefix}-{name}"] = str(part)
    for name in ("options", "rows", "columns", "rules", "questions"):
        if name not in value:
            found[f"{prefix}-{name}-count"] = "0"
    found.setdefault(f"{prefix}-publish", "aggregate")
    return found


def create(client: Client, raw: list[dict[str, Any]], **fields: Any) -> Any:
    return client.post(url("add"), posted(raw, **fields))


def edit(client: Client, campaign: Campaign, raw: list[dict[str, Any]], **fields: Any) -> Any:
    return client.post(url("edit", campaign.pk), posted(raw, **fields))


def errors(response: Any) -> list[str]:
    """What stands on top of a form that came back."""
    return [str(message) for message in response.context["form"].non_field_errors()]


def mail(campaign: Campaign, **fields: Any) -> PlannedMail:
    values = {
        "kind": "opening",
        "due_at": timezone.make_aware(timezone.datetime(2026, 6, 1, 9)),
        "subject_fr": "Votre retour sur l’AG 2026",
        "body_fr": "Bonjour {name}, dites-nous : {link}",
    }
    return PlannedMail.objects.create(campaign=campaign, **(values | fields))
