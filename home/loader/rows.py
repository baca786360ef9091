"""Loads what is not a page: themes, audiences, co-ops, legal values, settings, seasons."""

from typing import Any

from django.db import models

from hub.core.models import FederationSettings, SeasonMoment
from resources.models import Audience, LegalRecord, Organisation, Theme

from .ledger import Ledger
from .references import References
from .sources import digest_of, read_toml

Row = dict[str, Any]


def load_rows(ledger: Ledger, references: References) -> None:
    """Write the vocabularies and the legal values; every reference to them is then known."""
    for name, model in (("theme", Theme), ("audience", Audience)):
        for row in read_toml(f"{name}s.toml")[name]:
            fields = {n: row[n] for n in ("label_fr", "label_en", "description_fr") if n in row}
            if model is Audience:
                fields.pop("description_fr", None)
            keep_row(ledger, f"{name}:{row['slug']}", model, {"slug": row["slug"]}, fields)
        references.rows[name] = dict(model.objects.values_list("slug", "pk"))
    for row in read_toml("organisations.toml")["organisation"]:
        keep_row(
            ledger, f"organisation:{row['slug']}", Organisation, {"slug": row["slug"]}, _coop(row)
        )
    references.rows["organisation"] = dict(Organisation.objects.values_list("slug", "pk"))
    for row in read_toml("legal.toml")["record"]:
        keep_row(ledger, f"legal:{row['key']}", LegalRecord, {"key": row["key"]}, _legal(row))
    references.legal = dict(LegalRecord.objects.values_list("key", "pk"))


def _coop(row: Row) -> Row:
    return {
        "name": row["name"],
        "town": row.get("town", ""),
        "region": row.get("region", ""),
        "status": row.get("statut", Organisation.Status.OTHER),
        "activity": row.get("activity", Organisation.Activity.OTHER),
        "consent": row.get("consent", Organisation.NameConsent.NAMED),
        "is_example": row.get("example", False),
    }


def _legal(row: Row) -> Row:
    names = ("title", "value", "unit", "explanation", "source", "source_url", "checked_on")
    fields = {name: row[name] for name in (*names, "next_review", "state") if name in row}
    return fields | {"reference": row.get("ref", "")}


def load_site_texts(ledger: Ledger, references: References) -> None:
    """Write the contact block, the footer and the moments of the season."""
    texts = read_toml("site.toml")
    federation = FederationSettings.load()
    footer, contact, site = texts["footer"], texts["contact"], texts["site"]
    fields = {
        "contact_name": contact["name"],
        "contact_email": contact["email"],
        "tagline_fr": site["tagline_fr"],
        "tagline_en": site["tagline_en"],
        "footer_fr": f"{footer['about_fr']} {footer['legal_fr']}",
        "footer_en": f"{footer['about_en']} {footer['legal_en']}",
    }
    keep_row(ledger, "settings", FederationSettings, {"pk": federation.pk}, fields)
    for row in texts["seasons"]:
        wanted = ("first_month", "last_month", "title_fr", "title_en", "text_fr", "text_en")
        fields = {name: row[name] for name in (*wanted, "label_fr", "label_en") if name in row}
        fields["page_id"] = references.page(row["page"]) if row.get("page") else None
        keep_row(
            ledger, f"season:{row['key']}", SeasonMoment, {"title_fr": row["title_fr"]}, fields
        )


def keep_row(
    ledger: Ledger, key: str, model: type[models.Model], identity: Row, fields: Row
) -> None:
    def state(pk: str) -> str | None:
        row = model.objects.filter(pk=pk).values(*fields).first()
        return digest_of(row) if row else None

    def save() -> tuple[Any, str]:
        known = ledger.known(key)
        row = model.objects.filter(pk=known).first() if known else None
        row = row or model.objects.filter(**identity).first() or model(**identity)
        for name, value in fields.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
        return row.pk, state(str(row.pk)) or ""

    ledger.write(key, digest_of([identity, fields]), state, save)
