"""The tags that draw the small parts of a page."""

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.utils import translation

from hub.core.templatetags import components
from resources.models import LegalRecord

SPRITE = re.compile(r'<symbol id="([a-z-]+)"')


@pytest.fixture(autouse=True)
def in_french() -> Iterator[None]:
    with translation.override("fr"):
        yield


def symbols(name: str) -> set[str]:
    path = finders.find(f"core/img/{name}.svg")
    assert path
    with open(path, encoding="utf-8") as file:
        return set(SPRITE.findall(file.read()))


def plain(text: str) -> str:
    """Return ``text`` with ordinary spaces: where they do not break is the catalogue's matter."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")


def rendered(source: str, **context: Any) -> str:
    html = Template("{% load components formats %}" + source).render(Context(context))
    return " ".join(plain(html).split())


def a_card(**changes: Any) -> dict[str, Any]:
    return {
        "type": "document",
        "type_label": "Document",
        "title": "Convocation claire",
        "summary": "Une page qui dit l’essentiel.",
        "url": "/documents/convocation-claire/",
        "language": "fr",
        "locale": "fr",
        "steps": [("pendant", "Pendant"), ("avant", "Avant")],
        "themes": ["Convocation"],
        "year": 2026,
        "format": "docx",
        "file_size": 42_400,
        "page_count": 3,
        "duration": None,
        "cover": None,
        "highlight": "",
        "is_example": False,
    } | changes


def a_record(**fields: Any) -> LegalRecord:
    return LegalRecord(
        title="Délai de convocation", value="15 jours", source="Code de commerce", **fields
    )


class TestTints:
    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            (None, "tint-plain"),
            ([], "tint-plain"),
            ("avant", "tint-avant"),
            ("avant-pendant", "tint-avant-pendant"),
            (["pendant", "avant"], "tint-avant-pendant"),
            ([("apres", "Après"), ("avant", "Avant")], "tint-avant"),
            (["apres", "toute-annee", "avant"], "tint-toute-annee"),
            ('"><script>', "tint-plain"),
        ],
    )
    def test_the_first_moment_of_the_year_colours(self, steps: Any, expected: str) -> None:
        assert components.tint(steps) == expected

    def test_steps_are_listed_in_the_order_of_the_year(self) -> None:
        steps = [("apres", "Après"), ("pendant", "Pendant"), ("toute-annee", "Année")]
        assert [value for value, _label in components.in_order(steps)] == [
            "toute-annee",
            "pendant",
            "apres",
        ]


class TestDrawings:
    def test_every_type_of_resource_has_its_icon(self) -> None:
        from resources.types import resource_types

        assert set(resource_types()) <= symbols("icons")

    def test_every_icon_named_in_a_template_is_drawn(self, settings: Any) -> None:
        folder = settings.TEMPLATES[0]["DIRS"][0]
        named = {
            name
            for path in folder.rglob("*.html")
            for name in re.findall(r'{% icon "([a-z-]+)" %}', path.read_text(encoding="utf-8"))
        }
        assert named
        assert named <= symbols("icons")

    def test_every_pattern_of_a_cover_is_drawn(self) -> None:
        assert set(components.PATTERNS) <= symbols("covers")

    def test_an_icon_is_hidden_from_screen_readers_and_escaped(self) -> None:
        html = components.icon('x"><script>')
        assert 'aria-hidden="true"' in html
        assert "<script>" not in html

    def test_a_title_always_gets_the_same_cover(self) -> None:
        covers = {rendered('{% cover "kit" "Kit AG" %}') for _time in range(3)}
        assert len(covers) == 1

    def test_a_picture_takes_the_place_of_the_drawn_cover(self) -> None:
        picture = {"url": "/media/images/a.webp", "width": 640, "height": 360, "alt": "Une salle"}
        html = rendered('{% cover "kit" "Kit AG" steps picture %}', steps=[], picture=picture)
        assert 'src="/media/images/a.webp"' in html
        assert 'width="640" height="360"' in html
        assert "cover__art" not in html


class TestCards:
    def test_a_card_is_one_link_that_says_type_format_size_and_pages(self) -> None:
        html = rendered("{% card card %}", card=a_card())
        assert html.count("<a ") == 1
        for words in ("Document", "Convocation claire", "DOCX", "42 ko", "3 pages", "2026"):
            assert words in html

    def test_the_extract_found_by_the_search_replaces_the_summary(self) -> None:
        from django.utils.safestring import mark_safe

        extract = mark_safe("une <mark>convocation</mark> claire")
        html = rendered("{% card card %}", card=a_card(highlight=extract))
        assert "<mark>convocation</mark>" in html
        assert "Une page qui dit l’essentiel" not in html

    def test_text_that_looks_like_markup_stays_text(self) -> None:
        html = rendered("{% card card %}", card=a_card(title="<script>x</script>"))
        assert "<script>" not in html

    def test_an_invented_story_says_so(self) -> None:
        html = rendered("{% card card %}", card=a_card(is_example=True))
        assert 'class="badge"' in html

    def test_a_resource_in_another_language_says_so(self) -> None:
        html = rendered("{% card card %}", card=a_card(language="en", locale="en"))
        assert "English" in html
        assert 'lang="en"' in html

    def test_a_card_about_a_page_to_read_shows_no_file_facts(self) -> None:
        html = rendered("{% card card %}", card=a_card(file_size=None, page_count=None, year=None))
        assert "card__foot" not in html


class TestFilesAndLegalValues:
    def test_the_link_to_a_file_says_what_a_click_downloads(self) -> None:
        document = SimpleNamespace(
            title="Convocation", url="/fichiers/1/convocation.docx", format="docx",
            file_size=42_400, page_count=3, language="fr", licence="CC BY 4.0",
        )  # fmt: skip
        html = rendered("{% file_link document %}", document=document)
        link = html[html.index("<a ") : html.index("</a>")]
        for words in ("Convocation", "Word (DOCX)", "42", "3 pages", "français", "CC BY 4.0"):
            assert words in link

    def test_a_french_file_is_said_french_to_an_english_reader(self) -> None:
        document = SimpleNamespace(
            title="Convocation", url="/fichiers/1/convocation.docx", format="docx",
            file_size=42_400, page_count=3, language="fr", licence="",
        )  # fmt: skip
        with translation.override("en"):
            html = rendered("{% file_link document %}", document=document)
        assert "<span>French</span>" in html
        assert '<span class="file__name" lang="fr">Convocation</span>' in html

    def test_a_value_that_nobody_checked_never_looks_certain(self) -> None:
        html = rendered("{% legal_value record %}", record=a_record())
        assert "À valider" in html
        assert "legal__caution" in html
        assert "legal--certain" not in html

    def test_a_checked_value_shows_its_date(self) -> None:
        record = a_record(state="validated", checked_on=date(2026, 11, 3))
        html = rendered("{% legal_value record %}", record=record)
        assert "legal--certain" in html
        assert "legal__caution" not in html
        assert "3 novembre 2026" in html

    def test_a_value_checked_long_ago_is_to_be_reviewed(self) -> None:
        dates = {"checked_on": date(2024, 11, 3), "next_review": date(2025, 11, 3)}
        html = rendered("{% legal_value record %}", record=a_record(state="validated", **dates))
        assert "À revoir" in html
        assert "legal--certain" not in html
        assert "legal__caution" in html
        assert "3 novembre 2024" in html

    def test_a_meter_says_in_words_what_its_marks_repeat(self) -> None:
        html = rendered('{% meter "Effort" 2 "Moyen" %}')
        assert html.count("meter__mark--on") == 2
        assert "Moyen" in html
        assert 'aria-hidden="true"' in html


class TestFacetGroups:
    FACET = {
        "name": "theme",
        "label": "Thème",
        "values": [{"value": "vote", "label": "Vote", "count": 4, "selected": False}],
    }

    def test_the_first_facets_stand_open_and_the_others_closed(self) -> None:
        assert components.facet_group(self.FACET, 1)["open"]
        assert not components.facet_group(self.FACET, 5)["open"]

    def test_a_facet_in_use_stands_open(self) -> None:
        chosen = self.FACET | {"values": [self.FACET["values"][0] | {"selected": True}]}
        html = rendered("{% facet_group facet 5 %}", facet=chosen)
        assert '<details class="facet" open>' in html
        assert "checked" in html


def test_the_season_lights_its_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components.timezone, "localdate", lambda: date(2026, 11, 23))
    season = SimpleNamespace(first_month=10, last_month=11)
    shown = components.season_band(season)
    assert [month["lit"] for month in shown["months"]].count(True) == 2
    assert [month["now"] for month in shown["months"]].index(True) == 10
    assert str(shown["month"]) == "novembre"
