"""« À vos couleurs »: what a co-op sends is in the file it gets, and nowhere else."""

import io
import logging
import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document as Word
from docx.shared import Mm
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from hub.core.models import HubDocument
from hub.core.throttle import ThrottleMiddleware
from hub.settings.public_api import rate_limits
from resources.models import DocumentPage, KitPage
from tests.factories import resource
from tests.logos import LOGOS, drawn, saved
from tests.security import bad_files as bad
from tests.security import bad_pictures
from tests.security import good_files as good

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE")
SECRET = "Coop Mirabelle-Zinzolin"


@pytest.fixture
def invitation(loaded_site):
    return DocumentPage.objects.get(slug__endswith="-invitation", locale__language_code="fr")


@pytest.fixture
def kit(loaded_site):
    return KitPage.objects.get(slug="ag", locale__language_code="fr")


def send(page, name=SECRET, logo="plain", prefix="", **changes):
    """Fill in the form of a page as a reader does, without script and without any cookie."""
    browser = Client(enforce_csrf_checks=True)
    address = f"{prefix}/a-vos-couleurs/{page.pk}/"
    shown = browser.get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', shown)[1]
    data = {"name": name, "website": "", "key": key} | changes
    if logo:
        file, content = logo if isinstance(logo, tuple) else LOGOS[logo][:2]
        data["logo"] = ContentFile(content, name=file)
    return browser.post(address, data)


def own_template(content, name="modele.docx", title="Notre affiche"):
    document = HubDocument(title=title)
    document.file = ContentFile(content, name=name)
    document._set_document_file_metadata()
    document.save()
    return document


def letter(alternative="Logo de votre coopérative", text="Bonjour de {{ nom_coop }}"):
    """A Word file as an editor makes one: a picture in the text, its alternative text, a name."""
    document = Word()
    paragraph = document.add_paragraph()
    picture = paragraph.add_run().add_picture(io.BytesIO(good.image("PNG")), Mm(40), Mm(20))
    picture._inline.docPr.set("descr", alternative)
    document.add_paragraph(text[:12]).add_run(text[12:])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_the_page_of_a_document_leads_to_the_form(client, invitation):
    address = f"/a-vos-couleurs/{invitation.pk}/"
    assert address in client.get(invitation.url).content.decode()
    shown = client.get(address)
    assert shown.status_code == 200
    assert "À vos couleurs" in shown.content.decode()
    assert not shown.cookies


def test_the_file_comes_back_with_name_and_logo(invitation):
    response = send(invitation)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="invitation-a-lassemblee-generale-coop-mirabelle-zinzolin.docx"'
    )
    document = Word(io.BytesIO(response.content))
    assert SECRET in "".join(t.text or "" for t in document.element.body.iter("{*}t"))
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_kit_gives_all_its_templates_in_one_zip(client, kit):
    assert f"/a-vos-couleurs/{kit.pk}/" in client.get(kit.url).content.decode()
    response = send(kit)
    assert response.headers["Content-Disposition"].endswith('-coop-mirabelle-zinzolin.zip"')
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert len(names) >= 7
    assert {name.rpartition(".")[2] for name in names} == {"docx", "odt", "pdf", "pptx"}


def test_the_form_speaks_english(loaded_site):
    kit = KitPage.objects.get(locale__language_code="en")
    shown = Client().get(f"/en/a-vos-couleurs/{kit.pk}/").content.decode()
    assert "In your colours" in shown
    assert send(kit, prefix="/en").status_code == 200


def test_nothing_of_what_was_sent_is_kept(invitation, settings, caplog, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # a file there would fail
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    folders = [Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)]
    sent = ("logo.png", saved(drawn((1234, 567)), "PNG"))
    heavy = saved(drawn((900, 1200)), "PNG", compress_level=0)
    assert len(heavy) > 2.5 * 1024 * 1024, "as large as what Django writes to the disk"

    def kept():
        files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
        return {path for path in files if "sqlite3" not in path.name}

    before = kept()
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        assert send(invitation, logo=sent).status_code == 200
        assert send(invitation, logo=("logo.png", heavy)).status_code == 200
    assert kept() == before
    assert [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith(WRITES)] == []
    assert SECRET not in caplog.text
    assert not [q for q in queries if SECRET in q["sql"]]


