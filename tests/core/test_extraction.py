"""The words of each kind of file, and where extraction says that they stand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hub.core.extraction import Extraction, PageText, extract
from tests.core import extraction_files as files
from tests.core import raw_pdf
from tests.core.extraction_files import PAGES, TITLE

Read = Callable[[bytes, str], Extraction]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Extracts from a file of these bytes."""

    def extracted(content: bytes, extension: str) -> Extraction:
        path = tmp_path / f"file.{extension}"
        path.write_bytes(content)
        return extract(path, extension)

    return extracted


def all_words(extraction: Extraction) -> str:
    return "\n".join(page.text for page in extraction.pages)


class TestPdf:
    def test_each_word_stands_on_its_page(self, read: Read):
        found = read(files.pdf(), "pdf")
        assert found.pages == tuple(
            PageText(number, "page", words) for number, words in enumerate(PAGES, start=1)
        )
        assert (found.page_count, found.problem, found.truncated) == (3, "", False)

    def test_a_page_without_words_keeps_its_number(self, read: Read):
        found = read(files.typst_pdf(["Une.", "#rect()", "Trois."], tagged=False), "pdf")
        assert [(page.number, page.text) for page in found.pages] == [(1, "Une."), (3, "Trois.")]
        assert found.page_count == 3

    def test_the_title_the_language_and_the_tags_are_those_of_the_document(self, read: Read):
        found = read(files.pdf(), "pdf")
        assert (found.title, found.language, found.tagged) == (TITLE, "fr-FR", True)

    def test_an_untagged_pdf_is_told_from_a_tagged_one(self, read: Read):
        found = read(files.typst_pdf(PAGES, tagged=False), "pdf")
        assert found.tagged is False
        assert found.pages[2].text == PAGES[2]

    def test_words_cut_at_line_ends_are_whole(self, read: Read):
        words = "La coopérative réunit extraordinairement les administratrices bénévoles."
        found = read(files.typst_pdf([words], files.NARROW), "pdf")
        uncut = found.pages[0].text.replace("\n", " ")
        assert uncut == words
        assert max(len(line) for line in found.pages[0].text.split("\n")) > 20

    def test_columns_are_read_one_after_the_other(self, read: Read):
        left, right = "Gauche haut. " * 9, "Droite bas. " * 9
        body = f"{left}\n#colbreak()\n{right}"
        found = read(files.typst_pdf([body], "#set page(columns: 2)\n"), "pdf")
        text = found.pages[0].text
        assert text.rindex("Gauche") < text.index("Droite")

    def test_a_scanned_pdf_is_told_from_one_with_text(self, read: Read):
        scanned = read(files.scanned_pdf(), "pdf")
        assert (scanned.image_only, scanned.pages, scanned.page_count) == (True, (), 2)
        assert not read(files.pdf(), "pdf").image_only

    def test_a_pdf_with_a_password_is_said_to_be_encrypted(self, read: Read):
        found = read(raw_pdf.protected("Secret", password=b"sesame"), "pdf")
        assert (found.encrypted, found.problem, found.pages) == (True, "encrypted", ())

    def test_a_pdf_that_only_forbids_copying_is_read(self, read: Read):
        found = read(raw_pdf.protected("Pas de copie", password=b""), "pdf")
        assert (found.encrypted, found.problem) == (True, "")
        assert found.pages[0].text == "Pas de copie"

    def test_no_more_than_five_hundred_pages_are_read(self, read: Read):
        found = read(raw_pdf.pages([raw_pdf.stream(raw_pdf.shown("mot"))] * 501), "pdf")
        assert (len(found.pages), found.page_count, found.truncated) == (500, 501, True)

    def test_a_page_that_cannot_be_read_does_not_hide_the_others(self, read: Read):
        content = raw_pdf.pages([raw_pdf.stream(raw_pdf.shown(word)) for word in ("un", "deux")])
        broken = content.replace(b"10 0 obj\n<</Type/Page", b"10 0 obj\n<</Type/Pine")
        found = read(broken.replace(b"/Kids[10 0 R", b"/Kids[99 0 R"), "pdf")
        assert [page.text for page in found.pages] == ["deux"]


class TestWord:
    def test_headings_cut_the_text_into_stretches_without_page(self, read: Read):
        found = read(files.word(), "docx")
        assert [(page.label, page.title) for page in found.pages[:4]] == [
            ("", ""), ("", "Chapitre 1"), ("", "Chapitre 2"), ("", "Chapitre 3"),
        ]  # fmt: skip
        assert found.pages[2].text == f"Chapitre 2\n{PAGES[1]}"
        assert (found.page_count, found.title, found.language) == (None, TITLE, "fr-FR")

    def test_tables_and_footers_are_read(self, read: Read):
        words = all_words(read(files.word(), "docx"))
        assert "Procurations" in words
        assert words.count("Fédération des coopératives") == 1

    def test_what_word_does_not_show_is_left_out(self, read: Read):
        words = all_words(read(files.word(), "docx"))
        assert "Visible" in words
        assert "Gardé" in words
        assert "Invisible" not in words
        assert "Rayé" not in words

    def test_french_headings_are_known_by_their_style(self, read: Read):
        parts = files.unzipped(files.word())
        for name in ("word/document.xml", "word/styles.xml"):
            parts[name] = parts[name].replace(b'"Heading1"', b'"Titre1"')
        assert [p.title for p in read(files.zipped(parts), "docx").pages[1:3]] == [
            "Chapitre 1",
            "Chapitre 2",
        ]


