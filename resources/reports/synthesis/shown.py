"""What a reader of a synthesis sees: parts with their figures, quotes that may still be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from hub.core.licences import ADDRESSES, Licence
from resources.reports.questionnaire import schema
from resources.reports.synthesis import phrasing
from resources.reports.synthesis.parts import CHART, HEADING, KEY_FIGURES, QUOTE, SENTENCE
from resources.reports.synthesis.quoting import Quotable, quotable

if TYPE_CHECKING:
    from resources.reports.models.synthesis import SynthesisPage

Shown = dict[str, Any]


def context(page: SynthesisPage) -> Shown:
    """What the template needs. Two queries: the campaign, and the answers that are quoted."""
    parts = list(_parts(page))
    return {
        "parts": parts,
        "contents": [part for part in parts if part["kind"] == HEADING],
        "sources": sources(parts),
        "total": page.built.get("n"),
        "season": page.built.get("season"),
        "smallest": page.built.get("smallest"),
        "open_licence": {"name": Licence.OPEN.label, "url": ADDRESSES[Licence.OPEN]},
    }


def parts(page: SynthesisPage) -> list[Shown]:
    return list(_parts(page))


def _parts(page: SynthesisPage) -> Iterator[Shown]:
    figures: Mapping[str, Any] = page.built.get("figures", {})
    quotes = _quotes(page)
    for block in page.parts:
        value = block.value
        match block.block_type:
            case kind if kind == HEADING:
                yield {"kind": HEADING, "title": value["title"], "id": slugify(value["title"])}
            case kind if kind == KEY_FIGURES:
                yield {"kind": KEY_FIGURES, "items": key_figures(page.built)}
            case kind if kind == SENTENCE:
                figure = _figure(figures, value["figure"])
                yield {"kind": SENTENCE, "text": value["text"], "source": figure}
            case kind if kind == CHART:
                figure = _figure(figures, value["figure"])
                if figure:
                    yield {"kind": CHART, "caption": value["caption"], "source": figure}
            case kind if kind == QUOTE:
                said = quotes.get(value["answer"])
                if value["shown"] and said and said.says(value["question"], value["text"]):
                    yield {"kind": QUOTE, "text": value["text"], "name": said.name}
            case _:
                yield {"kind": "content", "block": block}


def _quotes(page: SynthesisPage) -> dict[str, Quotable]:
    keys = [
        block.value["answer"]
        for block in page.parts
        if block.block_type == QUOTE and block.value["shown"] and block.value["answer"]
    ]
    return quotable(page.campaign, keys) if page.campaign and keys else {}


def _figure(figures: Mapping[str, Any], key: str) -> Shown | None:
    figure = figures.get(key)
    if figure is None:
        return None
    told = {"key": key, "id": f"d-{slugify(key.replace('.', '-'))}", "n": figure["n"]}
    return told | {
        "kind": figure["kind"],
        "label": phrasing.said(figure["label"]),
        "question": figure["question"],
        "table": table(figure),
    }


def table(figure: Mapping[str, Any]) -> Shown:
    """A figure as the lines of its table; each with its share, drawn as a bar."""
    match figure["kind"]:
        case "rates":
            return {"form": "rates", "lines": [_rate(row) for row in figure["rows"].values()]}
        case schema.MATRIX:
            columns = [phrasing.said(cell["label"]) for cell in figure["rows"][0]["cells"]]
            return {
                "form": "matrix",
                "columns": columns,
                "lines": [_row(r) for r in figure["rows"]],
            }
    cells = figure.get("cells", [])
    lines = [
        {"label": phrasing.said(c["label"]), "count": c["count"], "share": c["share"]}
        for c in cells
        if c["count"] != 0 or figure["kind"] != "practices"
    ]
    lines.sort(key=lambda line: -(line["count"] or 0))
    return {
        "form": "bars",
        "lines": lines,
        "hides": any(line["count"] is None for line in lines),
        "several": figure.get("several", False),
    }


def _rate(row: Mapping[str, Any]) -> Shown:
    return {
        "label": phrasing.said(row["label"]),
        **{name: _told(row[name]) for name in ("attendance", "expression")},
    }


def _told(spread: Mapping[str, Any]) -> Shown:
    parts = {name: None if spread[name] is None else phrasing.number(spread[name])
             for name in ("median", "low", "high")}  # fmt: skip
    return {"n": spread["n"], **parts}


def _row(row: Mapping[str, Any]) -> Shown:
    return {
        "label": phrasing.said(row["label"]),
        "n": row["n"],
        "cells": [cell["count"] for cell in row["cells"]],
    }


def key_figures(built: Mapping[str, Any]) -> list[Shown]:
    """Three or four numbers that say what the page stands on."""
    found = [{"what": "answers", "value": built.get("n"), "n": None}]
    if built.get("invited"):
        found.append({"what": "invited", "value": built["invited"], "n": None})
    rates = built.get("figures", {}).get("participation", {}).get("rows", {}).get("ensemble")
    for name in ("attendance", "expression") if rates else ():
        if rates[name]["median"] is not None:
            value = phrasing.percent(rates[name]["median"])
            found.append({"what": name, "value": value, "n": rates[name]["n"]})
    return found


def sources(shown: list[Shown]) -> list[Shown]:
    """The figures behind the page, each once, in their order."""
    found = {p["source"]["key"]: p["source"] for p in shown if p.get("source")}
    return list(found.values())
