"""Draws a figure in a page: its chart, its sentence, its table."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.text import slugify

from resources.reports.figures import charts, trend_charts, words
from resources.reports.figures.counting import Distribution
from resources.reports.figures.numbers import Numbers, Spread
from resources.reports.figures.trends import RatesOverSeasons, Trend

register = template.Library()

register.filter("share", words.share_words)
register.filter("percent", words.percent_words)
register.filter("spread_words", words.spread_words)
register.filter("answers_words", words.answers_words)


@register.inclusion_tag("reports/figures/distribution.html")
def distribution_figure(figure: Distribution, level: int = 3, prefix: str = "") -> dict[str, Any]:
    """A closed question: its title at ``level``, its chart, its words and its table."""
    return {
        "figure": figure,
        "level": level,
        "id": slugify(f"{prefix}figure-{figure.key.replace('.', '-')}"),
        "chart": charts.bars(figure),
        "words": words.distribution_words(figure),
        "is_told": bool(figure.n),
    }


@register.inclusion_tag("reports/figures/rates.html")
def rates_figure(
    title: str, rows: Sequence[tuple[str, Spread]], key: str, level: int = 3
) -> dict[str, Any]:
    """One rate by category: medians and middle halves on one line, with their table."""
    return {
        "title": title,
        "rows": rows,
        "level": level,
        "id": f"figure-{slugify(key)}",
        "chart": charts.middles(rows),
        "words": words.rates_words(rows),
        "is_empty": all(spread.n == 0 for _label, spread in rows),
    }


@register.inclusion_tag("reports/figures/numbers.html")
def numbers_figure(figure: Numbers, level: int = 3) -> dict[str, Any]:
    return {"figure": figure, "level": level, "words": words.numbers_words(figure)}


@register.inclusion_tag("reports/figures/trend.svg")
def trend_bars(trend: Trend) -> dict[str, Any]:
    """A question over the seasons; its table stands beside it."""
    return {
        "trend": trend,
        "id": f"trend-{slugify(trend.key)}",
        "chart": trend_charts.trend_chart(trend),
        "words": trend_charts.trend_words(trend),
    }


@register.inclusion_tag("reports/figures/rates_chart.html")
def season_rates(title: str, over: RatesOverSeasons, name: str) -> dict[str, Any]:
    """One of the rates over the seasons that asked for it; its table stands beside it."""
    rows = [(str(season), getattr(rates, name)) for season, rates in over.by_season if rates]
    return {
        "title": title,
        "id": f"seasons-{name}",
        "chart": charts.middles(rows),
        "words": words.rates_words(rows),
        "is_empty": all(spread.n == 0 for _label, spread in rows),
    }
