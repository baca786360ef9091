import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.admin import display
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from resources.models.document import DocumentPage
from resources.models.kit import KitPage


class KitVersion(models.Model):
    """A kit as it was packed one day: what was in it, and where its zip is.

    Titles are not kept: what is said of a version names only what anybody may read today. Only
    ``resources.kit_versions`` makes one; editors write its note.
    """

    wagtail_reference_index_ignore: ClassVar[bool] = True

    kit = models.ForeignKey(
        KitPage, on_delete=models.CASCADE, related_name="versions", verbose_name=_("kit")
    )
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("version"), max_length=40, blank=True)
    made_on = models.DateField(_("date"))
    note = models.TextField(
        _("note"),
        max_length=500,
        blank=True,
        help_text=_(
            "What readers gain by taking this version. Added and replaced files are listed by themselves."
        ),
    )
    # Of all that decides the bytes of the zip but the number and the date; of the zip itself.
    digest = models.CharField(max_length=64)
    sha256 = models.CharField(_("SHA-256 of the zip"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    # Each file, in order: the numbers of its page and of its file, the checksum of the file.
    members = models.JSONField(default=list)
    # The numbers of the pages added, removed, and whose file was replaced.
    changes = models.JSONField(default=dict)
    # Of what followers are told of: the files and their order, the licence, the editor's version.
    facts = models.CharField(max_length=64, default="")
    kept = models.BooleanField(_("the zip is kept"), default=True)

    panels = [
        FieldPanel("note"),
        MultiFieldPanel(
            [
                FieldPanel("kit", read_only=True),
                FieldRowPanel(
                    [
                        FieldPanel("number", read_only=True),
                        FieldPanel("label", read_only=True),
                        FieldPanel("made_on", read_only=True),
                    ]
                ),
                FieldRowPanel(
                    [FieldPanel("size", read_only=True), FieldPanel("kept", read_only=True)]
                ),
                FieldPanel("sha256", read_only=True),
            ],
            heading=_("The zip"),
        ),
    ]

    class Meta:
        verbose_name = _("version of a kit")
        verbose_name_plural = _("versions of kits")
        default_permissions = ("view", "change")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kit", "number"], name="kit_version_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.kit.title} · {self.number}"

    @property
    def path(self) -> Path:
        """Where the zip is. Its name follows its content: another content is another file."""
        return Path(settings.KITS_ROOT) / f"{self.kit_id}-{self.number}-{self.digest[:16]}.zip"

    @property
    def page_ids(self) -> list[int]:
        return [member["page"] for member in self.members]

    @property
    @display(description=_("state"))
    def state_label(self) -> str:
        return str(_("downloadable") if self.kept else _("zip no longer kept"))

    def is_open(self, readable: Mapping[int, DocumentPage], open_files: Collection[int]) -> bool:
        """Whether anybody may still read every file in it: its page and its own file, by number.

        A file replaced since stays in the old zip; one that was deleted, taken off its page or
        put away in a private collection blocks it, and so does a page nobody may read.
        """
        return all(
            member["file"] in open_files
            and (page := readable.get(member["page"])) is not None
            and page.file_id is not None
            for member in self.members
        )


class KitShelf(models.Model):
    """What a kit page shows of its kept versions: one row, read together with the page.

    A copy of the rows above, made when one of them is saved (``resources.kit_signals``).
    """

    wagtail_reference_index_ignore: ClassVar[bool] = True

    kit = models.OneToOneField(
        KitPage, on_delete=models.CASCADE, primary_key=True, related_name="shelf"
    )
    versions = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.kit_id)

    def fill(self) -> None:
        """Copy the kept versions, the latest first, and save."""
        kept = KitVersion.objects.filter(kit_id=self.kit_id, kept=True).order_by("-number")
        self.versions = json.loads(json.dumps(list(kept.values()), cls=DjangoJSONEncoder))
        self.save()

    def kept(self) -> list[KitVersion]:
        """The versions whose zip is kept, the latest first. No query."""
        known = {field.attname for field in KitVersion._meta.concrete_fields}
        rows = [{name: row[name] for name in known & row.keys()} for row in self.versions]
        return [KitVersion(**row | {"made_on": date.fromisoformat(row["made_on"])}) for row in rows]


def facts_of(label: str, licence: str, members: list[dict[str, Any]]) -> str:
    """A digest of all that is news in a version; its words are not. Pure."""
    told = [label, licence, [[member["page"], member["hash"]] for member in members]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def changes_between(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> dict[str, list[int]]:
    """What happened to the files from one version to the next, by the numbers of their pages. Pure."""
    old = {member["page"]: member for member in before}
    new = {member["page"]: member for member in after}
    return {
        "added": [pk for pk in new if pk not in old],
        "removed": [pk for pk in old if pk not in new],
        "replaced": [pk for pk in new if pk in old and new[pk]["hash"] != old[pk]["hash"]],
    }
