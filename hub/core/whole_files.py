"""Stores a file under its name once all its bytes are there.

Pictures are served by their name on the disk: a process killed while it writes one must not leave half
of it at an address.
"""

import os
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.core.files.storage import FileSystemStorage

PARTS = "parts"  # beside the folders of files, and served by nothing


class WholeFiles(FileSystemStorage):
    """Files on the disk, each whole or not there; what a killed process leaves is in ``PARTS``."""

    def _save(self, name: str, content: Any) -> str:
        part = f"{PARTS}/{token_hex(16)}"
        try:
            super()._save(part, content)
            return self._named(Path(self.path(part)), name)
        finally:
            Path(self.path(part)).unlink(missing_ok=True)

    def _named(self, part: Path, name: str) -> str:
        """Give it the name, or the next one that is free: never that of another file."""
        while True:
            target = Path(self.path(name))
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(part, target)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name
