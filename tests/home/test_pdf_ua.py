"""Every PDF that the site makes passes the validator of PDF/UA-1."""

from pathlib import Path

from home.kit_files import build
from resources.guide_pdf.keeping import make_one
from resources.models import GuidePage
from resources.reports.models import Campaign
from resources.reports.synthesis import pdf
from resources.reports.synthesis.building import build as build_synthesis
from tests.security import good_files
from tests.services.pdf_ua import problems

CONTENT = Path(__file__).parents[2] / "home" / "content"


def test_the_pdf_files_of_the_kit_conform(tmp_path):
    files = [file for file in build(CONTENT) if file.extension == "pdf"]
    for file in files:
        (tmp_path / file.filename).write_bytes(file.content)
    found = problems(*tmp_path.iterdir())
    assert len(found) == len(files)
    assert {name: said for name, said in found.items() if said} == {}


def test_the_guides_of_the_site_conform(loaded_site):
    paths = [make_one(guide).path for guide in GuidePage.objects.all()]
    assert len(paths) >= 2
    assert problems(*paths) == {path.name: [] for path in paths}


def test_a_synthesis_conforms_in_both_languages(loaded_site, tmp_path):
    for page in build_synthesis(Campaign.objects.get(season=2025)):
        content = pdf.compiled(pdf.content_of(page))
        (tmp_path / f"{page.locale.language_code}.pdf").write_bytes(content)
    assert problems(*tmp_path.iterdir()) == {"fr.pdf": [], "en.pdf": []}


def test_the_validator_sees_what_is_not_tagged(tmp_path):
    untagged = tmp_path / "untagged.pdf"
    untagged.write_bytes(good_files.pdf())
    assert problems(untagged)["untagged.pdf"]
