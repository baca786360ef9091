"""The gate of the videos: MP4 and WebM that browsers play, whole and in one piece."""

import io
import unicodedata
import zipfile
from typing import Any, BinaryIO, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtailmedia.forms import BaseMediaForm

from hub.core import quarantine
from hub.core.upload_mp4 import read_mp4
from hub.core.upload_rules import MAX_VIDEO, MEGABYTE, UploadRefused, VideoFacts, extension_of
from hub.core.upload_webm import read_webm

READERS: Final = {"mp4": read_mp4, "webm": read_webm}


def check_video(name: str, file: BinaryIO) -> VideoFacts:
    """Return the length and the picture size of a video; refuse anything else.

    ``file`` is open for reading in binary mode and seekable; it is left at its beginning.
    Raises UploadRefused with a sentence for the person who sent it.
    """
    try:
        reader = READERS.get(extension_of(name))
        if reader is None:
            raise UploadRefused(_("Only MP4 and WebM videos are taken."))
        if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name):
            raise UploadRefused(_("The name of this file holds hidden characters: rename it."))
        size = file.seek(0, io.SEEK_END)
        if not size:
            raise UploadRefused(_("This file is empty."))
        if size > MAX_VIDEO:
            raise UploadRefused(
                _("This video is larger than %(size)s MB: export it in a smaller size.")
                % {"size": MAX_VIDEO // MEGABYTE}
            )
        if zipfile.is_zipfile(file):
            raise UploadRefused(_("This file hides an archive."))
        facts = reader(file, size)
        quarantine.look_at(file)
        return facts
    finally:
        file.seek(0)


class HubMediaForm(BaseMediaForm):
    """A video of the library. A refused file costs the file alone: what was typed stays."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "MP4 (H.264) or WebM, %(size)s MB at most. A film of five minutes in 720p weighs "
                "about 60 MB."
            ) % {"size": MAX_VIDEO // MEGABYTE}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        try:
            facts = check_video(file.name or "", file)
        except UploadRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        self.instance.type = "video"
        self.instance.duration = facts.duration
        self.instance.width, self.instance.height = facts.width or None, facts.height or None
        return file
