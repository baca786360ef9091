"""What an editor should still do about a file or a picture, and in which words it is said.

Nothing here stops anybody: the gate refuses what is dangerous, this says what readers would miss.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from hub.core import quarantine
from hub.core.models import FileReading, HubDocument, HubImage
from hub.core.text import folded

HEAVY: Final = 10 * 1024 * 1024
SPEAKS: Final = ("pdf", "docx", "pptx", "odt", "odp")  # formats that can say their language
_EXTENSION = re.compile(r"\.(?:pdf|docx?|odt|pptx?|odp|xlsx?|ods|csv|png|jpe?g|webp|zip)$")
_DEVICE = re.compile(
    r"(?:img|dsc[fn]?|scan(?:ne)?|numerisation|document|doc|image|photo|fichier|file|sans titre|untitled"
    r"|copie de .*|copy of .*|whatsapp image.*|capture d.ecran.*|screenshot.*)[\s_()-]*[\d\s_.()-]*"
)

LABELS: Final[dict[str, tuple[Any, Any]]] = {
    "found": (
        _("A virus was found in it"),
        _("Nobody can open it here. Delete it, and warn whoever sent it to you."),
    ),
    "quarantine": (
        _("Waiting for the virus scanner"),
        _(
            "Nobody can open it until the scanner has seen it. There is nothing to do: it is tried "
            "again by itself. If it lasts more than a day, tell an administrator."
        ),
    ),
    "too_large_to_scan": (
        _("Too large for the virus scanner"),
        _("Nobody can open it. Put a lighter file, or ask an administrator to raise the limit."),
    ),
    "title": (
        _("The title is that of a file"),
        _("Write a title that a reader understands: “Model notice for a general meeting”."),
    ),
    "language": (
        _("The file does not say its language"),
        _(
            "A screen reader would read it with the wrong accent. Set the language in your word "
            "processor (Tools, Language), then save or export it again."
        ),
    ),
    "other_language": (
        _("The file says another language than its record"),
        _("Correct the language below, or the one that the file declares."),
    ),
    "scan": (
        _("Only pictures of pages: no text in it"),
        _(
            "Nobody can search in it nor have it read aloud. Put the original from the word "
            "processor instead, or have the scan recognised (OCR), then replace the file."
        ),
    ),
    "untagged": (
        _("PDF without tags"),
        _(
            "A screen reader does not find headings nor tables. Export it again with the box "
            "“Tagged PDF” (or “PDF/UA”) ticked, then replace the file."
        ),
    ),
    "heavy": (
        _("More than 10 MB"),
        _("It is long to download on a telephone. Make its pictures lighter, or split it."),
    ),
    "duplicate": (
        _("The same file is there already"),
        _("Use the one that is there, then delete this one:"),
    ),
    "alt": (
        _("Picture without a description"),
        _("Say in one sentence what it shows: whoever does not see it hears that sentence."),
    ),
    "unread": (
        _("Its words could not be read"),
        _("The search does not find what is in it. Open it, save it again, then replace it."),
    ),
}  # fmt: skip
CHOICES: Final = [(code, label) for code, (label, _advice) in LABELS.items()]


class Problem(NamedTuple):
    """``others`` are the files that are the same, for a duplicate."""

    code: str
    others: tuple[HubDocument, ...] = ()

    @property
    def label(self) -> str:
        return str(LABELS[self.code][0])

    @property
    def advice(self) -> str:
        return str(LABELS[self.code][1])


def problems_of(files: Sequence[HubDocument | HubImage]) -> dict[int, list[Problem]]:
    """The problems of these files of one model, by id. Three queries, however many they are."""
    if files and isinstance(files[0], HubImage):
        return {image.pk: _of_picture(image) for image in files if isinstance(image, HubImage)}
    documents = [file for file in files if isinstance(file, HubDocument)]
    readings = FileReading.objects.defer("pages").in_bulk([file.pk for file in documents])
    twins = _twins(documents)
    states = quarantine.states_of(documents)
    return {
        file.pk: _of_document(file, readings.get(file.pk), twins[file.file_hash], states[file.pk])
        for file in documents
    }


def ids_with(code: str, documents: Iterable[HubDocument]) -> list[int]:
    """The documents with this problem; with any, for an empty code."""
    return [
        pk
        for pk, problems in problems_of(list(documents)).items()
        if any(not code or problem.code == code for problem in problems)
    ]


def looks_like_a_file_name(title: str, file_name: str = "") -> bool:
    """Whether nobody wrote this title: a program, a camera or a file made it."""
    plain = folded(title)
    if _EXTENSION.search(plain) or "_" in plain or _DEVICE.fullmatch(plain):
        return True
    one_word = " " not in plain.strip()
    if one_word and (plain.count("-") >= 2 or re.search(r"\d", plain)):
        return folded(PurePath(file_name).stem) in (plain, "") or plain.count("-") >= 2
    return False


def _of_picture(image: HubImage) -> list[Problem]:
    found = []
    if looks_like_a_file_name(image.title, image.file.name or ""):
        found.append(Problem("title"))
    if not image.description.strip():
        found.append(Problem("alt"))
    return found


def _of_document(
    file: HubDocument,
    reading: FileReading | None,
    twins: Sequence[HubDocument],
    state: str,
) -> list[Problem]:
    others = tuple(twin for twin in twins if twin.pk != file.pk)
    read = reading if reading and reading.file_hash == file.file_hash else None
    signs: Mapping[str, bool] = {
        **({state: True} if state in LABELS else {}),
        "title": looks_like_a_file_name(file.title, file.file.name or ""),
        **(_signs_inside(file, read) if read else {}),
        "heavy": (file.file_size or 0) > HEAVY,
    }
    found = [Problem(code) for code, there in signs.items() if there]
    return [*found, Problem("duplicate", others)] if others else found


def _signs_inside(file: HubDocument, read: FileReading) -> dict[str, bool]:
    """What shows once the file is read; a scan is told of that alone, the rest follows from it."""
    said = read.language.partition("-")[0].lower()
    ours = file.language.partition("-")[0].lower()
    known = bool(said)
    whole = not read.problem and not read.image_only
    speaks = whole and file.format in SPEAKS
    return {
        "unread": bool(read.problem),
        "scan": read.image_only,
        "language": speaks and not known,
        "other_language": speaks and known and bool(ours) and said != ours,
        "untagged": whole and file.format == "pdf" and read.tagged is False,
    }


def _twins(documents: Sequence[HubDocument]) -> dict[str, list[HubDocument]]:
    hashes = {file.file_hash for file in documents if file.file_hash}
    found: dict[str, list[HubDocument]] = defaultdict(list)
    rows = HubDocument.objects.filter(file_hash__in=hashes).only("pk", "title", "file_hash")
    for row in rows.order_by("pk"):
        found[row.file_hash].append(row)
    return found
