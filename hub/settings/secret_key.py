"""The signing key of an installation that was given none."""

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def derived(secret: str, purpose: str) -> str:
    """Another key for another purpose: whoever learns one learns none of the others."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def kept_in(folder: Path) -> str:
    """Return the key kept in ``folder/secret_key``, made on first use, readable by its owner only.

    Two processes that start together agree: the first to name its file wins, and a key is never
    seen half written. Raises ImproperlyConfigured when the folder cannot be used.
    """
    path = folder / "secret_key"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _make(path)
        return path.read_text(encoding="ascii")
    except OSError as error:
        reason = error.strerror or error
        raise ImproperlyConfigured(
            f"the data folder {folder} cannot be used: {reason}. Choose one with HUB_DATA_DIR."
        ) from error


def _make(path: Path) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
