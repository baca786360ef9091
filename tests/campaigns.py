"""Makes campaigns as editors do, with co-ops that are invited."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from resources.models import Organisation
from resources.reports.access import new_link
from resources.reports.models import Answer, Campaign, Contact, Participant
from resources.reports.questionnaire import exchange, schema
from resources.reports.questionnaire.schema import Questionnaire
from resources.reports.questionnaire.stream import to_stream

DEFAULT = Path(exchange.__file__).with_name("retours-ag.json")


def default_questionnaire() -> Questionnaire:
    """The questionnaire that the project ships."""
    return exchange.read(DEFAULT.read_bytes())


def campaign(questionnaire: Questionnaire | None = None, **fields: Any) -> Campaign:
    """A campaign that has been open for a day and stays so for a month."""
    now = timezone.now()
    values = {
        "title_fr": "Retours AG 2026",
        "title_en": "AGM reports 2026",
        "slug": "retours-ag-2026",
        "season": 2026,
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=30),
        "languages": ["fr", "en"],
    }
    made = Campaign(**(values | fields))
    made.sections = made._meta.get_field("sections").to_python(
        to_stream(questionnaire or default_questionnaire())
    )
    made.save()
    return made


def coop(name: str = "Les Toits Bleus", **fields: Any) -> Organisation:
    values = {"town": "Rennes", "region": "Bretagne", "status": "scic", "activity": "mixte"}
    return Organisation.objects.create(name=name, is_example=True, **(values | fields))


def participant(
    of: Campaign, organisation: Organisation | None = None, **fields: Any
) -> Participant:
    invited = Participant.objects.create(campaign=of, organisation=organisation or coop(), **fields)
    Contact.objects.create(
        participant=invited, name="Camille", email=f"camille{invited.pk}@coop.example"
    )
    return invited


def answer(of: Participant, values: dict[str, Any] | None = None, **fields: Any) -> Answer:
    """The answer of an invited co-op: a draft, unless the fields say more."""
    return Answer.objects.create(
        campaign=of.campaign,
        participant=of,
        organisation=of.organisation,
        values=values or {},
        **fields,
    )


def holder(of: Participant) -> Client:
    """Somebody of the co-op, who has clicked on the link of a mail."""
    browser = Client()
    response = browser.get(urlsplit(new_link(contact=of.contacts.get())).path)
    assert response.status_code == 302
    return browser


def every_type() -> Questionnaire:
    """A section with one question of each type, keyed by its type."""
    options = [{"key": k, "label": {"fr": k.title(), "en": k}} for k in ("un", "deux", "trois")]
    more: dict[str, dict[str, Any]] = {
        "choice": {"options": options, "other": True},
        "choices": {"options": options, "other": True},
        "ranking": {"options": options},
        "matrix": {"rows": options, "columns": options[:2], "cell": "integer"},
        "integer": {"minimum": 0, "maximum": 500},
        "text": {"max_length": 40},
    }
    questions = [
        {"key": kind, "type": kind, "label": {"fr": f"Question {kind}"}, **more.get(kind, {})}
        for kind in schema.TYPES
    ]
    table = {"rows": options, "columns": options, "cell": "choice"}
    questions += [
        {"key": "table", "type": "matrix", "label": {"fr": "Table"}, **table},
        {"key": "accord", "type": "consent", "label": {"fr": "Accord"}, "options": options},
    ]
    section = {"key": "tout", "title": {"fr": "Tout"}, "questions": questions}
    return Questionnaire((exchange.section_of(section),))
