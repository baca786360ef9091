"""What leaves of an answer, by every road, in every situation of its consent: one rule for all."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from resources.models import ExperienceReportPage, PracticePage
from resources.reports import attachments, consents, erasure, moderation, workflow
from resources.reports.models import Answer
from tests import campaigns
from tests.factories import resource
from tests.reports import moderated, roads
from tests.reports.roads import following

pytestmark = pytest.mark.django_db
State = Answer.State

NAME, PLACE, OTHER_TEXT, PHOTO, REGION, DAY = (
    "Toits Bleus", "Ouestfalia", "bariolée", "Photo de l’AG", "bretagne", "2026-05-14"
)  # fmt: skip
WORDS = "la chorale a repris le refrain"
TELLING = (NAME, PLACE, OTHER_TEXT, PHOTO)
STORY = {
    "ce_qui_a_marche": f"Aux Toits Bleus, {WORDS} avant le vote, et la salle entière l’a suivie.",
    "pratiques": {"P02": {"tried": True, "more": "Une lettre bariolée."}},  # one that is compared
    "photos": [],
    "consent_images": True,
}
UNNAMED = {"ce_qui_a_marche": f"Ce soir-là, {WORDS} avant le vote, et la salle entière l’a suivie."}
SILENT = {"pratiques": {"P02": {"tried": True, "useful": 4}}} | {k: v for k, v in moderated.STORY.items() if k not in (
    "ce_qui_a_marche", "ce_qui_a_moins_marche", "conseil_a_un_pair", "objectifs", "outils_manque",
    "pratiques", "lieu", "region", "date_ag",
)}  # fmt: skip


def sent(level="nom", *, invited=True, **fields):
    """An answer with a photo, in review, among others that say nothing."""
    now = timezone.now()
    campaign = campaigns.campaign(
        live=True, opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=1)
    )
    resource("practice", "Une lettre", code="P02")
    coop = campaigns.coop()
    values = moderated.STORY | STORY | {"consent_niveau": level, "nom_coop": coop.name}
    if invited:
        answer = campaigns.answer(campaigns.participant(campaign, coop), values, **fields)
    else:
        answer = Answer.objects.create(
            campaign=campaign, organisation=coop, coop_name=coop.name, values=values,
            email="quelquun@coop.example", **fields,
        )  # fmt: skip
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(picture, "JPEG")
    file = SimpleUploadedFile("salle.jpg", picture.getvalue(), "image/jpeg")
    attachments.add(answer, campaign.shape.questions["photos"], file)
    answer.refresh_from_db()
    answer.values["photos"] = [str(answer.attachments.get().key)]
    answer.save()
    with following():
        workflow.move(answer, State.RECEIVED, who=workflow.BY_THE_COOP)
    moderated.step(answer, State.IN_REVIEW)
    roads.neighbours(campaign, SILENT)
    return answer


def forced(answer, to):
    """A step as it was taken before the consent changed."""
    with following():
        workflow.move(answer, to, who="Une modératrice")
    return answer


def named(**fields):
    answer = sent(**fields)
    moderated.step(answer, State.ACCEPTED)
    moderated.step(answer, State.PUBLISHED)
    return answer


def unnamed(level="anonyme", **options):
    answer = sent(level, **options)
    with following():
        moderation.accept_without_names(answer, UNNAMED, moderation.By("Une modératrice"))
    moderated.step(answer, State.PUBLISHED)
    return answer


def changes_its_mind(answer, **given):
    with following():
        consents.change(answer, given)


def sheet_refuses(answer):
    answer.organisation.consent = "none"
    with following():
        answer.organisation.save()


def erase(answer):
    with following():
        erasure.erase(answer, who="co-op")


def accepted(level="nom"):
    return forced(sent(level), State.ACCEPTED)


def corrected():
    """Accepted with its names, a slip corrected, not published."""
    answer = accepted()
    moderation.correct(answer, {}, moderation.By("Une modératrice"))
    with following():
        texts = {"ce_qui_a_moins_marche": "Le micro crachotait moins."}
        moderation.correct(answer, texts, moderation.By("Une modératrice"))
    return answer


NOTHING, WITHOUT_NAME, WITH_NAME = "nothing", "without a name", "with its name"
# How the answer comes there, what happens after that, and what may be read afterwards.
SITUATIONS = {
    "named": (named, None, WITH_NAME),
    "unnamed": (unnamed, None, WITHOUT_NAME),
    "unnamed, then allows its name": (
        unnamed, lambda a: changes_its_mind(a, consent_niveau="nom"), WITHOUT_NAME,
    ),
    "for the federation": (lambda: accepted("federation"), None, NOTHING),
    "for the federation from now on": (
        named, lambda a: changes_its_mind(a, consent_niveau="federation"), NOTHING,
    ),
    "unnamed, for the federation from now on": (
        unnamed, lambda a: changes_its_mind(a, consent_niveau="federation"), NOTHING,
    ),
    "no longer named": (named, lambda a: changes_its_mind(a, consent_niveau="anonyme"), NOTHING),
    "accepted, no longer named": (
        accepted, lambda a: changes_its_mind(a, consent_niveau="anonyme"), NOTHING,
    ),
    "corrected, no longer named": (
        corrected, lambda a: changes_its_mind(a, consent_niveau="anonyme"), NOTHING,
    ),
    "withdrawn by the co-op": (named, lambda a: withdrawn(a), NOTHING),
    "withdrawn by a moderator": (
        named, lambda a: moderated.step(a, State.WITHDRAWN, "Par téléphone."), NOTHING,
    ),
    "refused": (
        lambda: sent(), lambda a: moderated.step(a, State.REFUSED, "Hors sujet."), NOTHING,
    ),
    "not yet read": (sent, None, NOTHING),
    "address not confirmed": (lambda: forced(sent(invited=False), State.ACCEPTED), None, NOTHING),
    "address not confirmed, unnamed": (lambda: unnamed("nom", invited=False), None, WITHOUT_NAME),
    "address confirmed": (
        lambda: named(invited=False, verified_at=timezone.now()), None, WITH_NAME,
    ),
    "sheet refuses": (named, sheet_refuses, NOTHING),
    "accepted, sheet refuses": (accepted, sheet_refuses, NOTHING),
    "unnamed, sheet refuses": (unnamed, sheet_refuses, WITHOUT_NAME),
    "a try": (lambda: forced(sent(is_test=True), State.ACCEPTED), None, NOTHING),
    "erased": (named, erase, NOTHING),
}  # fmt: skip
MUST_TELL = ("/api/search?q=refrain", "export csv", "export xlsx", "export ods", "export json")


def withdrawn(answer):
    with following():
        consents.withdraw(answer)


@pytest.fixture
def folders(site, tmp_path, settings):
    for name in ("ATTACHMENTS_ROOT", "MEDIA_ROOT", "SYNTHESES_ROOT", "KITS_ROOT"):
        setattr(settings, name, tmp_path / name)
        (tmp_path / name).mkdir()
    return tmp_path


def known_of(answer):
    """The pages and addresses that somebody may have kept from before."""
    pages = ExperienceReportPage.objects.filter(publication__answer=answer)
    practice = PracticePage.objects.get(code="P02")
    return SimpleNamespace(
        pages=[page.pk for page in pages], addresses=[p.url for p in (*pages, practice)]
    )


@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_road_tells_what_was_agreed_to_and_no_more(folders, situation):
    begin, then, allowed = SITUATIONS[situation]
    answer = begin()
    campaign = answer.campaign
    roads.synthesis(campaign)
    known = known_of(answer)
    if then:
        roads.of_the_synthesis(campaign)  # its file is made
        then(answer)
    found = roads.everywhere(campaign, known)
    for road, text in found.items():
        check(road, text, allowed)
    if allowed != NOTHING:
        quotes = {road for road in roads.of_the_synthesis(campaign) if "donnees" not in road}
        assert len(quotes) == 3
        told = {road for road, text in found.items() if WORDS in text}
        assert told >= {*MUST_TELL, *quotes, *known.addresses[:-1]}
    if allowed == WITH_NAME:
        assert all(NAME in found[road] for road in (*MUST_TELL, *known.addresses))
        assert NAME in found["/campagnes/comparer/"]
        assert PHOTO in found["pictures"]
    if not then:
        return
    roads.synthesis(campaign)
    for road, text in roads.of_the_synthesis(campaign).items():
        check(road, text, allowed)


def check(road, text, allowed):
    if allowed == NOTHING:
        assert WORDS not in text, road
        assert "/retours/retour-ag-" not in text, road
    if allowed != WITH_NAME:
        for mark in TELLING:
            assert mark not in text, (road, mark)
        if road.startswith("export") and road != "export codebook":
            lines = text.split('"answers"')[-1] if road == "export json" else text
            assert DAY not in lines, road
            assert REGION not in (lines if "json" in road or "csv" in road else ""), road
