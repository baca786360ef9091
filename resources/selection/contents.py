"""What the items of a selection are today, for whoever may read only what is public.

A constant number of queries, whatever the number of items.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Locale, Page, ReferenceIndex

from hub.core.files import held_back, public_among
from hub.core.models import HubDocument, mark_sendable, may_be_sent
from hub.core.upload_rules import MEGABYTE
from hub.core.visibility import visible
from resources.cards import Card, cards_by_id
from resources.chosen import chosen_ids
from resources.models import DocumentPage, KitPage, ResourcePage
from resources.selection.chosen import Selection

MOST_FILES = 30
MOST_BYTES = 200 * MEGABYTE


@dataclass
class Row:
    """An item with what is shown of it: a card, a file, or neither when it is not to be had now."""

    item: str
    card: Card | None = None
    file: HubDocument | None = None
    files: list[HubDocument] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        return self.card is not None or self.file is not None

    @property
    def title(self) -> str:
        """Nothing for what is not there: a title may be what was withdrawn."""
        return self.card.title if self.card else self.file.title if self.file else ""

    @property
    def url(self) -> str:
        return self.card.url if self.card else self.file.url if self.file else ""


@dataclass
class Contents:
    """The rows of a selection, and the files that its zip holds, each once."""

    rows: list[Row]

    @property
    def files(self) -> list[HubDocument]:
        return list({file.pk: file for row in self.rows for file in row.files}.values())

    @property
    def size(self) -> int:
        return sum(file.get_file_size() or 0 for file in self.files)

    @property
    def too_many(self) -> bool:
        return len(self.files) > MOST_FILES

    @property
    def too_heavy(self) -> bool:
        return self.size > MOST_BYTES

    @property
    def can_be_downloaded(self) -> bool:
        return bool(self.files) and not self.too_many and not self.too_heavy


def contents_of(selection: Selection, locale: Locale) -> Contents:
    """Return the rows in the order of the selection; pages in the language where they exist."""
    pages = [int(item) for item in selection.items if not item.startswith("f")]
    files = [int(item[1:]) for item in selection.items if item.startswith("f")]
    cards = _readable_cards(pages, locale)
    given = _files_of(cards)
    public = _open(public_among(HubDocument, files))
    rows = []
    for item in selection.items:
        if item.startswith("f"):
            file = public.get(int(item[1:]))
            rows.append(Row(item, file=file, files=[file] if file else []))
        else:
            card = cards.get(int(item))
            rows.append(Row(item, card=card, files=given.get(int(item), [])))
    return Contents(rows)


def _readable_cards(ids: list[int], locale: Locale) -> dict[int, Card]:
    """The cards of the pages that are public now, whatever the index still holds of others."""
    if not ids:
        return {}
    public = set(visible(ResourcePage.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    return cards_by_id(public, locale)


def _files_of(cards: dict[int, Card]) -> dict[int, list[HubDocument]]:
    """The files of each page: its own, those of a kit's documents, or those that its text gives."""
    kits = [pk for pk, card in cards.items() if card.type == "kit"]
    others = [pk for pk, card in cards.items() if card.type not in {"kit", "document"}]
    members = {
        kit.pk: chosen_ids(kit.sections, "document")
        for kit in (visible(KitPage.objects.filter(pk__in=kits)) if kits else ())
    }
    wanted = {pk for pk in cards if cards[pk].type == "document"}.union(*members.values())
    owned = dict(DocumentPage.readable(wanted).values_list("pk", "file_id"))
    quoted = _quoted(others)
    ids: dict[int, list[int]] = {
        pk: [owned[m] for m in members.get(pk, [pk]) if owned.get(m)] + quoted.get(pk, [])
        for pk in cards
    }
    documents = _open({pk for several in ids.values() for pk in several})
    return {
        pk: [documents[file] for file in dict.fromkeys(several) if file in documents]
        for pk, several in ids.items()
    }


def _quoted(pages: list[int]) -> dict[int, list[int]]:
    """The files that pages refer to, as Wagtail's index of references knows them. One query."""
    found: dict[int, list[int]] = {}
    if pages:
        references = ReferenceIndex.objects.filter(
            base_content_type=ReferenceIndex._get_base_content_type(Page),
            object_id__in=[str(pk) for pk in pages],
            to_content_type=ContentType.objects.get_for_model(HubDocument),
        )
        for page, file in references.order_by("pk").values_list("object_id", "to_object_id"):
            found.setdefault(int(page), []).append(int(file))
    return found


def _open(ids: Iterable[int]) -> dict[int, HubDocument]:
    """The files by number, less those that a private collection or the scanner holds back.

    One query, two where there is a virus scanner.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    documents = list(HubDocument.objects.filter(~held_back("collection__path"), pk__in=wanted))
    mark_sendable(documents)
    return {document.pk: document for document in documents if may_be_sent(document)}


def share_path(selection: Selection) -> str:
    """The address that holds the list; a title goes with it, never the note."""
    query = {"i": selection.listed} | ({"t": selection.title} if selection.title else {})
    return f"{reverse('selection_shared')}?{urlencode(query)}"
