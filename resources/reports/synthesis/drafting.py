"""The parts of a synthesis in their order, from the figures and the quotes, in one language. Pure
but for the words, which are in the active language."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from resources.reports.figures.participation import EVERYBODY
from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import LONG_TEXT, PUBLIC, Questionnaire
from resources.reports.synthesis import phrasing
from resources.reports.synthesis.parts import CHART, HEADING, KEY_FIGURES, QUOTE, SENTENCE, Part
from resources.reports.synthesis.quoting import SHORTEST, Quotable, excerpt

LAST: Final = ("outils", "objectifs")  # what co-ops ask for closes the page
SHOWN_QUOTES: Final = 2  # of a question; the others wait for the editor to tick them
MORE_QUOTES: Final = 4
MOST_CHANGES: Final = 6
CHARTED: Final = (schema.CHOICE, schema.CHOICES, "practices")
Built = Mapping[str, Any]


def draft(
    built: Built, shape: Questionnaire, quotes: Mapping[str, Quotable], language: str
) -> list[Part]:
    """Every part that the figures and the quotes give, in the order of the page."""
    with override(language):
        parts = [Part("chiffres", KEY_FIGURES)]
        themes = _themes(shape)
        used: set[str] = set()
        for theme in [t for t in themes if t not in LAST]:
            parts += _theme(theme, themes[theme], built, shape, quotes, used, language)
        parts += _changed(built)
        for theme in [t for t in themes if t in LAST]:
            parts += _theme(theme, themes[theme], built, shape, quotes, used, language)
        return parts


def _themes(shape: Questionnaire) -> dict[str, Any]:
    """The themes in the order of the questionnaire, each with the title of its first section."""
    found: dict[str, Any] = {}
    for section in shape.sections:
        for question in section.questions:
            if question.theme:
                found.setdefault(question.theme, section.title)
    return found


def _theme(
    theme: str,
    title: Any,
    built: Built,
    shape: Questionnaire,
    quotes: Mapping[str, Quotable],
    used: set[str],
    language: str,
) -> list[Part]:
    figures = {k: f for k, f in built["figures"].items() if f["theme"] == theme}
    said = [*_charts(theme, figures, built), *_quotes(theme, shape, quotes, used)]
    if not said:
        return []
    return [Part(f"titre.{theme}", HEADING, _title(theme, title.in_(language))), *said]


def _title(theme: str, title: str) -> str:
    titles = {
        "coop": _("Who answered"),
        "ag": _("The meetings"),
        "recit": _("In their words"),
        "outils": _("What co-operatives ask for: tools"),
        "objectifs": _("What co-operatives want for next year"),
    }
    return titles.get(theme, title)


def _charts(theme: str, figures: Mapping[str, Any], built: Built) -> Iterator[Part]:
    """One chart a theme, of its first question; then a sentence for each figure that says one."""
    charted = next((k for k, f in figures.items() if _may_be_charted(f)), "")
    if charted:
        figure = figures[charted]
        yield Part(f"{charted}.graphique", CHART, phrasing.caption(charted, figure), charted)
    for key, words in _sentences(figures, built):
        figure_key = key.split("@")[0]
        if words:
            yield Part(f"{key}.phrase", SENTENCE, words, figure_key)


def _may_be_charted(figure: Mapping[str, Any]) -> bool:
    told = figure["kind"] in CHARTED and any(cell["count"] for cell in figure["cells"])
    return told or figure["kind"] in ("rates", schema.MATRIX)


def _sentences(figures: Mapping[str, Any], built: Built) -> Iterator[tuple[str, str]]:
    for key, figure in figures.items():
        yield from _of_figure(key, figure, built)


def _of_figure(key: str, figure: Mapping[str, Any], built: Built) -> Iterator[tuple[str, str]]:
    match figure["kind"]:
        case schema.YES_NO:
            yield key, phrasing.done(key, figure)
        case schema.CHOICE | schema.CHOICES | "practices":
            yield key, phrasing.chosen(key, figure)
        case schema.SCALE_TYPE:
            yield key, phrasing.scale(figure)
        case "number":
            yield key, phrasing.amount(figure)
        case "written" if figure["theme"] in LAST:
            yield key, phrasing.written(figure)
        case schema.MATRIX:
            for cell in figure["rows"][0]["cells"]:
                words = phrasing.table_column(figure["rows"], cell["key"])
                yield f"{key}@{cell['key']}", words
        case "rates":
            for name in ("attendance", "expression"):
                words = phrasing.rates(figure, name, EVERYBODY, built["season"], built["before"])
                yield f"{key}@{name}", words


def _changed(built: Built) -> list[Part]:
    if not built["before"]:
        return []
    found = phrasing.changes(built["figures"], built["season"], built["before"])
    if not found:
        return []
    caution = _(
        "The two seasons do not gather the same co-operatives: these differences are observed,"
        " and nothing here says why."
    )
    return [
        Part(
            "titre.evolution", HEADING, _("What changed since %(year)d") % {"year": built["before"]}
        ),
        *(
            Part(f"evolution.{key}.{option}", SENTENCE, words, key)
            for key, option, words in found[:MOST_CHANGES]
        ),
        Part("evolution.prudence", SENTENCE, caution),
    ]


def _quotes(
    theme: str, shape: Questionnaire, quotes: Mapping[str, Quotable], used: set[str]
) -> Iterator[Part]:
    """Some quotes for each open question: other co-ops first, those that say enough, the rest
    hidden until an editor ticks them."""
    for question in shape:
        if question.theme != theme or question.type != LONG_TEXT or question.publish != PUBLIC:
            continue
        found = [
            (key, excerpt(one.texts[question.key]))
            for key, one in quotes.items()
            if question.key in one.texts
        ]
        fit = [(key, text) for key, text in found if len(text) >= SHORTEST]
        fit.sort(key=lambda pair: (pair[0] in used, _interest(pair[1])))
        for place, (key, text) in enumerate(fit[: SHOWN_QUOTES + MORE_QUOTES]):
            shown = place < SHOWN_QUOTES
            if shown:
                used.add(key)
            extra = (("answer", key), ("question", question.key), ("shown", shown))
            yield Part(f"citation.{question.key}.{key}", QUOTE, text, extra=extra)


def _interest(text: str) -> tuple[int, str]:
    """A sentence or two reads best: how far a text is from that, then the text for a stable order."""
    return (abs(len(text) - 130) // 20, text)
