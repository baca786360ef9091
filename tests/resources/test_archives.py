"""The archive builder alone: bytes that repeat, names that every system reads, nothing left behind."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from resources import archives, half_written
from resources.archives import Archive, Member, MemberError, NoRoomError, plain_name, sweep

TITLES = ["Convocation « claire » à l’été", "Œuvre n° 2 : où ça ? <b>", "Ты & 我", "CON"]

IN_A_PROCESS = """
import resource, sys
from pathlib import Path
import django
django.setup()
from django.core.files import File
from resources import half_written
from resources.archives import Archive, Member
class Stored:
    title, format, language, page_count = "Gros", "pdf", "fr", None
    def __init__(self, path):
        self.path = Path(path)
        self.file = self
    def open(self, mode):
        return self.path.open(mode)
    def get_file_hash(self):
        return "x"
    def get_file_size(self):
        return self.path.stat().st_size
source, target = sys.argv[1:]
archive = Archive(title="Kit", url="", members=(Member("", "Gros", "", Stored(source), ""),))
archive.texts({})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
archive.write(Path(target))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@dataclass
class Stored:
    content: bytes
    title: str = "Un fichier"
    format: str = "pdf"
    language: str = "fr"
    page_count: int | None = 2
    announced: int | None = None
    file: object = field(init=False)

    def __post_init__(self):
        self.file = ContentFile(self.content)

    def get_file_hash(self):
        return hashlib.sha1(self.content).hexdigest()

    def get_file_size(self):
        return len(self.content) if self.announced is None else self.announced


@pytest.fixture
def archive():
    members = [
        Member("Avant & après", title, f"Emploi de {title}", Stored(title.encode() * 900),
               f"https://hub.example/documents/{number}/", "CC BY-SA 4.0", "Chloé D.")
        for number, title in enumerate(TITLES)
    ]  # fmt: skip
    return Archive(
        title="Kit <AG> 2026",
        url="https://hub.example/kits/ag/",
        members=tuple(members),
        version="2026-1",
        number=3,
        date=date(2026, 11, 1),
        licence="CC BY-SA 4.0",
    )


def written(archive, folder, name="kit.zip"):
    target = folder / name
    return target, archive.write(target)


def test_the_same_content_gives_the_same_bytes(archive, tmp_path):
    first, told = written(archive, tmp_path, "a.zip")
    time.sleep(0.01)
    second, _told = written(replace(archive), tmp_path, "b.zip")
    assert first.read_bytes() == second.read_bytes()
    assert told.sha256 == hashlib.sha256(first.read_bytes()).hexdigest()
    assert told.size == first.stat().st_size == archive.size


@pytest.mark.parametrize(
    "change", ["title", "licence", "language", "version", "order", "file", "how"]
)
def test_the_digest_follows_whatever_changes_the_archive(archive, change):
    members = archive.members
    changed = {
        "order": {"members": members[::-1]},
        "file": {"members": (replace(members[0], document=Stored(b"x")), *members[1:])},
        "how": {"members": (replace(members[0], how="Autrement"), *members[1:])},
        "language": {"language": "en"},
    }.get(change, {change: "Autre"})
    assert replace(archive, **changed).digest != archive.digest


def test_the_digest_knows_neither_the_day_nor_the_number(archive):
    other = replace(archive, number=4, date=date(2027, 1, 1))
    assert other.digest == archive.digest


def test_the_manifest_tells_the_size_and_the_checksum_of_each_file(archive, tmp_path):
    target, _told = written(archive, tmp_path)
    with zipfile.ZipFile(target) as opened:
        assert opened.testzip() is None
        manifest = json.loads(opened.read("manifest.json"))
        for told in manifest["files"]:
            content = opened.read(told["name"])
            assert told["sha256"] == hashlib.sha256(content).hexdigest()
            assert told["bytes"] == len(content)
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}
    assert [told["title"] for told in manifest["files"]] == TITLES
    assert (manifest["number"], manifest["date"]) == (3, "2026-11-01")


def test_what_to_read_first_says_all_there_is_to_know(archive, tmp_path):
    target, _told = written(archive, tmp_path)
    with zipfile.ZipFile(target) as opened:
        page = opened.read("LISEZ-MOI.html").decode()
        text = opened.read("LISEZ-MOI.txt")
    assert "Kit &lt;AG&gt; 2026" in page
    assert "<b>" not in page
    assert text.startswith(b"\xef\xbb\xbf"), "Notepad guesses the encoding from this mark"
    assert text.count(b"\n") == text.count(b"\r\n")
    plain = text.decode("utf-8-sig")
    assert "Kit <AG> 2026" in plain
    for said in (page, plain):
        assert "2026-1" in said
        assert "1er novembre 2026" in said
        assert "https://hub.example/kits/ag/" in said
        assert "https://hub.example/documents/2/" in said
        assert "CC BY-SA 4.0" in said
        assert "Chloé D." in said
        assert "Emploi de CON" in said
        assert "Adresse permanente" in said


