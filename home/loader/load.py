"""The whole load, in the order in which things need each other."""

from django.db import transaction

from home.models import HomePage
from home.old_addresses.keys import list_keys
from home.old_addresses.planning import keep
from home.old_addresses.reading import ListRefusedError, read_list

from .campaigns import load_campaigns
from .files import load_files
from .front_page import fill_front, front_fields
from .ledger import Ledger
from .pages import MODELS, fields_of
from .references import References
from .rows import load_rows, load_site_texts
from .sources import CONTENT, ContentError, Source, digest_of, read_pages
from .translations import write_translation
from .writer import fill, latest_revision, make_drafts, write_page

WHOLE = "everything"
OLD_ADDRESSES = "anciennes-adresses.csv"


def content_digest() -> str:
    """A fingerprint of every content file and of the code that reads them."""
    folders = (CONTENT, CONTENT.parent / "loader", CONTENT.parent / "kit_files")
    files = sorted(p for folder in folders for p in folder.rglob("*") if p.is_file())
    wanted = [p for p in files if "__pycache__" not in p.parts]
    return digest_of([[str(p.relative_to(CONTENT.parent)), p.read_bytes().hex()] for p in wanted])


@transaction.atomic
def load_all() -> Ledger:
    """Load everything or nothing. Raises ContentError, naming the file, when a source is wrong.

    When neither the files nor the loader changed since the last load, nothing is read twice.
    """
    ledger, fingerprint = Ledger.open(), content_digest()
    known = ledger.items.get(WHOLE)
    if known and known.source_digest == fingerprint:
        ledger.counts["unchanged"] = len(ledger.items)
        return ledger
    _load(ledger, References())
    if known:
        known.source_digest = fingerprint
        known.save()
    else:
        ledger.write(WHOLE, fingerprint, lambda pk: None, lambda: ("", ""))
        ledger.counts["created"] -= 1
    return ledger


def _load(ledger: Ledger, references: References) -> None:
    sources = read_pages()
    french = [source for source in sources if source.language == "fr"]
    references.file_pages = {s.data["file"]: s.key for s in french if s.data.get("file")}
    load_rows(ledger, references)
    load_files(ledger, references)
    make_drafts(french, ledger, references)
    for source in french:
        write_page(source, ledger, references)
    _write_home(ledger, references)
    load_site_texts(ledger, references)
    _translate(sources, ledger, references)
    _keep_old_addresses(references)
    load_campaigns(ledger, references)


def _write_home(ledger: Ledger, references: References) -> None:
    home = HomePage.objects.get(locale__language_code="fr")

    def save() -> tuple[int, str]:
        fill_front(home, "fr", references).save_revision().publish()
        return home.pk, latest_revision(str(home.pk)) or ""

    ledger.write("home", digest_of(front_fields("fr", references)), latest_revision, save)


def _translate(sources: list[Source], ledger: Ledger, references: References) -> None:
    """Index pages are translated by ``setup_site``; here the pages below them."""
    home = HomePage.objects.get(locale__language_code="fr")
    english_home = fill_front(HomePage.objects.get(pk=home.pk), "en", references)
    fingerprint = digest_of(front_fields("en", references))
    for source in sources:
        if source.language != "en":
            continue
        model = MODELS[source.section]
        page = model.objects.filter(pk=references.pages[source.key]).first()
        if page is None:
            continue
        english = model.objects.get(pk=page.pk)
        fill(english, fields_of(source, references), source.key)
        write_translation(page, english, source.item_key, source.digest, ledger)
    # Last: a page read before its children were added would forget to count them.
    write_translation(home, english_home, "home.en", fingerprint, ledger)


def _keep_old_addresses(references: References) -> None:
    """The addresses printed on the slides of 2025 keep working; an editor may send them elsewhere."""
    try:
        lines = read_list((CONTENT / OLD_ADDRESSES).read_bytes())
        keep(lines, list_keys() | references.pages, give_way=True)
    except ListRefusedError as error:
        raise ContentError(f"{OLD_ADDRESSES}: {error}") from error
