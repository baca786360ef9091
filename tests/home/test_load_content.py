"""The content is loaded again and again without ever undoing what an editor did."""

import dataclasses
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from home.loader import load, sources
from home.loader.load import load_all
from resources.models import LegalRecord, PracticePage, Theme


def state():
    """Everything that a load could change."""
    return (
        list(Page.objects.order_by("pk").values_list("pk", "title", "live", "latest_revision_id")),
        list(Theme.objects.order_by("pk").values_list("pk", "label_fr")),
        list(LegalRecord.objects.order_by("pk").values_list("pk", "value", "state")),
        Revision.objects.count(),
    )


def test_loading_again_does_nothing(loaded_site):
    before, said = state(), StringIO()
    call_command("load_content", stdout=said)
    assert "0 created, 0 changed" in said.getvalue()
    assert "0 kept" in said.getvalue()
    assert state() == before


def test_reading_every_file_again_does_nothing_either(loaded_site, monkeypatch):
    monkeypatch.setattr(load, "content_digest", lambda: "another")
    before = state()
    counts = load_all().counts
    assert (counts["created"], counts["changed"], counts["kept"]) == (0, 0, 0)
    assert state() == before


@pytest.fixture
def change_sources(monkeypatch):
    """Make the content files of these French pages say something else."""
    read = sources.read_pages

    def revised(source):
        title = f"{source.data['title']} (revu)"
        return dataclasses.replace(source, data=source.data | {"title": title})

    def change(*pages):
        slugs = {page.slug for page in pages}
        monkeypatch.setattr(load, "content_digest", lambda: "another")
        monkeypatch.setattr(
            load,
            "read_pages",
            lambda: [revised(s) if s.slug in slugs and s.language == "fr" else s for s in read()],
        )

    return change


def test_an_editor_s_work_is_kept_and_the_rest_follows_the_files(loaded_site, change_sources):
    pages = PracticePage.objects.filter(locale__language_code="fr").order_by("pk")
    edited, removed, withdrawn, followed = pages[:4]
    theme = Theme.objects.first()
    edited.title = "Réécrit par une éditrice"
    edited.save_revision().publish()
    withdrawn.unpublish()
    slug = removed.slug
    removed.delete()
    Theme.objects.filter(pk=theme.pk).update(label_fr="Renommé par une éditrice")
    change_sources(edited, removed, withdrawn, followed)
    ledger = load_all()
    expected = {f"pratiques/{page.slug}" for page in (edited, removed, withdrawn)}
    assert set(ledger.kept) == expected
    for page in (edited, withdrawn, followed):
        page.refresh_from_db()
    assert edited.title == "Réécrit par une éditrice"
    assert not withdrawn.live
    assert followed.title.endswith("(revu)")
    assert followed.live
    assert not Page.objects.filter(slug=slug, locale__language_code="fr").exists()
    assert Theme.objects.get(pk=theme.pk).label_fr == "Renommé par une éditrice"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("pages/guides/casse.md", "sans en-tête", "pages/guides/casse.md: "),
        ("pages/guides/casse.md", "+++\ntitle = \n+++\n", "pages/guides/casse.md: "),
        ("pages/guides/casse.md", '+++\ntitle = "A"\n+++\n', "casse.md: summary is missing"),
        ("themes.toml", "[[theme", "themes.toml: "),
    ],
)
def test_a_wrong_file_is_named_and_nothing_is_loaded(
    loaded_site, monkeypatch, tmp_path, name, text, reason
):
    copy = tmp_path / "content"
    shutil.copytree(sources.CONTENT, copy)
    (copy / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(sources, "CONTENT", copy)
    monkeypatch.setattr(load, "content_digest", lambda: "another")
    before = state()
    with pytest.raises(CommandError) as refusal:
        call_command("load_content")
    assert str(refusal.value).startswith("Nothing was loaded. ")
    assert reason in str(refusal.value)
    assert state() == before


def test_the_tree_is_sound(loaded_site):
    assert Page.find_problems() == ([], [], [], [], [])
