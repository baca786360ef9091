"""The filters that write figures, days and labels."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from hub.core.templatetags import formats


@pytest.fixture(autouse=True)
def in_french() -> Iterator[None]:
    with translation.override("fr"):
        yield


def plain(text: str) -> str:
    """Return ``text`` with ordinary spaces: where they do not break is the catalogue's matter."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")


class TestFigures:
    @pytest.mark.parametrize(
        ("size", "text"),
        [
            (None, ""),
            (0, "0 octet"),
            (999, "999 octets"),
            (1_000, "1 ko"),
            (42_400, "42 ko"),
            (1_234_567, "1,2 Mo"),
            (12_345_678, "12 Mo"),
        ],
    )
    def test_a_size_is_written_as_a_french_reader_says_it(
        self, size: int | None, text: str
    ) -> None:
        assert plain(formats.file_size(size)) == text

    def test_a_size_follows_the_language_of_the_reader(self) -> None:
        with translation.override("en"):
            assert plain(formats.file_size(1_234_567)) == "1.2 MB"

    @pytest.mark.parametrize(
        ("seconds", "text"),
        [
            (None, ""),
            (45, "45 s"),
            (120, "2 min"),
            (251, "4 min 11 s"),
            (3_900, "1 h 05 min"),
        ],
    )
    def test_a_duration_drops_what_is_zero(self, seconds: int | None, text: str) -> None:
        assert plain(formats.duration(seconds)) == text

    @pytest.mark.parametrize(
        ("seconds", "text"), [(None, "0:00"), (73, "1:13"), (3_723, "1:02:03")]
    )
    def test_a_moment_of_a_video_reads_like_its_player(
        self, seconds: int | None, text: str
    ) -> None:
        assert formats.timecode(seconds) == text

    def test_the_first_of_a_month_is_said_as_the_french_say_it(self) -> None:
        assert formats.long_date(date(2026, 11, 1)) == "1er novembre 2026"
        assert formats.long_date(date(2026, 11, 21)) == "21 novembre 2026"
        assert formats.long_date(None) == ""

    def test_machines_read_a_duration_in_seconds(self) -> None:
        assert formats.iso_duration(251) == "PT251S"

    def test_pages_are_counted_in_words(self) -> None:
        assert [plain(formats.page_count(n)) for n in (None, 1, 4)] == ["", "1 page", "4 pages"]

    def test_a_format_is_named_by_the_software_that_opens_it(self) -> None:
        assert [formats.format_name(f) for f in ("docx", "PDF", "zip", None)] == [
            "Word (DOCX)",
            "PDF",
            "ZIP",
            "",
        ]


class TestClosedChoices:
    def test_labels_are_read_from_the_vocabulary_of_the_field(self) -> None:
        from resources.models import VideoPage
        from resources.vocabulary import Use

        page = SimpleNamespace(_meta=VideoPage._meta, uses=["convocation", "not-a-use"])
        assert formats.choice_labels(page, "uses") == [str(Use.NOTICE.label)]