def test_it_speaks_the_language_of_the_archive(archive):
    page, text, _manifest = (text for _name, text in replace(archive, language="en").texts({}))
    assert '<html lang="en">' in page
    for said in (page, text):
        assert "Permanent address" in said
        assert "November 1, 2026" in said or "1 November 2026" in said


def test_names_are_plain_letters_in_the_order_of_the_kit(archive):
    names = [entry.name for entry in archive.entries]
    assert names == sorted(names)
    assert names == [
        "01-convocation-claire-a-l-ete.pdf", "02-oeuvre-n-2-ou-ca-b.pdf", "03-document.pdf",
        "04-con.pdf",
    ]  # fmt: skip
    assert len(plain_name("mot " * 100)) <= 80


def test_a_hundred_files_stay_in_order(archive):
    many = replace(archive, members=archive.members[:1] * 101)
    names = [entry.name for entry in many.entries]
    assert names == sorted(names)


def unpacked_by_python(target, folder):
    shutil.unpack_archive(target, folder)


def unpacked_by_unzip(target, folder):
    subprocess.run(["unzip", "-q", target, "-d", folder], check=True)


def unpacked_by_7zip(target, folder):
    program = shutil.which("7zz") or shutil.which("7z")
    assert program, "7-Zip is missing: run sh tests/install_archivers.sh"
    subprocess.run([program, "x", f"-o{folder}", target], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("unpack", [unpacked_by_python, unpacked_by_unzip, unpacked_by_7zip])
def test_real_programs_unpack_it(archive, tmp_path, unpack):
    target, _told = written(archive, tmp_path)
    folder = tmp_path / "out"
    unpack(target, folder)
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(found) == sorted(
        ["LISEZ-MOI.html", "LISEZ-MOI.txt", "manifest.json", *(e.name for e in archive.entries)]
    )
    for entry in archive.entries:
        assert found[entry.name] == entry.member.document.content


def test_a_big_file_is_never_held_in_memory(tmp_path):
    """Eighty megabytes in a process that may not take as many more."""
    source = tmp_path / "big.pdf"
    with source.open("wb") as file:
        file.truncate(80 * 1024 * 1024)
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS, source, tmp_path / "big.zip"],
        check=True, capture_output=True, text=True, env=os.environ,
        cwd=Path(archives.__file__).parents[1],
    )  # fmt: skip
    assert int(done.stdout) < 20 * 1024  # kilobytes


def test_a_file_that_is_not_what_was_announced_stops_the_writing(archive, tmp_path):
    wrong = replace(archive.members[1], document=Stored(b"court", announced=99))
    with pytest.raises(MemberError) as raised:
        written(replace(archive, members=(archive.members[0], wrong)), tmp_path)
    assert raised.value.title == TITLES[1]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_gone_is_named(archive, tmp_path):
    gone = Stored(b"parti")
    gone.file = tmp_path / "nowhere.pdf"
    with pytest.raises(MemberError) as raised:
        written(replace(archive, members=(replace(archive.members[2], document=gone),)), tmp_path)
    assert raised.value.title == TITLES[2]
    assert list(tmp_path.iterdir()) == []


def test_without_room_nothing_is_begun(archive, tmp_path):
    huge = replace(archive.members[0], document=Stored(b"x", announced=10**15))
    with pytest.raises(NoRoomError):
        written(replace(archive, members=(huge,)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_old_archive_stays_when_the_new_one_cannot_be_written(archive, tmp_path):
    target, _told = written(archive, tmp_path)
    before = target.read_bytes()
    with pytest.raises(MemberError):
        written(replace(archive, members=(
            archive.members[0], replace(archive.members[1], document=Stored(b"x", announced=5)),
        )), tmp_path)  # fmt: skip
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["kit.zip"]


def test_what_a_killed_writer_left_is_swept_after_an_hour(tmp_path):
    old, new, whole = (tmp_path / name for name in ("a.zip.1.part", "b.zip.2.part", "c.zip"))
    for path in (old, new, whole):
        path.touch()
    hours_ago = time.time() - 3700
    for path in (old, whole):
        os.utime(path, (hours_ago, hours_ago))
    assert sweep(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip.2.part", "c.zip"]


def test_what_is_half_written_goes_within_the_hour_wherever_the_site_makes_files(
    settings, tmp_path
):
    for name in ("kits", "guides", "syntheses"):
        setattr(settings, f"{name.upper()}_ROOT", tmp_path / name)
    for folder in ("kits", "kits/selections", "guides", "syntheses"):
        for name, minutes in (("old.part", 51), ("young.part", 5), ("whole.pdf", 51)):
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            os.utime(path, (time.time() - 60 * minutes,) * 2)
    assert half_written.sweep() == 4
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"young.part", "whole.pdf"}
