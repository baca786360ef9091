"""Message catalogues without the gettext programs: collected by Babel, compiled by polib."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import template as django_template
from django.utils.translation.reloader import translation_file_changed

WIDTH = 100  # characters, so that a catalogue is written the same way every time
APPS = ("hub", "home", "resources", "search", "templates")
READ = {".py", ".html", ".txt"}
SKIPPED = {"migrations", "static", "content", "data"}
KEYWORDS = {
    "_": None,
    "now": None,  # gettext, where `_` is the lazy one
    "gettext": None,
    "gettext_lazy": None,
    "_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str, str, str]  # context, singular, plural


def compile_catalogues() -> None:
    """Write each ``.mo`` that is older than its ``.po``; this process reads it from then on."""
    for path in _catalogues().values():
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(compiled))
            translation_file_changed(None, compiled)


def _catalogues() -> dict[str, Path]:
    folder = Path(settings.LOCALE_PATHS[0])
    return {code: folder / code / "LC_MESSAGES" / "django.po" for code, _name in settings.LANGUAGES}


def collect() -> dict[Message, list[str]]:
    """Return every text marked for translation, with the files it stands in."""
    from babel.messages.extract import extract

    found: dict[Message, list[str]] = {}
    for path in _files():
        stream = io.BytesIO(_as_python(path).encode())
        name = str(path.relative_to(settings.ROOT))
        for _line, messages, _comments, context in extract("python", stream, KEYWORDS, ()):
            single, plural = (messages[0], messages[1]) if _plural(messages) else (messages, "")
            single = single[0] if isinstance(single, tuple) else single
            if single:
                files = found.setdefault((context or "", single, plural), [])
                files.extend([] if name in files else [name])
    return found


def _as_python(path: Path) -> str:
    """Return the text of a file such that Python's tokenizer accepts it.

    ``templatize`` keeps the calls of a template and blanks the rest out, with its indentation,
    which would be an error in Python.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.strip() for line in django_template.templatize(text).splitlines())


def _plural(messages: Any) -> bool:
    return isinstance(messages, tuple) and len(messages) > 1 and bool(messages[1])


def _files() -> Iterator[Path]:
    """Code and templates; the folders of the project alone decide, not those it stands in."""
    for app in APPS:
        for path in sorted((settings.ROOT / app).rglob("*")):
            inside = set(path.relative_to(settings.ROOT).parts)
            if path.suffix in READ and not inside & SKIPPED and path.is_file():
                yield path


def gaps() -> list[str]:
    """Say what is missing from the catalogues, or stands there without being used."""
    wanted, problems = collect(), []
    for code, path in _catalogues().items():
        entries = {_key(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
        problems += [f"{code}: {key[1]!r} is missing" for key in wanted if key not in entries]
        for key, entry in entries.items():
            if key not in wanted:
                problems.append(f"{code}: {key[1]!r} is not used")
            elif not entry.translated() or entry.fuzzy:
                problems.append(f"{code}: {key[1]!r} is not translated")
    return problems


def _key(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def update() -> None:
    """Add new texts, drop unused ones; English needs no translator: it is the source."""
    wanted = collect()
    for code, path in _catalogues().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = polib.pofile(str(path), wrapwidth=WIDTH) if path.exists() else _new(code)
        kept = {_key(entry): entry for entry in catalogue}
        catalogue[:] = [_entry(key, files, kept, code) for key, files in sorted(wanted.items())]
        catalogue.save(str(path))


def _new(code: str) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=WIDTH)
    plural = "nplurals=2; plural=(n > 1);" if code == "fr" else "nplurals=2; plural=(n != 1);"
    catalogue.metadata = {
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural,
    }
    return catalogue


def _entry(
    key: Message, files: list[str], kept: dict[Message, polib.POEntry], code: str
) -> polib.POEntry:
    context, single, plural = key
    entry = kept.get(key) or polib.POEntry(
        msgctxt=context or None, msgid=single, msgid_plural=plural or ""
    )
    entry.occurrences = [(name, "") for name in files]
    entry.flags = ["python-format"] if "%(" in single else []
    entry.obsolete = False
    if plural and not entry.msgstr_plural:
        entry.msgstr_plural = {0: "", 1: ""}
    if code == "en":
        entry.msgstr = "" if plural else single
        entry.msgstr_plural = {0: single, 1: plural} if plural else {}
    return entry


class Command(BaseCommand):
    help = "Compile the message catalogues; --update collects the texts, --check names the gaps."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true")
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            update()
        if options["check"] and (problems := gaps()):
            raise CommandError("\n".join(problems))
        compile_catalogues()
