"""Says, for each section of the content files, which page type it makes and with which fields."""

import re
from collections.abc import Callable
from typing import Any

from home.models import StandardPage
from resources.models import (
    DocumentPage,
    DossierPage,
    ExperienceReportPage,
    GlossaryTermPage,
    GuidePage,
    JourneyPage,
    KitPage,
    PracticePage,
    ToolPage,
    VideoPage,
)

from .markdown import rich_text, stream
from .references import References, items
from .sources import Source

Fields = dict[str, Any]
_CHAPTER = re.compile(r"^# (?P<title>.+)\n(?:\{(?P<attributes>.*)\}\n)?", re.MULTILINE)
_ATTRIBUTE = re.compile(r'(\w+)=(?:"([^"]*)"|\[([^\]]*)\])')

MODELS = {
    "documents": DocumentPage,
    "glossaire": GlossaryTermPage,
    "pratiques": PracticePage,
    "outils": ToolPage,
    "videos": VideoPage,
    "retours": ExperienceReportPage,
    "guides": GuidePage,
    "kits": KitPage,
    "parcours": JourneyPage,
    "dossiers": DossierPage,
    "pages": StandardPage,
}


def fields_of(source: Source, references: References) -> Fields:
    """Return the fields of the page; streams are raw, relations are lists of ids."""
    data = source.data
    own = BUILDERS[source.section](source, references)
    if source.section == "pages":
        return {"title": data["title"], "summary": data["summary"]} | own
    body = {} if "body" in own else {"body": stream(source.body, references)}
    return _common(source, references) | body | own


def _common(source: Source, references: References) -> Fields:
    data = source.data
    organisation = data.get("organisation") or data.get("coop")
    uses = list(data.get("use", []))
    if data.get("enclosure") and "convocation" not in uses:
        uses.append("convocation")
    related = [*data.get("resources", []), *(f"glossaire/{t}" for t in data.get("terms", []))]
    return {
        "title": data["title"],
        "summary": data["summary"],
        "steps": data.get("steps", []),
        "uses": uses,
        "year": data.get("year"),
        "organisation_id": references.row("organisation", organisation) if organisation else None,
        "updated_on": data.get("reviewed"),
        "themes": [references.row("theme", slug) for slug in data.get("themes", [])],
        "audiences": [references.row("audience", slug) for slug in data.get("audiences", [])],
        "related": [references.page(key) for key in dict.fromkeys(related)],
    }


def _picked(data: Fields, *names: str) -> Fields:
    return {name: data[name] for name in names if name in data}


def _blocks(kind: str, values: list[Any]) -> list[dict[str, Any]]:
    return [{"type": kind, "value": value} for value in values]


def _change_log(data: Fields) -> list[dict[str, Any]]:
    changes = [{"date": str(c["date"]), "note": c["note"]} for c in data.get("changes", [])]
    return _blocks("change", changes)


def _document(source: Source, references: References) -> Fields:
    file = source.data.get("file")
    return {
        "kind": source.data.get("kind", "livret"),
        "file_id": references.file(file) if file else None,
    }


def _term(source: Source, references: References) -> Fields:
    data = source.data
    confusions = [
        {"term": references.page(f"glossaire/{slug}"), "difference": difference}
        for slug, difference in data["not_to_confuse"]
    ]
    return {
        "plain_definition": data["plain"],
        "acronym": data["acronym"],
        "variants": "\n".join(data["variants"]),
        "ambiguous": data["ambiguous"],
        "not_to_confuse": _blocks("term", confusions),
        "legal_records": [references.legal_record(key) for key in data["legal"]],
        "source": data["source"],
        "source_checked_on": data["source_checked"] or None,
    }


def _practice(source: Source, references: References) -> Fields:
    data = source.data
    claims = [
        {
            "claim": c["claim"],
            "source": c["source"],
            "date": str(c["date"]) if c.get("date") else None,
        }
        for c in data.get("evidence", [])
    ]
    return _picked(data, "code", "phases", "objective", "effort", "cost", "staff", "first_seen") | {
        "how_to": _blocks("step", data.get("how_to", [])),
        "pitfalls": _blocks("pitfall", data.get("pitfalls", [])),
        "evidence": _blocks("claim", claims),
    }


