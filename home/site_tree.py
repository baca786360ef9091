"""The pages that every site has before any content: home, library, lists, glossary."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import capfirst, slugify
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from resources.models import GlossaryIndexPage, LibraryPage, ResourceIndexPage
from resources.types import resource_types


@dataclass(frozen=True)
class IndexSpec:
    """An index page: its slug and title in both languages, and the type it lists."""

    slug: str
    title: str
    slug_en: str
    title_en: str
    listed_type: str = ""
    model: type[Page] = ResourceIndexPage


INDEXES = (
    IndexSpec("ressources", "Ressources", "resources", "Resources", model=LibraryPage),
    IndexSpec("parcours", "Parcours", "journeys", "Journeys", "journey"),
    IndexSpec("kits", "Kits", "kits", "Kits", "kit"),
    IndexSpec("guides", "Guides", "guides", "Guides", "guide"),
    IndexSpec("pratiques", "Bonnes pratiques", "practices", "Good practices", "practice"),
    IndexSpec("documents", "Documents", "documents", "Documents", "document"),
    IndexSpec("videos", "Vidéos", "videos", "Videos", "video"),
    IndexSpec("outils", "Outils et services", "tools", "Tools and services", "tool"),
    IndexSpec("retours", "Retours d’expérience", "reports", "Experience reports", "report"),
    IndexSpec("dossiers", "Dossiers", "collections", "Collections", "dossier"),
    IndexSpec("glossaire", "Glossaire", "glossary", "Glossary", model=GlossaryIndexPage),
)


def index_specs() -> list[IndexSpec]:
    """The index pages above, and one for each newer type, named after its plural."""
    listed = {spec.listed_type for spec in INDEXES}
    others = {
        value: model
        for value, model in resource_types().items()
        if value not in listed and model.parent_page_types == ["resources.ResourceIndexPage"]
    }
    return [*INDEXES, *(_spec_of(value, model) for value, model in others.items())]


def _spec_of(value: str, model: type[Page]) -> IndexSpec:
    titles = {}
    for code in ("fr", "en"):
        with override(code):
            titles[code] = capfirst(str(model._meta.verbose_name_plural))
    return IndexSpec(
        slugify(titles["fr"]), titles["fr"], slugify(titles["en"]), titles["en"], value
    )


def make_locales() -> tuple[Locale, Locale]:
    """French, the source, and English."""
    french, _created = Locale.objects.get_or_create(language_code="fr")
    english, _created = Locale.objects.get_or_create(language_code="en")
    return french, english


def make_tree() -> None:
    """Create what is missing; never touch a page that exists."""
    french, english = make_locales()
    home = _home(french)
    english_home = home.get_translation_or_none(english) or _translated(
        home, english, "home-en", "Co-operative life"
    )
    for spec in index_specs():
        identity = {"listed_type": spec.listed_type} if spec.listed_type else {}
        page = spec.model.objects.filter(locale=french, **identity).first()
        if page is None:
            page = spec.model(title=spec.title, slug=spec.slug, locale=french, **identity)
            orphan = spec.model.objects.filter(locale=english, **identity).first()
            if orphan:  # its French page was deleted: the new one takes its place
                page.translation_key = orphan.translation_key
            home.add_child(instance=page)
            page.save_revision().publish()
        if not page.get_translations().filter(locale=english).exists() and english_home:
            _translated(page, english, spec.slug_en, spec.title_en)


def _translated(page: Page, locale: Locale, slug: str, title: str) -> Page:
    translation = page.copy_for_translation(locale)
    translation.slug, translation.title, translation.draft_title = slug, title, title
    translation.save_revision().publish()
    return translation


def _home(french: Locale) -> HomePage:
    home = HomePage.objects.filter(locale=french).first()
    if home is None:
        _remove_welcome_page()
        home = HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home", locale=french)
        Page.get_first_root_node().add_child(instance=home)
        home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id != home.pk or not site.pk:
        site.hostname, site.port = _host_and_port()
        site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
        site.save()
    return home


def follow_address() -> None:
    """Absolute links (feeds, sitemap, canonical addresses) start with ``HUB_BASE_URL``."""
    site = Site.objects.get(is_default_site=True)
    if (site.hostname, site.port) != _host_and_port():
        site.hostname, site.port = _host_and_port()
        site.save()


def _host_and_port() -> tuple[str, int]:
    parts = urlsplit(settings.BASE_URL)
    return parts.hostname or "localhost", parts.port or (443 if settings.SECURE else 80)


def _remove_welcome_page() -> None:
    """Wagtail's first migration leaves a page that says welcome; nobody wrote it."""
    for page in Page.objects.filter(depth=2, slug="home"):
        if type(page.specific) is Page:
            page.delete()