class TestSlides:
    def test_words_tables_charts_and_notes_stand_on_their_slide(self, read: Read):
        found = read(files.slides(), "pptx")
        first, second = found.pages
        assert (first.number, first.label, first.title) == (1, "slide", "Diapositive 1")
        assert first.text.split("\n") == [
            "Diapositive 1", PAGES[0], "Tableau 1", "Souffler la réponse 1",
        ]  # fmt: skip
        for words in (PAGES[1], "Printemps", "Présents", "Souffler la réponse 2"):
            assert words in second.text
        assert (found.page_count, found.title, found.language) == (3, TITLE, "fr")

    def test_a_hidden_slide_shows_nothing(self, read: Read):
        deck = read(files.slides(), "pptx")
        assert PAGES[2] not in all_words(deck)
        assert "réponse 3" not in all_words(deck)

    def test_opendocument_slides_are_read_alike(self, read: Read):
        found = read(files.open_slides(), "odp")
        assert found.pages == tuple(
            PageText(n, "slide", f"Diapositive {n}\n{PAGES[n - 1]}", f"Diapositive {n}")
            for n in (1, 2)
        )
        assert (found.page_count, found.title, found.language) == (3, TITLE, "fr-FR")


class TestSheets:
    def test_a_row_is_a_line_of_its_sheet(self, read: Read):
        found = read(files.workbook(), "xlsx")
        assert found.pages == (
            PageText(1, "sheet", f"{PAGES[0]}\t41.5\nPrésents", "Feuille 1"),
            PageText(3, "sheet", f"{PAGES[2]}\t41.5\nPrésents", "Feuille 3"),
        )
        assert (found.page_count, found.title, found.language) == (3, TITLE, "fr")

    def test_words_that_cells_share_are_found_in_each_sheet(self, read: Read):
        rows = "Présents\t42\nà moitié gras et la suite\nCadre"
        assert read(files.shared_workbook(), "xlsx").pages == tuple(
            PageText(number, "sheet", f"{words}\t{rows} {number}", f"Feuille {number}")
            for number, words in enumerate(PAGES, start=1)
        )

    def test_opendocument_sheets_are_read_alike(self, read: Read):
        found = read(files.open_workbook(), "ods")
        assert found.pages == (
            PageText(1, "sheet", f"{PAGES[0]}\t41,5", "Feuille 1"),
            PageText(3, "sheet", f"{PAGES[2]}\t41,5", "Feuille 3"),
        )
        assert (found.page_count, found.title) == (3, TITLE)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    def test_a_csv_is_one_text_in_any_alphabet(self, read: Read, encoding: str, separator: str):
        rows = separator.join(["nom", "présents"]) + f'\r\n"Trois\r\nRivières"{separator}42\r\n'
        found = read(rows.encode(encoding), "csv")
        assert found == Extraction(pages=(PageText(1, "", "nom\tprésents\nTrois Rivières\t42"),))


class TestOpenText:
    def test_headings_cut_the_text_into_stretches_without_page(self, read: Read):
        found = read(files.open_text(), "odt")
        assert [page.title for page in found.pages[:4]] == [
            "", "Chapitre 1", "Chapitre 2", "Chapitre 3",
        ]  # fmt: skip
        assert found.pages[2].text == f"Chapitre 2\n{PAGES[1]} fin"
        assert found.pages[4].text == "Fédération des coopératives"
        assert (found.page_count, found.title, found.language) == (None, TITLE, "fr-FR")

    def test_what_the_reader_does_not_see_is_left_out(self, read: Read):
        words = all_words(read(files.open_text(), "odt"))
        assert not {"Remarque", "Rayé", "Portrait", "Invisible"} & set(words.split())


class TestProtectedOfficeFiles:
    @pytest.mark.parametrize("extension", ["docx", "pptx", "xlsx"])
    def test_an_office_file_with_a_password_is_said_to_be_encrypted(
        self, read: Read, extension: str
    ):
        container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        found = read(container, extension)
        assert (found.encrypted, found.problem) == (True, "encrypted")

    def test_an_opendocument_with_a_password_is_said_to_be_encrypted(self, read: Read):
        manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"
        content = files.with_parts(
            files.open_text(), {"META-INF/manifest.xml": manifest, "content.xml": b"\x8f\x02"}
        )
        found = read(content, "odt")
        assert (found.encrypted, found.problem) == (True, "encrypted")


class TestTheDoor:
    @pytest.mark.parametrize("extension", ["", "png", "zip", "exe"])
    def test_a_file_without_text_is_not_supported(self, read: Read, extension: str):
        assert read(b"whatever", extension) == Extraction(problem="unsupported")

    def test_the_extension_may_come_as_people_write_it(self, tmp_path: Path):
        path = tmp_path / "A.PDF"
        path.write_bytes(files.pdf())
        assert extract(path, ".PDF").page_count == 3

    def test_a_file_that_is_not_there_is_the_fault_of_who_asks(self, tmp_path: Path):
        with pytest.raises(FileNotFoundError):
            extract(tmp_path / "gone.pdf", "pdf")

    @pytest.mark.parametrize("lines", [20_000, 60_000])
    def test_text_is_kept_up_to_two_megabytes_and_the_rest_is_said_to_be_missing(
        self, read: Read, lines: int
    ):
        found = read(("é" * 79 + "\n").encode() * lines, "csv")
        assert found.truncated
        assert 2_000_000 < len(all_words(found).encode()) <= 2 * 1024 * 1024
