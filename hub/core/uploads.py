"""The gate of every uploaded file: extension, first bytes and structure must agree.

``check_upload`` serves forms and commands alike. Wagtail's own pages (one file, several files,
chooser) all build their form from ``HubDocumentForm`` and ``HubImageForm``.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from hub.core import quarantine
from hub.core.document_form import ReplacingForm
from hub.core.upload_archives import check_archive
from hub.core.upload_images import check_image, without_metadata
from hub.core.upload_office import check_office
from hub.core.upload_pdf import check_pdf, page_count
from hub.core.upload_rules import (
    EXTENSIONS,
    IMAGES,
    MAX_FILE,
    OFFICE,
    OPEN_DOCUMENT,
    UploadRefused,
    extension_of,
    not_what_its_name_says,
    read_all,
)

__all__ = ["HubDocumentForm", "HubImageForm", "UploadRefused", "check_upload"]

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARKUP = re.compile(r"<\s*(?:!doctype|html|script|svg|iframe|\?)", re.IGNORECASE)
MAC_LEFTOVERS = {"__MACOSX": b"\x00\x05\x16\x07", ".DS_Store": b"\x00\x00\x00\x01Bud1"}


def check_upload(name: str, file: BinaryIO) -> None:
    """Refuse a file that is not inert and of a kind the library holds.

    ``file`` is open for reading in binary mode and seekable; it is left at its beginning.
    Raises UploadRefused with a sentence for the person who sent it.
    """
    try:
        _check(name, file, inside_archive=False)
        quarantine.look_at(file)
    finally:
        file.seek(0)


def _check(name: str, file: BinaryIO, *, inside_archive: bool) -> None:
    extension = extension_of(name)
    if extension not in EXTENSIONS or (inside_archive and extension == "zip"):
        raise UploadRefused(
            _("Files of this kind are not taken: %(name)s. Accepted: %(accepted)s.")
            % {"name": PurePath(name).name[:80], "accepted": ", ".join(EXTENSIONS)}
        )
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name):
        raise UploadRefused(_("The name of this file holds hidden characters: rename it."))
    file.seek(0, io.SEEK_END)
    size = file.tell()
    if not size:
        raise UploadRefused(_("This file is empty."))
    if size > MAX_FILE:
        raise UploadRefused(_("This file is larger than 50 MB."))
    _check_content(extension, file)


def _check_content(extension: str, file: BinaryIO) -> None:
    is_package = extension in OFFICE or extension in OPEN_DOCUMENT or extension == "zip"
    file.seek(0)
    if is_package and file.read(4) != b"PK\x03\x04":
        raise not_what_its_name_says(extension)
    if not is_package and zipfile.is_zipfile(file):
        raise UploadRefused(_("This file hides an archive."))
    if extension == "zip":
        check_archive(file, _check_member)
    elif is_package:
        check_office(extension, file, _check_embedded)
    elif extension == "pdf":
        check_pdf(read_all(file))
    elif extension == "csv":
        _check_csv(read_all(file))
    else:
        check_image(extension, read_all(file))


def _check_embedded(name: str, file: BinaryIO) -> None:
    _check(name, file, inside_archive=True)


def _check_member(info: zipfile.ZipInfo, content: Any) -> None:
    if info.is_dir():
        return
    path = PurePath(info.filename)
    leftover = "__MACOSX" if path.parts[0] == "__MACOSX" else path.name
    data = b"".join(content)
    if leftover in MAC_LEFTOVERS and data.startswith(MAC_LEFTOVERS[leftover]):
        return
    try:
        _check(path.name, io.BytesIO(data), inside_archive=True)
    except UploadRefused as refusal:
        raise UploadRefused(
            _("In this archive, %(name)s: %(reason)s")
            % {"name": path.name[:80], "reason": refusal.reason}
        ) from refusal


def _check_csv(content: bytes) -> None:
    """Text in lines, in UTF-8 or in the Windows alphabet, that no program takes for its own."""
    if b"\x00" in content or EICAR in content:
        raise not_what_its_name_says("csv")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if any(ord(c) < 32 and c not in "\t\r\n" for c in text) or MARKUP.search(text):
        raise not_what_its_name_says("csv")
    if _has_signature(content):
        raise not_what_its_name_says("csv")


def _has_signature(content: bytes) -> bool:
    """Whether the first bytes are those of a known binary format."""
    try:
        found = puremagic.magic_string(content[:4096], "file.csv")
    except (puremagic.PureError, ValueError):
        return False
    texts = ("", ".csv", ".txt", ".tsv")
    return bool(found) and found[0].extension not in texts and found[0].confidence >= 0.8


def _checked(upload: Any) -> Any:
    """Check a file that a form brought; a picture is rid of its metadata in place.

    In place, because Wagtail may keep the request's own file for a second step of its form.
    """
    try:
        check_upload(upload.name, upload)
        extension = extension_of(upload.name)
        if extension in IMAGES:
            _rewrite(upload, without_metadata(extension, read_all(upload)))
            quarantine.look_at(upload)  # what is kept are other bytes than those that came
    except UploadRefused as refusal:
        raise ValidationError(str(refusal), code="refused") from refusal
    upload.seek(0)
    return upload


def _rewrite(upload: UploadedFile, content: bytes) -> None:
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(content)
    upload.file.flush()
    upload.size = len(content)


class HubDocumentForm(ReplacingForm):
    """A file of the library. A refused file costs the file alone: what was typed stays."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        checked = _checked(file)
        self.refuse_what_is_held(checked)
        return checked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if isinstance(file, UploadedFile) and extension_of(file.name) == "pdf":
            cleaned["page_count"] = self.instance.page_count = page_count(read_all(file))
            file.seek(0)
        return cleaned


class HubImageForm(BaseImageForm):
    """A picture, kept without the place where it was taken."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "file" in self.fields:
            field = self.fields["file"]
            field.to_python = partial(_gated, field.to_python)


def _gated(to_python: Callable[[Any], Any], data: Any) -> Any:
    """Check before Wagtail's own field, which decodes the whole picture to measure it."""
    return to_python(_checked(data) if isinstance(data, UploadedFile) else data)
