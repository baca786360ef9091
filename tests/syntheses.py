"""A small campaign whose answers were accepted, and its synthesis as editors handle it."""

from typing import Any

from resources.reports import workflow
from resources.reports.models import Answer, Campaign, SynthesisPage
from resources.reports.questionnaire.schema import Option, Question, Questionnaire, Section, Words
from resources.reports.synthesis.building import build, synthesis_of
from tests import campaigns

STORY = "Nous avons invité chacun de vive voix, et la salle était pleine à craquer, numéro {}."


def words(text: str) -> Words:
    return Words(text, f"{text} (en)")


SHAPE = Questionnaire(
    (
        Section(
            "rythme",
            words("Le rythme"),
            questions=(
                Question(
                    "creneau",
                    "choice",
                    words("À quel moment ?"),
                    options=(Option("matin", words("Le matin")), Option("soir", words("Le soir"))),
                    theme="horaire",
                ),
                Question(
                    "recit", "long_text", words("Racontez"), publish="public", theme="horaire"
                ),
                Question(
                    "consent_niveau",
                    "consent",
                    words("Votre accord"),
                    options=tuple(Option(k, words(k)) for k in ("nom", "anonyme", "federation")),
                    publish="federation",
                    theme="consentement",
                ),
            ),
        ),
    )
)


def answered(
    campaign: Campaign,
    number: int,
    slot: str = "soir",
    consent: str = "nom",
    state: str = "accepted",
) -> Answer:
    """An answer that went through the hands of the federation."""
    coop = campaigns.coop(f"Les Toits {number}")
    answer = campaigns.answer(
        campaigns.participant(campaign, coop),
        {
            "creneau": {"chosen": [slot]},
            "recit": STORY.format(number),
            "consent_niveau": consent,
        },
    )
    for step in ("received", "in-review", state):
        workflow.move(answer, step, who="test")
    if state == Answer.State.ANONYMISED:  # read and kept as it is
        answer.public_texts = {"recit": STORY.format(number)}
        answer.save()
    return answer


def eight_answers() -> Campaign:
    made = campaigns.campaign(SHAPE)
    for number in range(8):
        answered(made, number)
    return made


def published(campaign: Campaign) -> SynthesisPage:
    for page in build(campaign):
        page.get_latest_revision().publish()
    made = synthesis_of(campaign)
    assert made is not None
    return made


def origin_of(block: Any) -> str:
    return block.value["origin"] if "origin" in getattr(block.value, "keys", tuple)() else ""


def part(page: SynthesisPage, origin: str) -> Any:
    return next((b for b in page.parts if origin_of(b) == origin), None)


def rewrite(page: SynthesisPage, origin: str, text: str) -> None:
    """What an editor's form does."""
    raw = list(page.parts.raw_data)
    for block in raw:
        if block["value"].get("origin") == origin:
            block["value"]["text"] = text
    page.parts = page._meta.get_field("parts").to_python(raw)
    page.save_revision()


def remove(page: SynthesisPage, origin: str) -> None:
    raw = [b for b in page.parts.raw_data if b["value"].get("origin") != origin]
    page.parts = page._meta.get_field("parts").to_python(raw)
    page.save_revision()


def body_of(client: Any, page: SynthesisPage) -> str:
    return client.get(page.url).content.decode()
