"""Terms brought in from a sheet: what is said first, what is written, and what is left alone."""

import csv
import io
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from resources.models import GlossaryIndexPage, GlossaryTermPage
from resources.terms.applying import ChangedMeanwhileError, apply_sheet
from resources.terms.plan import plan_of
from resources.terms.sheet import read_sheet
from tests.factories import resource, stream

STARTER = """affectation du résultat, agrément, AG, AGE, AGO, AG mixte, administrateur, associé, bureau de
l’AG, bilan, BRS, bulletin de vote, capital variable, censeur, clauses-types, collège, commissaire aux
comptes, compte de résultat, conseil d’administration, conseil de surveillance, convention réglementée,
convocation, coopérateur, cooptation, directoire, émargement, feuille de présence, impartageabilité des
réserves, majorité, mandat, ordre du jour, part sociale, pouvoir, PV, quitus, quorum, rapport de gestion,
réserve, résolution, révision coopérative, scrutateur, SCIC, SCP, sociétaire, souscription, statuts,
tantième, vote par correspondance"""


def command(folder, text, *options):
    file = folder / "terms.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    out = StringIO()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("import_glossary", str(file), *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def line(**cells):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([list(cells), list(cells.values())])
    return out.getvalue()


def term(slug):
    return GlossaryTermPage.objects.get(slug=slug, locale__language_code="fr")


def test_a_line_makes_a_published_term_with_all_it_says(site, tmp_path):
    other = resource("glossary", "Bond")
    text = line(
        term="Trampoline", plain="Une toile.", full="Un.\n\n- deux\n- trois\n\n## Quatre\n\nCinq",
        variants="toile|trampo", acronym="TR", not_to_confuse="bond: Un saut.", related="bond",
        source="Le livre", source_checked="2026-01-31", steps="pendant|avant", ambiguous="oui",
    )  # fmt: skip
    assert "added: trampoline" in command(tmp_path, text)
    made = term("trampoline")
    assert made.live
    assert (made.plain_definition, made.summary, made.acronym) == ("Une toile.",) * 2 + ("TR",)
    assert (made.variant_list, made.ambiguous, made.steps) == (
        ["toile", "trampo"],
        True,
        ["avant", "pendant"],
    )
    assert [block["type"] for block in made.body.raw_data] == ["paragraph", "heading", "paragraph"]
    assert made.body.raw_data[0]["value"] == "<p>Un.</p><ul><li>deux</li><li>trois</li></ul>"
    assert made.not_to_confuse[0].value["term"].pk == other.pk
    assert [link.resource_id for link in made.related_resources.all()] == [other.pk]
    assert made.source_checked_on.isoformat() == "2026-01-31"


def test_terms_of_one_file_may_name_each_other(site, tmp_path):
    text = "term,plain,related\nUn,Le premier.,deux\nDeux,Le second.,un\n"
    command(tmp_path, text)
    assert [link.resource_id for link in term("un").related_resources.all()] == [term("deux").pk]


def test_columns_that_are_absent_change_nothing(site, tmp_path):
    resource(
        "glossary", "Quorum", acronym="QU", body=stream(("paragraph", "<p>Le <b>seuil</b>.</p>"))
    )
    said = command(tmp_path, line(term="Quorum", plain="Un seuil."))
    assert "changed: quorum" in said
    page = term("quorum")
    assert (page.plain_definition, page.acronym) == ("Un seuil.", "QU")
    assert "<b>" in page.body.raw_data[0]["value"]


def test_the_same_words_keep_their_marks(site, tmp_path):
    resource("glossary", "Quorum", body=stream(("paragraph", "<p>Le <b>seuil</b>.</p>")))
    text = line(term="Quorum", plain="Le nombre de présents qu’il faut.", full="Le seuil.")
    assert "1 unchanged" in command(tmp_path, text)


def test_a_dry_run_and_a_file_with_one_bad_line_write_nothing(site, tmp_path):
    resource("glossary", "Quorum")
    good = "term,plain,related\nTrampoline,Une toile.,\n"
    assert "Dry run" in command(tmp_path, good, "--dry-run")
    for bad in ("Quorum,Un seuil.,nulle-part\n", "Quorum,,\n"):
        with pytest.raises(CommandError, match=r"line 3"):
            command(tmp_path, good + bad)
    assert not GlossaryTermPage.objects.filter(slug="trampoline").exists()


def test_another_term_of_that_name_is_a_bad_line(site, tmp_path):
    resource("glossary", "Quorum")
    with pytest.raises(CommandError, match="porte déjà ce nom"):
        command(tmp_path, line(slug="seuil", term="quorum", plain="Un seuil."))


def test_drafts_may_be_left_and_those_of_others_are_kept(site, tmp_path):
    page = resource("glossary", "Quorum")
    page.source = "Une source"
    page.save_revision()
    command(tmp_path, line(term="Quorum", plain="Un seuil."))
    assert term("quorum").plain_definition != "Un seuil."
    draft = term("quorum").get_latest_revision_as_object()
    assert (draft.plain_definition, draft.source) == ("Un seuil.", "Une source")
    command(tmp_path, line(term="Trampoline", plain="Une toile."), "--draft")
    assert not term("trampoline").live


def test_a_term_that_somebody_changed_since_is_not_overwritten(site):
    page = resource("glossary", "Quorum")
    place = GlossaryIndexPage.objects.get(locale__language_code="fr")
    sheet = read_sheet(line(term="Quorum", plain="Un seuil.").encode())
    shown = plan_of(sheet, place)
    page.source = "Une source"
    page.save_revision()
    with pytest.raises(ChangedMeanwhileError) as refused:
        apply_sheet(sheet, place, shown.basis)
    assert refused.value.titles == ["Quorum"]
    assert term("quorum").plain_definition != "Un seuil."
    apply_sheet(sheet, place, plan_of(sheet, place).basis)


def test_nothing_is_ever_removed(site, tmp_path):
    resource("glossary", "Quorum")
    command(tmp_path, line(term="Trampoline", plain="Une toile."))
    assert term("quorum").live
