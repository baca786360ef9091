"""Files that these tests upload go to a folder that disappears."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def uploads_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    from django.test import override_settings

    folder: Path = tmp_path_factory.mktemp("data")
    with override_settings(MEDIA_ROOT=folder / "media", KITS_ROOT=folder / "kits"):
        yield
