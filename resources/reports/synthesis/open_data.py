"""The published figures as open data: totals only, nothing that stands for fewer than the limit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse, JsonResponse
from django.utils.text import slugify

from hub.core.licences import ADDRESSES, Licence
from hub.core.spreadsheets import inert

if TYPE_CHECKING:
    from resources.reports.models.synthesis import SynthesisPage

COLUMNS: Final = (
    "campaign", "season", "question", "row", "measure", "answer", "label_fr", "label_en", "filter",
    "n", "value",
)  # fmt: skip
EVERYBODY: Final = "all counted answers"
Row = dict[str, Any]


def rows(built: Mapping[str, Any]) -> Iterator[Row]:
    """One line for each number; one that is hidden has an empty value."""
    for figure in built.get("figures", {}).values():
        for told in _of_figure(figure):
            yield {
                "campaign": built["campaign"],
                "season": built["season"],
                "question": figure["question"],
                "row": "",
                "filter": EVERYBODY,
            } | told


def _of_figure(figure: Mapping[str, Any]) -> Iterator[Row]:
    match figure["kind"]:
        case "rates":
            for key, row in figure["rows"].items():
                for measure in ("attendance", "expression"):
                    yield from _spread(row[measure], measure, row["label"], key)
        case "number":
            yield from _spread(figure["spread"], "number", figure["label"], "")
        case "matrix":
            for row in figure["rows"]:
                yield from _cells(row, row["row"])
        case "written":
            labels = _labels(figure["label"])
            yield {
                "measure": "written",
                "answer": "",
                "n": figure["n"],
                "value": figure["n"],
            } | labels
        case _:
            yield from _cells(figure, figure["row"])


def _cells(figure: Mapping[str, Any], row: str) -> Iterator[Row]:
    for cell in figure["cells"]:
        told = {"row": row, "measure": "count", "answer": cell["key"], "n": figure["n"]}
        yield told | {"value": cell["count"]} | _labels(cell["label"])


def _spread(
    spread: Mapping[str, Any], measure: str, label: Mapping[str, str], row: str
) -> Iterator[Row]:
    for part, name in (("median", "median"), ("low", "quartile_1"), ("high", "quartile_3")):
        told = {"row": row, "measure": f"{measure}_{name}", "answer": "", "n": spread["n"]}
        yield told | {"value": spread[part]} | _labels(label)


def _labels(label: Mapping[str, str]) -> Row:
    return {f"label_{code}": words for code, words in label.items()}


def as_csv(page: SynthesisPage) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows(page.built):
        writer.writerow([inert("" if row[name] is None else row[name]) for name in COLUMNS])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    return _named(response, page, "csv")


def as_json(page: SynthesisPage) -> HttpResponse:
    data = {
        "title": page.title,
        "campaign": page.built.get("campaign"),
        "season": page.built.get("season"),
        "answers": page.built.get("n"),
        "smallest_cell": page.built.get("smallest"),
        "is_example": page.is_example,
        "built_at": page.built_at,
        "licence": {"name": Licence.OPEN.label, "url": ADDRESSES[Licence.OPEN]},
        "figures": list(rows(page.built)),
    }
    return _named(JsonResponse(data, json_dumps_params={"ensure_ascii": False}), page, "json")


def _named(response: HttpResponse, page: SynthesisPage, ending: str) -> HttpResponse:
    name = f"{slugify(page.title)[:80] or 'synthese'}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Link"] = f'<{ADDRESSES[Licence.OPEN]}>; rel="license"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
