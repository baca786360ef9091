"""How extracted text is cleaned, and what the parent accepts from its child. Pure functions."""

import json
import time
import unicodedata
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.extraction import Extraction, PageText
from hub.core.extraction.cleaning import cleaned, with_whole_words
from hub.core.extraction.result import MAX_PAGES, MAX_TEXT, MAX_TITLE
from hub.core.extraction.wire import MAX_ANSWER, decoded, encoded

MEGA = 1_000_000


class TestCharacters:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("e\u0301le\u0300ve", "élève"),
            ("co\ufb03 \ufb01n \ufb02ot a\ufb00aire", "coffi fin flot affaire"),
            ("coopé\u00adrative", "coopérative"),
            ("coopé\u00ad \n rative", "coopérative"),
            ("un\x00 deux\x07\u200b\u202e\ufeff", "un deux"),
            ("\uf0b7 point", "point"),
            ("un\uf0b7deux", "un deux"),
            ("œuvre, 5\u00a0€, 5\u202f%", "œuvre, 5\u00a0€, 5\u202f%"),
            ("👩\u200d🌾", "👩\u200d🌾"),
        ],
    )
    def test_each_is_as_a_reader_would_type_it(self, text: str, expected: str):
        assert cleaned(text) == expected

    @pytest.mark.parametrize(
        "end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\u2028", "\u2029", "\x85"]
    )
    def test_paragraphs_stay_lines_and_blank_lines_go(self, end: str):
        assert cleaned(f"  un {end} {end}\tdeux   trois{end}") == "un\ndeux trois"

    def test_cells_stay_apart(self):
        assert cleaned("nom\tprésents") == "nom\tprésents"

    @given(st.text())
    def test_nothing_is_left_to_clean(self, text: str):
        once = cleaned(text)
        assert cleaned(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert not [c for c in once if unicodedata.category(c) == "Cc" and c not in "\n\t"]


class TestWordsCutAtLineEnds:
    @pytest.mark.parametrize(
        ("page", "expected"),
        [
            ("la coopé-\nrative", "la coopérative"),
            ("ex-\ntraordinaire-\nment", "extraordinairement"),
            ("la vice-prési-\ndente", "la vice-présidente"),
            ("coopé\u2010\nrative", "coopérative"),
            ("COOPÉ-\nRATIVE", "COOPÉRATIVE"),
        ],
    )
    def test_a_cut_word_is_joined(self, page: str, expected: str):
        assert with_whole_words([page]) == [expected]

    @pytest.mark.parametrize(
        ("page", "expected"),
        [
            ("Saint-\nDenis", "Saint-Denis"),
            ("Pouvez-\nvous", "Pouvez-vous"),
            ("dit-\nil", "dit-il"),
            ("celui-\nci", "celui-ci"),
            ("2025-\n2026", "2025-2026"),
            ("Covid-\n19", "Covid-19"),
            ("d’elles-\nmêmes", "d’elles-mêmes"),
        ],
    )
    def test_a_compound_that_cannot_be_a_cut_word_keeps_its_hyphen(self, page: str, expected: str):
        assert with_whole_words([page]) == [expected]

    @pytest.mark.parametrize(
        ("elsewhere", "expected"),
        [
            ("", "un portemonnaie"),
            ("Le porte-monnaie.", "un porte-monnaie"),
            ("La porte rend la monnaie.", "un porte-monnaie"),
            ("Le portemonnaie ouvre la porte, rend la monnaie.", "un portemonnaie"),
        ],
    )
    def test_an_ambiguous_one_is_decided_by_the_rest_of_the_document(
        self, elsewhere: str, expected: str
    ):
        assert with_whole_words([elsewhere, "un porte-\nmonnaie"])[1] == expected

    @pytest.mark.parametrize(
        "page", ["Liste :\n- un\n- deux", "le budget -\nla suite", "a–\nb", "fin-", "-\nmot"]
    )
    def test_other_dashes_are_left_alone(self, page: str):
        assert with_whole_words([page]) == [page]


@pytest.mark.parametrize(
    "text",
    [
        "a-\n" * MEGA,
        "a" * 2 * MEGA,
        "\u00ad" * MEGA + "\t" * MEGA,
        " \n" * MEGA,
        "\t" * 2 * MEGA,
        "é-" * MEGA,
        "".join(map(chr, range(0x20, 0xD800))) * 20,
    ],
    ids=["cut words", "one word", "soft hyphens", "blank lines", "tabs", "hyphens", "characters"],
)
def test_the_time_grows_with_the_text_only(text: str):
    begun = time.process_time()
    with_whole_words([cleaned(text[: 2 * MEGA])])
    assert time.process_time() - begun < 4


GOOD = Extraction(
    pages=(PageText(1, "page", "« Élan »\n\\\t", "T"), PageText(3, "page", "fin")),
    page_count=3, title="Guide", language="fr", tagged=True,
)  # fmt: skip


class TestTheAnswer:
    def test_what_is_sent_arrives(self):
        assert decoded(encoded(GOOD)) == GOOD
        assert decoded(encoded(Extraction(problem="timeout", truncated=True))) is not None

    def test_the_longest_answer_fits(self):
        text = '"' * (MAX_TEXT // MAX_PAGES)
        pages = tuple(PageText(n, "sheet", text, "🌾" * MAX_TITLE) for n in range(1, MAX_PAGES + 1))
        answer = encoded(replace(GOOD, pages=pages, title="🌾" * MAX_TITLE))
        assert len(answer) <= MAX_ANSWER
        assert decoded(answer) is not None

    @pytest.mark.parametrize(
        "answer",
        [b"", b"null", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"pages": 1e999}', b"1" * 5_000],
    )
    def test_anything_else_is_no_answer(self, answer: bytes):
        assert decoded(answer) is None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"pages": None},
            {"pages": [1]},
            {"pages": [{"number": 0, "label": "page", "text": "", "title": ""}]},
            {"pages": [{"number": True, "label": "page", "text": "", "title": ""}]},
            {"pages": [{"number": 1, "label": "leaf", "text": "", "title": ""}]},
            {"pages": [{"number": 1, "label": [], "text": "", "title": ""}]},
            {"pages": [{"number": 1, "label": "page", "text": 3, "title": ""}]},
            {"pages": [{"number": 1, "label": "page", "text": "", "title": "t" * 301}]},
            {"pages": [{"number": 1, "label": "page", "text": "a" * (MAX_TEXT + 1), "title": ""}]},
            {"pages": [{"number": 1, "label": "page", "text": "", "title": ""}] * (MAX_PAGES + 1)},
            {"pages": [{"number": 1, "label": "page", "text": "\ud800", "title": ""}]},
            {"pages": [{"number": 1, "label": "page", "text": "a\0b", "title": ""}]},
            {"title": "\udfff"},
            {"page_count": "3"},
            {"page_count": -1},
            {"title": None},
            {"language": "f" * 301},
            {"tagged": 1},
            {"image_only": None},
            {"problem": "hunger"},
            {"more": 1},
        ],
    )
    def test_an_answer_of_the_wrong_shape_is_no_answer(self, wrong: dict[str, object]):
        assert decoded(json.dumps(asdict(GOOD) | wrong).encode()) is None
