from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html

from hub.core.templatetags.formats import timecode
from resources.blocks import VideoChapterBlock
from resources.models.base import ResourcePage, resource_tabs
from resources.transcripts import Transcript, passages, with_moments
from resources.video_address import VideoAddress, parse_video_address
from search.documents import Section


class VideoPage(ResourcePage):
    """A video kept elsewhere, described, cut in chapters and transcribed here.

    Nothing is asked of the other site before the reader's click.
    """

    resource_type: ClassVar[str] = "video"
    type_label = _("Video")
    schema_type = "VideoObject"

    video_url = models.URLField(
        _("address of the video"),
        blank=True,
        help_text=_("On YouTube. A starting time in the address is understood (t=73s)."),
    )
    start = models.PositiveIntegerField(_("starts at (seconds)"), null=True, blank=True)
    duration = models.PositiveIntegerField(_("duration (seconds)"), null=True, blank=True)
    chapters = StreamField(
        [("chapter", VideoChapterBlock())], blank=True, verbose_name=_("chapters")
    )
    transcript = RichTextField(_("transcript"), blank=True)
    no_transcript_reason = models.TextField(
        _("why there is no transcript"),
        blank=True,
        help_text=_("Readers who cannot hear are told. Needed when the transcript is empty."),
    )

    content_panels = [
        *ResourcePage.content_panels,
        FieldPanel("video_url"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("duration")]),
        FieldPanel("chapters"),
        FieldPanel("transcript"),
        FieldPanel("no_transcript_reason"),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("video")

    def clean(self) -> None:
        super().clean()
        if self.video_url and parse_video_address(self.video_url) is None:
            raise ValidationError({"video_url": _("This is not the address of a YouTube video.")})
        if not self.transcript and not self.no_transcript_reason:
            raise ValidationError(
                {"transcript": _("Give the transcript, or say below why there is none.")}
            )

    @cached_property
    def address(self) -> VideoAddress | None:
        """Where the video is, starting at ``start`` or at the time in the pasted address."""
        found = parse_video_address(self.video_url)
        return found.starting_at(self.start) if found and self.start is not None else found

    @cached_property
    def timed_transcript(self) -> Transcript:
        return with_moments(expand_db_html(self.transcript), self.address)

    @property
    def chapter_list(self) -> list[dict]:
        """Each chapter's ``start`` (seconds), ``title``, outward ``url`` and ``anchor`` on the page.

        Two things never share an address: a passage of the transcript comes before a chapter.
        """
        taken = set(self.timed_transcript.moments)
        chapters = []
        for block in self.chapters if self.address else ():
            start = block.value["start"]
            chapters.append(
                {
                    **block.value,
                    "url": self.address.starting_at(start).watch_url,
                    "anchor": "" if start in taken else f"t={start}",
                }
            )
            taken.add(start)
        return chapters

    def search_sections(self) -> list[Section]:
        """Chapters and passages of the transcript open at their minute."""
        chapters = [_section(block.value["title"], block.value["start"]) for block in self.chapters]
        told = [_section(passage.text, passage.seconds) for passage in passages(self.transcript)]
        return [*super().search_sections(), *(chapters if self.address else ()), *told]

    def search_format(self) -> str:
        return "video"


def _section(text: str, seconds: int | None) -> Section:
    if seconds is None:
        return Section(text, gettext("Transcript"), "#transcript")
    return Section(text, gettext("at %(moment)s") % {"moment": timecode(seconds)}, f"#t={seconds}")
