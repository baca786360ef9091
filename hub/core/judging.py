"""Files of questions and of answers, as JSON: for the commands that measure the site from outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from django.core.management.base import CommandError


def read_pairs(path: Path, key: str, text: str, *, within: str = "") -> list[tuple[str, str]]:
    """The two members of each object of a list, which may be the member ``within`` of an object.

    Raises CommandError with what is wrong with the file.
    """
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        items = loaded[within] if within and isinstance(loaded, dict) else loaded
        return [(str(item[key]), str(item[text])) for item in items]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(
            f'{path} is not a list of {{"{key}", "{text}"}} objects: {error!r}.'
        ) from error


def write_answers(path: Path, answers: Mapping[str, object]) -> None:
    """Write one answer for each key; raises CommandError when the file cannot be written."""
    text = json.dumps(answers, ensure_ascii=False, indent=1)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
