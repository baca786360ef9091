"""Loads the seasons of the demonstration: invented co-ops, invited, and what they answered.

A season is written once; what an editor changes or removes afterwards is left alone. The answers go
through moderation, and the synthesis of a past season is drafted from them.
"""

import uuid
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone

from resources.models import ExperienceReportPage, Organisation
from resources.reports.models import Answer, Campaign, Contact, Participant
from resources.reports.questionnaire import exchange
from resources.reports.questionnaire.schema import Questionnaire
from resources.reports.questionnaire.stream import to_stream
from search.indexing import index_pages

from .example_answers import FOLDER, Example, Row, coops, examples
from .example_moderation import take_on
from .example_synthesis import load_synthesis
from .ledger import Ledger
from .references import NAMESPACE, References
from .rows import keep_row
from .sources import ContentError, digest_of, read_toml
from .writer import value_for

PARIS: Final = ZoneInfo("Europe/Paris")
SHIPPED: Final = Path(exchange.__file__).with_name("retours-ag.json")
FIRST_OPEN: Final = 2026  # the season after those that are told
State = Answer.State


def load_campaigns(ledger: Ledger, references: References) -> None:
    """Write the invented co-ops, then each season: invitations, answers, reports, synthesis."""
    texts = read_toml(f"{FOLDER}/campaigns.toml")
    stories = read_toml(f"{FOLDER}/stories.toml")
    moderated = read_toml(f"{FOLDER}/moderation.toml")
    shape = exchange.read(SHIPPED.read_bytes())
    _load_coops(ledger, shape, texts["texts"]["coop_name"])
    known = dict(Organisation.objects.values_list("slug", "pk"))
    invited = [known[slug_of(row)] for row in coops() if slug_of(row) in known]
    before: dict[str, Any] = {}
    for row in texts["campaign"]:
        today = timezone.localdate()
        campaign = _campaign(ledger, row, texts["texts"], shape, invited, today)
        if campaign is None:
            continue
        began, notes = timezone.now(), moderated.get(row["key"], {})
        told = list(examples(row["key"], shape, stories.get(row["key"], {}), today))
        for example in told:
            _remember(example, before)
            pk = known.get(slug_of({"slug": example.coop}))
            _answer(ledger, row["key"], campaign, example, pk, notes.get(example.coop, {}))
        before = {example.coop: example.values for example in told}
        _date_reports(campaign, began)
        if row.get("synthesis"):
            load_synthesis(ledger, references, row["synthesis"], campaign)


def slug_of(row: Row) -> str:
    return f"exemple-{row['slug']}"


def _load_coops(ledger: Ledger, shape: Questionnaire, name: str) -> None:
    regions = {o.key: o.label.fr for o in shape.questions["region"].options}
    for row in coops():
        fields = {
            "name": name.format(name=row["name"]),
            "town": "Ville-Exemple",
            "region": regions[row["region"]],
            "status": row["statut"],
            "activity": row["activite"],
            "size": row["taille"],
            "is_example": True,
        }
        slug = slug_of(row)
        keep_row(ledger, f"organisation:{slug}", Organisation, {"slug": slug}, fields)


def _campaign(
    ledger: Ledger, row: Row, texts: Row, shape: Questionnaire, invited: list[int], today: date
) -> Campaign | None:
    key = f"campaign:{row['key']}"

    def state(pk: str) -> str | None:
        found = Campaign.objects.filter(pk=pk).values_list("latest_revision_id", flat=True)
        return str(found[0]) if found else None

    def save() -> tuple[int, str]:
        known = Campaign.objects.filter(pk=ledger.known(key) or 0).first()
        campaign = known or _new_campaign(row, texts, shape, today)
        if known is None:
            _invite(campaign, invited, with_contacts=bool(row.get("invitations")))
        return campaign.pk, state(str(campaign.pk)) or ""

    ledger.write(key, digest_of([row, texts, exchange.write(shape)]), state, save)
    return Campaign.objects.filter(pk=ledger.known(key)).first()


def _new_campaign(row: Row, texts: Row, shape: Questionnaire, today: date) -> Campaign:
    season = row.get("season") or max(FIRST_OPEN, today.year)
    named = {
        name: text.format(season=season) for name, text in texts.items() if name != "coop_name"
    }
    campaign = Campaign(
        **named,
        slug=f"exemple-retours-ag-{season}",
        season=season,
        opens_at=_moment(row["opens"], today, time(9)),
        closes_at=_moment(row["closes"], today, time(23, 59)),
        languages=["fr", "en"],
        is_example=True,
    )
    campaign.sections = value_for(campaign, "sections", to_stream(shape), f"campaign:{season}")
    campaign.full_clean()
    campaign.save()
    campaign.save_revision().publish()
    return campaign


