"""The signing key of an installation that was given none."""

import secrets
from pathlib import Path


def kept_in(folder: Path) -> str:
    """Return the key kept in ``folder/secret_key``, made on first use, readable by its owner only.

    Two processes that start together agree: the first to create the file wins.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret_key"
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
