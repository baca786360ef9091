"""The files built with the kit but kept apart: two transcripts and a calendar event."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from home.kit_files import KitContentError, build_file
from home.kit_files.agenda import write_event
from home.kit_files.manifest import read_manifest
from home.kit_files.records import read_legal
from home.kit_files.transcripts import transcript_data
from home.kit_files.typography import widen_narrow_spaces

CONTENT = Path(__file__).parents[2] / "home" / "content"
MANIFEST = read_manifest(CONTENT)
SOURCE = CONTENT / "kit" / "visio-pre-ag.toml"
DOCUMENTS = CONTENT / "pages" / "documents"
GUIDE = CONTENT / "pages" / "guides" / "preparer-une-visio-pre-ag.md"
TRANSCRIPTS = ["nos-ag-2025", "compte-rendu-nos-ag-2025"]
Property = tuple[str, str]


def _unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def _components(content: bytes) -> dict[str, list[Property]]:
    """The properties of each component by its name; parameters stay with the name."""
    open_names: list[str] = []
    found: dict[str, list[Property]] = {}
    for line in _unfolded(content):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_names.append(value)
            assert value not in found, "each component stands once"
            found[value] = []
        elif name == "END":
            assert open_names.pop() == value
        else:
            found[open_names[-1]].append((name, value))
    assert not open_names
    return found


def _plain(value: str) -> str:
    """Undo the escapes of a text value."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


@pytest.fixture(scope="module")
def calendar() -> bytes:
    return build_file(CONTENT, "agenda-visio-pre-ag").content


def test_three_files_of_the_library_stand_outside_the_kit() -> None:
    assert [entry.key for entry in MANIFEST.library] == [*TRANSCRIPTS, "agenda-visio-pre-ag"]
    assert len(MANIFEST.kit) == 12
    for name in ("ag.md", "ag.en.md"):
        page = (CONTENT / "pages" / "kits" / name).read_text("utf-8")
        assert not [entry.key for entry in MANIFEST.library if f'"{entry.key}"' in page]


def test_the_calendar_is_written_as_the_standard_asks(calendar: bytes) -> None:
    assert calendar.endswith(b"END:VCALENDAR\r\n")
    assert calendar.count(b"\n") == calendar.count(b"\r\n") == calendar.count(b"\r")
    lines = calendar.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() for line in lines[:-1]), "no letter is cut in two, no line is empty"
    parts = _components(calendar)
    assert list(parts) == ["VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT", "VALARM"]
    assert ("VERSION", "2.0") in parts["VCALENDAR"]
    assert ("TZID", "Europe/Paris") in parts["VTIMEZONE"]
    assert dict(parts["DAYLIGHT"])["TZOFFSETTO"] == "+0200"