def _moment(day: Any, today: date, hour: time) -> datetime:
    """A date, or a number of days from today, at this hour of Paris."""
    told = day if isinstance(day, date) else today + timedelta(days=day)
    return datetime.combine(told, hour, PARIS)


def _invite(campaign: Campaign, invited: list[int], *, with_contacts: bool) -> None:
    """Past seasons keep no address: nobody is written to about them again."""
    participants = Participant.objects.bulk_create(
        Participant(campaign=campaign, organisation_id=pk, invited_at=campaign.opens_at)
        for pk in invited
    )
    if with_contacts:
        Contact.objects.bulk_create(
            Contact(
                participant=participant,
                name="Contact inventé",
                email=f"contact-{number}@coop.example",
                state=_contact_state(number),
            )
            for number, participant in enumerate(participants, 1)
        )


def _contact_state(number: int) -> str:
    return {7: Contact.State.BOUNCED, 12: Contact.State.STOPPED}.get(number, Contact.State.ACTIVE)


def _remember(example: Example, before: dict[str, Any]) -> None:
    """What a co-op said of this year is what it says of the year before, a season later."""
    figures = before.get(example.coop, {}).get("participation")
    if figures and "participation" in example.values:
        example.values["participation_precedente"] = {
            row: {name: count for name, count in counts.items() if name != "votants_distance"}
            for row, counts in figures.items()
        }


def _answer(
    ledger: Ledger,
    season: str,
    campaign: Campaign,
    example: Example,
    coop: int | None,
    told: dict[str, Any],
) -> None:
    key = f"answer:{season}/{example.coop}"

    def state(pk: str) -> str | None:
        found = Answer.objects.filter(pk=pk).values("values", "state", "version").first()
        return digest_of(found) if found else None

    def save() -> tuple[int | str, str]:
        answer = Answer.objects.filter(pk=ledger.known(key) or 0).first()
        if answer is None and coop is not None:
            answer = _new_answer(campaign, example, coop, key)
        if answer is not None:
            take_on(answer, example.state, told)
            # The workflow says « now »; what was sent is told as of its season.
            sent = Answer.objects.filter(pk=answer.pk).exclude(state=State.DRAFT)
            sent.update(sent_at=F("started_at"))
        return (answer.pk, state(str(answer.pk)) or "") if answer else ("", "")

    # The dates of the open season follow the day of the load: they are no change of the file.
    said = {
        name: value for name, value in example.values.items() if name not in ("date_ag", "jour")
    }
    ledger.write(key, digest_of([said, example.state]), state, save)


def _new_answer(campaign: Campaign, example: Example, coop: int, key: str) -> Answer:
    if example.state not in State.values:
        raise ContentError(f"{FOLDER}: {key}: {example.state!r} is no state")
    participant = Participant.objects.filter(campaign=campaign, organisation_id=coop).first()
    held = date.fromisoformat(example.values["date_ag"])
    began = max(datetime.combine(held + timedelta(days=6), time(14), PARIS), campaign.opens_at)
    began = min(began, timezone.now(), campaign.closes_at - timedelta(days=1))
    answer = Answer.objects.create(
        campaign=campaign,
        participant=participant,
        organisation_id=coop,
        values=example.values | _named(coop),
        version=1,
        saved_at=began,
        send_key=uuid.uuid5(NAMESPACE, f"{campaign.slug}/{key}"),
        last_section="consentement" if example.state != State.DRAFT else "lieu",
    )
    Answer.objects.filter(pk=answer.pk).update(started_at=began)
    Participant.objects.filter(answer=answer).update(opened_at=began)
    return answer


def _date_reports(campaign: Campaign, since: datetime) -> None:
    """Reports of a past season are no news: those just published are dated from its end."""
    pages = ExperienceReportPage.objects.filter(
        publication__answer__campaign=campaign, first_published_at__gte=since
    )
    made = list(pages.values_list("pk", flat=True))
    if made and campaign.closes_at < since:
        ExperienceReportPage.objects.filter(pk__in=made).update(
            first_published_at=campaign.closes_at
        )
        index_pages(ExperienceReportPage.objects.filter(pk__in=made))


def _named(coop: int) -> dict[str, str]:
    return {"nom_coop": Organisation.objects.values_list("name", flat=True).get(pk=coop)}
