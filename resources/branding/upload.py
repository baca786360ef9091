"""Receives the logo in memory: Django would write a larger file to the disk."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from resources.branding.logo import MAX_LOGO

FIELD = "logo"


class LogoInMemory(FileUploadHandler):
    """Keeps the one file of the form; what goes past the limit is read and thrown away.

    So that a logo too large costs the logo alone, and what was typed comes back.
    """

    chunk_size = 64 * 1024

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        if self.field_name != FIELD:
            raise SkipFile
        self._kept, self._size = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size <= MAX_LOGO:
            self._kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._kept.seek(0)
        return InMemoryUploadedFile(
            self._kept, self.field_name, self.file_name or "", self.content_type, self._size, None
        )
