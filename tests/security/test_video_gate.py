"""Which videos are taken in: what browsers play, whole, in one piece; nothing else under their name."""

import io

import pytest

from hub.core.upload_rules import MAX_VIDEO
from hub.core.upload_video import check_video
from hub.core.uploads import UploadRefused
from tests import films
from tests.security import good_files

FILM, SHORT = films.webm(3), films.mp4(2)
ATTACHMENT = films.element(0x1941A469, films.element(0x61A7, b"MZ" * 20))
UNKNOWN_LENGTH = FILM.replace(
    b"\x18\x53\x80\x67" + FILM[FILM.index(b"\x18\x53\x80\x67") + 4 :][:8],
    b"\x18\x53\x80\x67\x01" + b"\xff" * 7,
)
REFUSED = {
    "a name that says otherwise": ("film.mp4", FILM),
    "the other way round": ("film.webm", SHORT),
    "another extension": ("film.avi", FILM),
    "a picture": ("film.mp4", good_files.image("PNG")),
    "a document": ("film.webm", good_files.pdf()),
    "nothing": ("film.mp4", b""),
    "hidden characters in the name": ("fi\u202elm.mp4", SHORT),
    "a Matroska film": ("film.webm", films.webm(2, doctype=b"matroska")),
    "a format browsers do not play": ("film.webm", films.webm(2, codec=b"V_MPEG4/ISO/ASP")),
    "only sound": ("film.webm", films.webm(2, codec=b"A_OPUS")),
    "no length": ("film.webm", films.webm(2, duration=False)),
    "no index": ("film.webm", films.webm(2, cues=False)),
    "a recording that was never closed": ("film.webm", UNKNOWN_LENGTH),
    "attached files": ("film.webm", films.webm(2, besides=ATTACHMENT)),
    "a script after the end": ("film.webm", FILM + b"<script>alert(1)</script>"),
    "cut": ("film.webm", FILM[:-20]),
    "a QuickTime film": ("film.mp4", films.mp4(1, brand=b"qt  ")),
    "an HEVC film": ("film.mp4", films.mp4(1, codec=b"hvc1")),
    "an MP4 of only sound": ("film.mp4", films.mp4(1, handler=b"soun", codec=b"mp4a")),
    "a track of an unknown kind": ("film.mp4", films.mp4(1, handler=b"exec")),
    "an MP4 without length": ("film.mp4", films.mp4(1, duration=False)),
    "an MP4 that calls another file": ("film.mp4", films.mp4(1, elsewhere=True)),
    "an MP4 with a script after it": ("film.mp4", SHORT + b"<script>alert(1)</script>"),
    "a cut MP4": ("film.mp4", SHORT[:-10]),
    "only the beginning of an MP4": ("film.mp4", SHORT[:24]),
    "an archive behind an MP4": ("film.mp4", SHORT + good_files.good_files()["kit.zip"]),
}


@pytest.mark.parametrize(
    ("name", "content", "seconds"), [("Le film.webm", FILM, 3.0), ("FILM.MP4", SHORT, 2.0)]
)
def test_a_video_that_browsers_play_is_measured(name, content, seconds):
    file = io.BytesIO(content)
    facts = check_video(name, file)
    assert (facts.duration, facts.width, facts.height) == (seconds, *films.SIZE)
    assert file.tell() == 0


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_anything_else_is_refused_with_a_sentence(case):
    name, content = REFUSED[case]
    file = io.BytesIO(content)
    with pytest.raises(UploadRefused) as refusal:
        check_video(name, file)
    assert str(refusal.value).strip().endswith(".")
    assert file.tell() == 0


def test_a_video_over_the_limit_is_refused_before_it_is_read():
    class Huge(io.BytesIO):
        def seek(self, offset, whence=0):
            super().seek(offset, whence)
            return MAX_VIDEO + 1 if whence else offset

        def read(self, size=-1):
            raise AssertionError("read before its size was looked at")

    with pytest.raises(UploadRefused):
        check_video("film.mp4", Huge(b"x"))


@pytest.mark.parametrize("content", [FILM, SHORT], ids=["webm", "mp4"])
def test_a_damaged_film_is_refused_or_measured_and_never_breaks_the_gate(content):
    name = "film.webm" if content is FILM else "film.mp4"
    for at in range(min(len(content), 1200)):
        for value in (0x00, 0xFF, content[at] ^ 0x08):
            changed = content[:at] + bytes([value]) + content[at + 1 :]
            try:
                check_video(name, io.BytesIO(changed))
            except UploadRefused:
                continue