def test_the_event_lasts_thirty_minutes_and_reminds_the_day_before(calendar: bytes) -> None:
    parts = _components(calendar)
    event = dict(parts["VEVENT"])
    times = [
        datetime.strptime(event[f"{name};TZID=Europe/Paris"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        for name in ("DTSTART", "DTEND")
    ]
    assert times[1] - times[0] == timedelta(minutes=30)
    assert event["UID"] == "modele-visio-pre-ag@vie-coop.example"
    assert event["DTSTAMP"] == "20261123T120000Z"
    assert dict(parts["VALARM"])["TRIGGER"] == "-P1D"
    assert dict(parts["VALARM"])["ACTION"] == "DISPLAY"
    assert {"METHOD", "ORGANIZER", "ATTENDEE"}.isdisjoint({name for name, _ in parts["VEVENT"]})


def test_the_event_says_that_it_is_a_template(calendar: bytes) -> None:
    event = dict(_components(calendar)["VEVENT"])
    text = _plain(event["DESCRIPTION;LANGUAGE=fr"])
    first, *others = text.split("\n\n")
    assert first.startswith("CECI EST UN MODÈLE.")
    assert "guide «\u00a0Préparer une visio pré-AG\u00a0»" in first
    assert "mailto:contact@vie-coop.example" in first
    assert "modèle" not in "".join(others).lower(), "guests read nothing about the template"
    assert "[lien de la visio]" in text
    assert "[date de l’assemblée]" in text
    assert _plain(event["SUMMARY;LANGUAGE=fr"]).startswith("[À adapter]")


def test_the_page_and_the_guide_tell_the_same_agenda(calendar: bytes) -> None:
    event = dict(_components(calendar)["VEVENT"])
    page = widen_narrow_spaces(
        (DOCUMENTS / "invitation-agenda-visio-pre-ag.md").read_text(encoding="utf-8")
    )
    _, _, for_guests = _plain(event["DESCRIPTION;LANGUAGE=fr"]).partition("\n\n")
    assert for_guests in page
    assert _plain(event["SUMMARY;LANGUAGE=fr"]) in page
    assert _plain(dict(_components(calendar)["VALARM"])["DESCRIPTION;LANGUAGE=fr"]) in page
    guide = GUIDE.read_text(encoding="utf-8").lower()
    for moment in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["agenda"]:
        assert f"| {moment['minutes']} min | {moment['text']} |" in guide.replace("\u00a0", " ")


def test_marks_are_escaped_and_long_lines_folded(tmp_path: Path) -> None:
    title = "É" * 60 + r" a;b,c\d"
    source = tmp_path / "event.toml"
    text = SOURCE.read_text(encoding="utf-8")
    source.write_text(
        re.sub(r"(?m)^summary = .*$", lambda _: f"summary = '{title}'", text), "utf-8"
    )
    content = write_event(source, MANIFEST)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    written = dict(_components(content)["VEVENT"])["SUMMARY;LANGUAGE=fr"]
    assert written.endswith(r" a\;b\,c\\d")
    assert _plain(written) == title


def test_an_event_needs_a_plain_local_time(tmp_path: Path) -> None:
    source = tmp_path / "event.toml"
    source.write_text("start = 2027-05-18\n", "utf-8")
    with pytest.raises(KitContentError, match=r"event\.toml"):
        write_event(source, MANIFEST)


@pytest.mark.parametrize("key", TRANSCRIPTS)
def test_a_transcript_repeats_its_page(key: str) -> None:
    file = build_file(CONTENT, key)
    _, front, body = (DOCUMENTS / f"{key}.md").read_text(encoding="utf-8").split("+++\n", 2)
    page = tomllib.loads(front)
    assert file.title.replace("\u00a0", " ") == page["title"].replace("\u00a0", " ")
    document = pypdfium2.PdfDocument(file.content)
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    words = re.sub(r"\s+", " ", text)
    headings = re.findall(r"(?m)^## (.+)$", body)
    assert headings
    for heading in headings:
        plain = re.sub(r"\s+", " ", heading)
        assert words.count(plain) >= 2, f"{plain}: in the contents and in its place"
    assert "](page:" not in words
    assert "contact@vie-coop.example" in words
    size = [round(points / 72 * 25.4) for points in document[0].get_size()]
    assert size == [210, 297]


def test_links_to_pages_become_text_and_outside_links_stay() -> None:
    data = transcript_data(CONTENT, "nos-ag-2025.md", read_legal(CONTENT))
    spans = [span for block in data["blocks"] for span in block.get("spans", [])]
    assert {span["href"] for span in spans} == {
        "",
        "mailto:contact@vie-coop.example",
        "https://www.hlm.coop/la-vie-cooperative",
    }
    assert {block["level"] for block in data["blocks"] if block["kind"] == "heading"} == {1}


def test_a_transcript_needs_headings_and_a_known_kind(tmp_path: Path) -> None:
    pages = tmp_path / "pages" / "documents"
    pages.mkdir(parents=True)
    front = '+++\nkind = "{}"\nyear = 2025\nsummary = "S"\nreviewed = 2026-11-01\n+++\nTexte.\n'
    (pages / "bare.md").write_text(front.format("support"), "utf-8")
    (pages / "flyer.md").write_text(front.format("flyer"), "utf-8")
    with pytest.raises(KitContentError, match=r"bare\.md"):
        transcript_data(tmp_path, "bare.md", {})
    with pytest.raises(KitContentError, match="flyer"):
        transcript_data(tmp_path, "flyer.md", {})