def test_what_was_typed_comes_back_and_the_logo_is_asked_again(invitation):
    response = send(invitation, logo=("logo.svg", bad.DRAWING))
    text = response.content.decode()
    assert response.status_code == 422
    assert f'value="{SECRET}"' in text
    assert "Choisissez à nouveau votre logo" in text
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", bad.DRAWING),
        ("logo.png", bad.DRAWING),
        ("logo.png", bad_pictures.huge_png(13_000)),
        ("logo.png", bad.chimeras()["png and zip"][1]),
        ("logo.png", bad.chimeras()["png and html"][1]),
        ("logo.jpg", bad.chimeras()["jpg and html"][1]),
        ("logo.png", good.image("PNG")[:60]),
        ("logo.gif", b"GIF89a"),
        ("logo.pdf", good.pdf()),
        ("logo.png", b""),
        ("logo.png", bad.EXECUTABLE),
        ("logo.webp", bad_pictures.film(61, 8)),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_plain_picture_is_refused(invitation, name, content):
    response = send(invitation, logo=(name, content))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"logo"}


def test_a_logo_too_large_costs_the_logo_alone(invitation):
    response = send(invitation, logo=("logo.png", bytes(6 * 1024 * 1024)))
    assert response.status_code == 422
    assert "5\u00a0Mo" in response.content.decode()
    assert f'value="{SECRET}"' in response.content.decode()


def test_a_request_beyond_all_measure_is_not_read(client, invitation):
    response = client.post(
        f"/a-vos-couleurs/{invitation.pk}/", b"x", "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(60 * 1024 * 1024),
    )  # fmt: skip
    assert response.status_code == 413


@pytest.mark.parametrize("name", ["", "   ", "A" * 61])
def test_a_name_is_needed_and_fits(invitation, name):
    assert send(invitation, name=name).status_code == 422


def test_a_name_alone_is_enough(invitation):
    assert send(invitation, logo=None).status_code == 200


def test_a_robot_is_refused(invitation):
    assert send(invitation, website="https://x.example").status_code == 422


@pytest.mark.parametrize("way", ["private", "unpublished", "collection"])
def test_a_file_that_nobody_may_read_has_no_form(client, invitation, way):
    if way == "private":
        PageViewRestriction.objects.create(page=invitation, restriction_type="login")
    elif way == "unpublished":
        invitation.unpublish()
    else:
        closed = Collection.get_first_root_node().add_child(name="Fermée")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        HubDocument.objects.filter(pk=invitation.file_id).update(collection=closed)
    address = f"/a-vos-couleurs/{invitation.pk}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "x"}).status_code == 404


def test_a_file_without_a_mark_has_no_form(client, loaded_site):
    plain = resource("document", "Sans repère", file=own_template(good.word()))
    assert client.get(f"/a-vos-couleurs/{plain.pk}/").status_code == 404
    assert "a-vos-couleurs" not in client.get(plain.url).content.decode()


def test_an_editor_makes_a_template_with_a_picture_and_its_description(loaded_site):
    page = resource("document", "Notre affiche", file=own_template(letter()))
    response = send(page, logo="very wide")
    document = Word(io.BytesIO(response.content))
    (picture,) = document.inline_shapes
    assert (round(picture.width.mm, 1), round(picture.height.mm, 1)) == (40.0, 0.4)
    assert picture._inline.docPr.get("descr") == SECRET
    assert f"Bonjour de {SECRET}" in [p.text for p in document.paragraphs]


def test_the_form_of_a_page_tells_the_editor_what_was_found(client, loaded_site, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("chef", password="x" * 20))
    found = resource("document", "Avec", file=own_template(letter()))
    missing = resource("document", "Sans", file=own_template(letter("Une photo", "")))
    text = client.get(f"/admin/pages/{found.pk}/edit/").content.decode()
    assert "1 zone pour le logo, 1 pour le nom" in text
    text = client.get(f"/admin/pages/{missing.pk}/edit/").content.decode()
    assert "Aucune zone pour un logo" in text


def test_a_template_that_breaks_is_told_without_a_word_of_the_visitor(
    loaded_site, caplog, settings
):
    page = resource("document", "Cassé", file=own_template(letter()))
    form = Client().get(f"/a-vos-couleurs/{page.pk}/")
    assert form.status_code == 200
    Path(settings.MEDIA_ROOT, page.file.file.name).write_bytes(b"PK\x03\x04 cut")
    response = send(page)
    assert response.status_code == 503
    assert SECRET not in caplog.text


def test_too_many_forms_are_held_back(settings, invitation):
    settings.RATE_LIMITS = rate_limits(1)
    limit = next(
        limit for limit in ThrottleMiddleware(lambda r: None).limits if limit.name == "brand"
    )
    assert limit.addresses.search(f"/en/a-vos-couleurs/{invitation.pk}/")
    assert (limit.buckets.burst, limit.methods) == (15, {"POST"})


def test_showing_the_form_of_a_kit_costs_few_queries(client, kit, django_assert_max_num_queries):
    client.get(f"/a-vos-couleurs/{kit.pk}/")
    with django_assert_max_num_queries(15):
        client.get(f"/a-vos-couleurs/{kit.pk}/")
