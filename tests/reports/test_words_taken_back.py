"""What a co-op takes back stands nowhere but in its answer: drafts, histories, translations, files."""

import json

import pytest
from wagtail.models import Locale, Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from resources.models import ExperienceReportPage
from resources.reports import consents, erasure
from resources.reports.models import Answer, SynthesisPage
from resources.reports.synthesis.building import build, synthesis_of
from tests.reports import moderated, roads
from tests.reports.roads import following
from tests.syntheses import answered, body_of, eight_answers, part, published, rewrite
from tests.words import files_with, tables_with

pytestmark = pytest.mark.django_db
WORD, LATER, SAID = "xylophage", "xylocope", "xylofolk"
OWN = {"reports_answer", "reports_reviewevent", "reports_consentrecord"}
STORY_OF_OTHERS = "Nous avons invité chacun"
STORY = (
    f"Nous avons joué du {WORD} avant le vote, et chacun est resté pour chanter, pour manger et pour"
    " parler jusqu’au bout du repas."
)


def translated(page):
    """The page as a translator has translated it, each string of it with words of its own."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string, locale=english, context=segment.context,
            defaults={"data": segment.string.data.replace(WORD, SAID), "translation_type": "manual"},
        )  # fmt: skip
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=english)
    translation.save_target(publish=True)


@pytest.fixture
def folders(site, tmp_path, settings):
    for name in ("ATTACHMENTS_ROOT", "MEDIA_ROOT", "SYNTHESES_ROOT", "KITS_ROOT"):
        setattr(settings, name, tmp_path / name)
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def quoted(folders, client):
    """An answer whose quote was published, translated, reworded by an editor, proposed anew."""
    campaign = eight_answers()
    answer = answered(campaign, 8)
    Answer.objects.filter(pk=answer.pk).update(values=answer.values | {"recit": STORY})
    page = published(campaign)
    with following():
        translated(SynthesisPage.objects.get(pk=page.pk))
    origin = f"citation.recit.{answer.key}"
    rewrite(page, origin, f"Nous avons joué du {WORD} […] jusqu’au bout du repas.")
    synthesis_of(campaign).get_latest_revision().publish()
    with following():
        translated(SynthesisPage.objects.get(pk=page.pk))
    later = {"recit": f"{STORY} Comme un {LATER} joyeux."}
    Answer.objects.filter(pk=answer.pk).update(public_texts=later)
    build(campaign)
    assert LATER in str(synthesis_of(campaign).proposals)
    client.get(page.pdf_url)
    assert {"wagtail_localize_translationsource", "wagtailcore_revision"} <= tables_with(WORD)
    answer.refresh_from_db()
    return answer


def left():
    return {table for word in (WORD, LATER, SAID) for table in tables_with(word)}


def test_an_erased_answer_leaves_no_quote_in_any_translation(quoted, folders):
    with following():
        erasure.erase(quoted, who="co-op")
    assert left() == set()
    assert files_with(folders, WORD) == set()


@pytest.mark.parametrize("level", ["federation", "anonyme"])
def test_a_quote_that_is_taken_back_stands_nowhere_but_in_the_answer(quoted, folders, level):
    with following():
        consents.change(quoted, {"consent_niveau": level})
    assert left() <= OWN
    assert files_with(folders, WORD) == set()


def test_a_sheet_that_refuses_takes_it_back_as_well(quoted):
    quoted.organisation.consent = "none"
    with following():
        quoted.organisation.save()
    assert left() <= OWN


def test_what_co_ops_said_is_not_given_to_translators(quoted):
    """Nor what ties a part to its figures."""
    paths = StringSegment.objects.values_list("context__field_path", flat=True)
    parts = {path for path in paths if path.startswith("parts")}
    assert parts == {"parts.theme.title", "parts.chart.caption", "parts.sentence.text"}
    for word in (WORD, str(quoted.key)):
        assert not {"wagtail_localize_string", "wagtail_localize_stringtranslation"} & tables_with(
            word
        )


def test_the_translation_keeps_its_quotes_and_the_rest(quoted, client):
    english = SynthesisPage.objects.get(locale__language_code="en")
    assert WORD in body_of(client, english)
    with following():
        consents.withdraw(quoted)
    body = body_of(client, english)
    assert WORD not in body
    assert "9 coopératives sur 9" in body  # as it was translated
    assert any(
        STORY_OF_OTHERS in block.value["text"]
        for block in english.parts
        if block.block_type == "said"
    )


def test_a_quote_that_is_allowed_again_comes_back_with_the_next_build(quoted):
    with following():
        consents.change(quoted, {"consent_niveau": "federation"})
    origin = f"citation.recit.{quoted.key}"
    build(quoted.campaign)
    assert part(synthesis_of(quoted.campaign), origin) is None
    with following():
        consents.change(quoted, {"consent_niveau": "nom"})
    build(quoted.campaign)
    assert LATER in part(synthesis_of(quoted.campaign), origin).value["text"]


def test_the_page_of_an_answer_that_is_taken_back_holds_nothing_of_it(folders, client):
    page = moderated.published({"ce_qui_a_marche": STORY})
    answer = page.publication.answer
    page.context = f"<p>Un mot de la fédération sur le {LATER}.</p>"
    page.seo_title = f"Le {LATER}"
    with following():
        page.save_revision(log_action=True).publish()
        translated(ExperienceReportPage.objects.get(pk=page.pk))
    with following():
        consents.withdraw(answer)
    assert left() <= OWN
    answer.refresh_from_db()
    moderated.step(answer, "in-review") if answer.state == "withdrawn" else None
    with following():
        consents.change(answer, {"consent_niveau": "nom"})
    for step in ("accepted", "published"):
        moderated.step(answer, step)
    again = moderated.page_of(answer)
    assert again.url == page.url
    assert WORD in client.get(again.url).content.decode()
    assert LATER not in json.dumps(list(Revision.page_revisions.values_list("content", flat=True)))


def test_the_zip_of_a_reader_s_list_names_it_no_more(folders):
    page = moderated.published()
    page.title = f"Un {LATER} à Rennes"
    with following():
        page.save_revision().publish()
    assert LATER in roads._selection([page.pk])
    assert files_with(folders, LATER)
    with following():
        consents.withdraw(page.publication.answer)
    assert files_with(folders, LATER) == set()