def _tool(source: Source, references: References) -> Fields:
    return _picked(source.data, "what", "for_whom", "request_enabled", "request_label", "link")


def _video(source: Source, references: References) -> Fields:
    body, _mark, transcript = source.body.partition("\n=== transcript")
    chapters = [_picked(chapter, "start", "title") for chapter in source.data.get("chapters", [])]
    plain = ("video_url", "start", "duration", "no_transcript_reason", "text_to_enclose")
    return _picked(source.data, *plain) | {
        "body": stream(body, references),
        "transcript": rich_text(transcript, references) if transcript.strip() else "",
        "chapters": _blocks("chapter", chapters),
    }


def _report(source: Source, references: References) -> Fields:
    data = source.data
    stories = ("context", "tried", "worked", "did_not_work", "advice", "plans")
    told = {name: rich_text(data[name], references) for name in stories if data.get(name)}
    return (
        told
        | _picked(data, "consent", "meeting_day", "meeting_slot", "venue")
        | {
            "is_example": data.get("example", False),
            "practices": [references.practice(code) for code in data.get("practices", [])],
        }
    )


def _guide(source: Source, references: References) -> Fields:
    parts = list(_CHAPTER.finditer(source.body))
    ends = [*(part.start() for part in parts[1:]), len(source.body)]
    intro = source.body[: parts[0].start()] if parts else source.body
    chapters = [
        _chapter(part["title"], part["attributes"] or "", source.body[part.end() : end], references)
        for part, end in zip(parts, ends, strict=False)
    ]
    return {
        "edition": source.data.get("edition", ""),
        "body": stream(intro, references),
        "chapters": _blocks("chapter", chapters),
        "changes": _change_log(source.data),
    }


def _chapter(title: str, attributes: str, body: str, references: References) -> Fields:
    given = {name: text or inside for name, text, inside in _ATTRIBUTE.findall(attributes)}
    practices = re.findall(r'"([^"]+)"', given.get("practices", ""))
    return {
        "title": title.strip(),
        "slug": given.get("slug", ""),
        "summary": given.get("summary", ""),
        "body": stream(body, references),
        "practices": items([references.practice(code) for code in practices]),
    }


def _kit(source: Source, references: References) -> Fields:
    data = source.data
    sections = [
        {
            "title": section["title"],
            "intro": section.get("intro", ""),
            "items": items([_kit_item(item, references) for item in section["items"]]),
        }
        for section in data.get("sections", [])
    ]
    return _picked(data, "version", "licence") | {
        "sections": _blocks("section", sections),
        "changes": _change_log(data),
    }


def _kit_item(item: Fields, references: References) -> Fields:
    return {
        "document": references.document_page(item["file"]),
        "how": item.get("how", ""),
    }


def _journey(source: Source, references: References) -> Fields:
    phases = [
        {
            "key": phase["key"],
            "title": phase["title"],
            "intro": phase.get("intro", ""),
            "steps": items([_journey_step(step, references) for step in phase["steps"]]),
        }
        for phase in source.data["phases"]
    ]
    return {"phases": _blocks("phase", phases)}


def _journey_step(step: Fields, references: References) -> Fields:
    return _picked(step, "title", "slug", "who", "goal") | {
        "text": rich_text(step.get("text", ""), references),
        "practices": items([references.practice(k) for k in step.get("practices", [])]),
        "resources": items([references.page(k) for k in step.get("resources", [])]),
        "testimonies": items([references.page(k) for k in step.get("testimonies", [])]),
    }


def _dossier(source: Source, references: References) -> Fields:
    notes = {entry["page"]: entry["note"] for entry in source.data.get("entries", [])}
    keys = source.data.get("items") or list(notes)
    entries = [{"page": references.page(key), "note": notes.get(key, "")} for key in keys]
    return _picked(source.data, "featured_from", "featured_until") | {
        "entries": _blocks("entry", entries)
    }


def _standard(source: Source, references: References) -> Fields:
    return {"body": stream(source.body, references), "in_footer": True}


BUILDERS: dict[str, Callable[[Source, References], Fields]] = {
    "documents": _document,
    "glossaire": _term,
    "pratiques": _practice,
    "outils": _tool,
    "videos": _video,
    "retours": _report,
    "guides": _guide,
    "kits": _kit,
    "parcours": _journey,
    "dossiers": _dossier,
    "pages": _standard,
}
