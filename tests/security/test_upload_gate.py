"""What the gate of uploads takes in and what it refuses, whatever the name says."""

import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hub.core.upload_images import without_metadata
from hub.core.upload_pdf import page_count
from hub.core.upload_rules import MAX_FILE
from hub.core.uploads import UploadRefused, check_upload
from tests.security.bad_files import bad_files
from tests.security.good_files import good_files, image, pdf, photograph_with_place

GOOD = good_files()
BAD = bad_files()


def test_the_corpus_is_as_large_as_promised():
    assert len(GOOD) >= 40
    assert len(BAD) >= 60


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_harmless_file_is_taken_in(name):
    file = io.BytesIO(GOOD[name])
    check_upload(name, file)
    assert file.tell() == 0


@pytest.mark.parametrize("case", sorted(BAD))
def test_a_hostile_file_is_refused_with_a_sentence_and_quickly(case):
    name, content = BAD[case]
    begun = time.perf_counter()
    with pytest.raises(UploadRefused) as refusal:
        check_upload(name, io.BytesIO(content))
    assert time.perf_counter() - begun < 2
    assert str(refusal.value).strip().endswith(".")


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    class Huge(io.BytesIO):
        def tell(self):
            return MAX_FILE + 1

        def read(self, size=-1):
            raise AssertionError("read before its size was looked at")

    with pytest.raises(UploadRefused):
        check_upload("a.pdf", Huge(b"x"))


def test_a_photograph_loses_its_place_and_device_but_not_its_pixels_nor_its_orientation():
    before = photograph_with_place()
    after = without_metadata("jpg", before)
    with Image.open(io.BytesIO(before)) as was, Image.open(io.BytesIO(after)) as now:
        assert dict(now.getexif()) == {0x0112: 6}
        assert not now.getexif().get_ifd(0x8825)
        assert "comment" not in now.info
        assert was.tobytes() == now.tobytes()
    assert b"Telephone" not in after


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_lose_their_metadata_too(kind):
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    before = image(kind, exif=exif.tobytes())
    after = without_metadata(kind.lower(), before)
    assert b"Telephone" in before
    assert b"Telephone" not in after
    with Image.open(io.BytesIO(before)) as was, Image.open(io.BytesIO(after)) as now:
        assert was.tobytes() == now.tobytes()
        assert not now.getexif()


def test_bytes_after_a_picture_are_cut():
    for kind, extension in (("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")):
        clean = without_metadata(extension, image(kind))
        assert without_metadata(extension, image(kind) + b"hidden") == clean


def test_pages_of_a_pdf_are_counted_and_nothing_else_has_any():
    assert page_count(pdf(3)) == 3
    assert page_count(b"%PDF-1.7 not really") is None


def test_the_check_reads_django_uploads_as_well_as_plain_files():
    check_upload("a.pdf", SimpleUploadedFile("a.pdf", pdf()))
