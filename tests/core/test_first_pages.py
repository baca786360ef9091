"""The first page of a file as a picture: seen by whoever may read the file, drawn where none is inside."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import TestCase
from PIL import Image, ImageDraw

from hub.core import first_pages, outbox
from hub.core.models import FirstPage, HubDocument
from hub.core.pictures.asking import picture_inside
from search.models import SearchDocument
from tests.core import extraction_files as files
from tests.core.hostile_files import hostile_files
from tests.factories import resource
from tests.security import good_files

pytestmark = pytest.mark.django_db
FIXTURES = {
    "pdf": files.pdf,
    "docx": files.word,
    "pptx": files.slides,
    "xlsx": files.workbook,
    "odt": files.open_text,
    "odp": files.open_slides,
    "ods": files.open_workbook,
}


def stored(extension, content, title="Guide de l’été", **fields):
    """Uploaded, then read and drawn by the worker."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        document = HubDocument(title=title, **fields)
        document.file = ContentFile(content, name=f"fichier.{extension}")
        document.save()
    outbox.drain()
    return HubDocument.objects.get(pk=document.pk)


def striped(size=(400, 300), **options):
    """A picture that shows something: a bar of colour on white."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill="#0d4a50")
    content = io.BytesIO()
    picture.save(content, **options)
    return content.getvalue()


def seen(page):
    with page.file.open("rb") as file, Image.open(file) as picture:
        picture.load()
        return picture


@pytest.mark.parametrize("extension", FIXTURES)
def test_every_kind_of_file_gets_a_picture_and_its_words(site, client, extension):
    document = stored(extension, FIXTURES[extension]())
    page = document.first_page
    picture = seen(page)
    assert picture.format == "WEBP"
    assert (page.width, page.height) == picture.size
    darkest, lightest = picture.convert("L").getextrema()
    assert lightest - darkest > 100
    assert page.alt.replace("\u00a0", " ").startswith("Première page de « Guide de l’été » : ")
    assert len(page.words) > 5
    shown = resource("document", "Guide", file=document)
    text = client.get(shown.get_url()).content.decode()
    assert page.url in text
    assert 'alt="Première page de' in text
    answer = client.get(page.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    card = b"".join(client.get(page.card_url).streaming_content)
    assert Image.open(io.BytesIO(card)).size == (480, 270)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_image_is_its_own_picture_reduced(site, kind):
    document = stored(kind.lower(), striped((2000, 1000), format=kind))
    page = document.first_page
    assert (page.width, page.height) == (576, 288)
    assert not page.drawn


@pytest.mark.parametrize(
    ("extension", "name"),
    [("docx", "docProps/thumbnail.jpeg"), ("odt", "Thumbnails/thumbnail.png")],
)
def test_the_picture_left_in_an_office_file_is_taken(site, extension, name):
    kind = "JPEG" if name.endswith("jpeg") else "PNG"
    content = files.with_parts(FIXTURES[extension](), {name: striped(format=kind)})
    page = stored(extension, content).first_page
    assert not page.drawn
    assert seen(page).size == (400, 300)


def test_a_blank_picture_left_in_a_file_is_not_taken(site):
    blank = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(blank, format="PNG")
    content = files.with_parts(files.open_text(), {"Thumbnails/thumbnail.png": blank.getvalue()})
    assert stored("odt", content).first_page.drawn


def test_a_file_that_holds_no_page_has_no_picture(site):
    for extension, content in (("csv", b"a;b\n"), ("zip", good_files.mac_archive())):
        assert not FirstPage.objects.filter(pk=stored(extension, content).pk).exists()


def test_a_spoilt_file_gets_none_and_stops_nothing(tmp_path):
    cases = sorted(hostile_files(tmp_path / "s").items())
    for number, (name, (extension, content)) in enumerate(cases[::6]):
        path = tmp_path / f"{number}"
        path.write_bytes(content)
        picture = picture_inside(path, extension)
        assert picture is None or picture.width <= 576, name


def test_a_picture_that_would_fill_the_memory_is_not_opened(site, tmp_path):
    path = tmp_path / "a.png"
    Image.new("1", (6000, 6000)).save(path)
    assert picture_inside(path, "png") is None


def test_the_picture_follows_a_replaced_file_and_the_old_one_goes(site):
    document = stored("png", striped(format="PNG"))
    before = document.first_page.file
    with TestCase.captureOnCommitCallbacks(execute=True):
        document.replace_file(ContentFile(striped((300, 200), format="PNG"), name="b.png"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        outbox.drain()
    page = FirstPage.objects.get(pk=document.pk)
    assert (page.width, page.file_hash) == (300, document.file_hash)
    assert not before.storage.exists(before.name)
    assert page.file.storage.exists(page.file.name)


def test_a_file_replaced_while_it_is_drawn_keeps_no_wrong_picture(site):
    document = stored("png", striped(format="PNG"))
    older = HubDocument.objects.get(pk=document.pk)
    document.replace_file(ContentFile(striped((300, 200), format="PNG"), name="b.png"))
    first_pages.keep(older, Image.new("RGB", (9, 9)), words="", drawn=False)
    assert FirstPage.objects.get(pk=document.pk).width == 400
    outbox.drain()
    assert FirstPage.objects.get(pk=document.pk).width == 300


def test_a_deleted_document_takes_its_picture_along(site):
    document = stored("png", striped(format="PNG"))
    file = document.first_page.file
    with TestCase.captureOnCommitCallbacks(execute=True):
        document.delete()
    assert not file.storage.exists(file.name)


def test_the_card_shows_the_first_page_where_there_is_no_cover(site):
    document = stored("pdf", files.pdf())
    page = resource("document", "Guide", file=document)
    row = SearchDocument.objects.get(page_id=page.pk)
    assert row.card["cover"]["url"] == document.first_page.card_url


def test_what_an_editor_typed_is_never_overwritten(site):
    typed = stored("pdf", files.pdf(), language="en", page_count=99)
    assert (typed.language, typed.page_count) == ("en", 99)
    left = stored("pdf", files.pdf())
    assert (left.language, left.page_count) == ("fr", 3)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("The members of the board meet and they decide what is to be done for the year. ", "en"),
        ("Les membres du conseil se réunissent et ils décident de ce qui est à faire. ", "fr"),
        ("Los miembros del consejo se reúnen y deciden lo que hay que hacer para el año. ", "es"),
        ("Члени ради збираються і вирішують, що треба зробити протягом року. ", "uk"),
        ("Procuration Budget Quorum ", ""),
    ],
)
def test_without_metadata_the_words_say_the_language(site, words, language):
    assert stored("csv", words.encode() * 4).language == language


def test_pictures_that_are_missing_are_asked_for_by_the_clock(site):
    document = stored("pdf", files.pdf())
    FirstPage.objects.all().delete()
    assert first_pages.ask_for_missing() == 1
    call_command("run_worker", once=True)
    assert FirstPage.objects.filter(pk=document.pk).exists()
    assert first_pages.ask_for_missing() == 0
