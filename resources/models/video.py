from hashlib import sha256
from io import BytesIO
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html
from wagtailmedia.edit_handlers import MediaChooserPanel

from hub.core.models import HubMedia, may_be_sent
from hub.core.publishing import NotReadyError
from hub.core.serving import StoredBytes, send
from hub.core.templatetags.formats import timecode
from resources.blocks import VideoChapterBlock
from resources.models.base import ResourcePage, resource_tabs
from resources.transcripts import Transcript, has_words, passages, with_moments
from resources.video_address import VideoAddress, host_of, parse_video_address
from resources.video_form import CaptionsPanel, VideoPageForm
from resources.videos import TextToSend, policy_of, structured_data, text_to_send
from search.documents import Section


class VideoPage(RoutablePageMixin, ResourcePage):
    """A video of ours or of another site, described, cut in chapters, captioned and transcribed.

    Nothing is asked of another site before the reader's click.
    """

    resource_type: ClassVar[str] = "video"
    type_label = _("Video")
    schema_type = "VideoObject"
    base_form_class = VideoPageForm

    media = models.ForeignKey(
        "core.HubMedia",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("video file"),
        help_text=_("A film that the federation owns: it is shown and downloaded from this site."),
    )
    video_url = models.URLField(
        _("address of the video"),
        blank=True,
        help_text=_(
            "On YouTube, or on an allowed PeerTube site. Paste it as it is: a starting time in it "
            "is understood (t=73s, t=1m13s, start=73)."
        ),
    )
    start = models.PositiveIntegerField(
        _("starts at (seconds)"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is the time in the address."),
    )
    duration = models.PositiveIntegerField(
        _("duration (seconds)"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is that of the video file."),
    )
    chapters = StreamField(
        [("chapter", VideoChapterBlock())], blank=True, verbose_name=_("chapters")
    )
    transcript = RichTextField(
        _("transcript"),
        blank=True,
        help_text=_("A paragraph that begins with a time, as 1:13, leads to that moment."),
    )
    no_transcript_reason = models.TextField(
        _("why there is no transcript"),
        blank=True,
        help_text=_("Readers who cannot hear are told. Needed when the transcript is empty."),
    )
    text_to_enclose = models.TextField(
        _("text to enclose with the notice of meeting"),
        blank=True,
        help_text=_(
            "Co-operatives copy it in one click. Left empty, it is made of the title, the "
            "duration, the summary and the address of this page."
        ),
    )

    content_panels = [
        *ResourcePage.content_panels,
        MultiFieldPanel(
            [
                MediaChooserPanel("media", media_type="video"),
                FieldPanel("video_url"),
                FieldRowPanel([FieldPanel("start"), FieldPanel("duration")]),
            ],
            heading=_("The video"),
        ),
        FieldPanel("chapters"),
        CaptionsPanel("captions", heading=_("Captions"), label=_("Language of the captions")),
        FieldPanel("transcript_again"),
        FieldPanel("transcript"),
        FieldPanel("no_transcript_reason"),
        FieldPanel("text_to_enclose"),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("video")

    def clean(self) -> None:
        super().clean()
        if self.video_url and self.address is None:
            sites = ", ".join(["YouTube", *settings.PEERTUBE_HOSTS])
            message = _("This is not the address of a video of an allowed site (%(sites)s).")
            raise ValidationError({"video_url": message % {"sites": sites}})

    def refuse_unready(self) -> None:
        super().refuse_unready()
        if not self.has_transcript and not self.no_transcript_reason.strip():
            raise NotReadyError(
                gettext(
                    "“%(title)s” cannot be published without its transcript: give it, upload "
                    "captions, or write why there is none."
                )
                % {"title": self.title}
            )

    # -- Where it is -----------------------------------------------------------------------------
    @property
    def address(self) -> VideoAddress | None:
        """On another site, starting at ``start`` or at the time in the pasted address."""
        found = parse_video_address(self.video_url, settings.PEERTUBE_HOSTS)
        return found.starting_at(self.start) if found and self.start is not None else found

    @property
    def starts_at(self) -> int:
        address = self.address
        return address.start if address else self.start or 0

    @cached_property
    def film(self) -> HubMedia | None:
        """Our own video, unless it still waits for the virus scanner."""
        return self.media if self.media and may_be_sent(self.media) else None

    @property
    def is_shown(self) -> bool:
        return bool(self.film or self.address)

    @property
    def lost_site(self) -> str:
        """The site of an address that is allowed no longer, for those who must choose another."""
        return host_of(self.video_url) if self.video_url and not self.is_shown else ""

    def moment_url(self, seconds: int) -> str:
        """Where the moment is seen without script: in our file, on the other site, or in the text."""
        if self.film:
            return f"{self.film.url}#t={seconds}"
        address = self.address
        return address.starting_at(seconds).watch_url if address else f"#t={seconds}"

    @property
    def has_transcript(self) -> bool:
        return has_words(self.transcript)

    @cached_property
    def timed_transcript(self) -> Transcript:
        return with_moments(expand_db_html(self.transcript), self.moment_url)

    @cached_property
    def chapter_list(self) -> list[dict]:
        """Each chapter's ``start`` (seconds), ``title``, outward ``url`` and ``anchor`` on the page.

        Two things never share an address: a passage of the transcript comes before a chapter.
        """
        taken = set(self.timed_transcript.moments)
        chapters = []
        for block in self.chapters if self.is_shown else ():
            start = block.value["start"]
            chapters.append(
                {
                    **block.value,
                    "url": self.moment_url(start),
                    "anchor": "" if start in taken else f"t={start}",
                }
            )
            taken.add(start)
        return chapters

    # -- Captions --------------------------------------------------------------------------------
    @cached_property
    def tracks(self) -> list[dict[str, Any]]:
        """The captions that our player offers; those in the language of the page are shown."""
        if not self.film:
            return []
        own = self.locale.language_code
        return [
            {
                "language": caption.language,
                "label": caption.label,
                "url": self.get_url() + self.reverse_subpage("captions", [caption.language]),
                "shown": caption.language == own,
            }
            for caption in self.captions.all()
        ]

    @path("sous-titres/<slug:language>/", name="captions")
    def captions_file(self, request: HttpRequest, language: str) -> HttpResponseBase:
        """The captions of the published page, for whoever may read it."""
        caption = next((c for c in self.captions.all() if c.language == language), None)
        if caption is None:
            raise Http404
        content = caption.text.encode()
        stored = StoredBytes(
            open=lambda: BytesIO(content),
            size=len(content),
            tag=sha256(content).hexdigest()[:40],
            content_type="text/vtt; charset=utf-8",
            name=f"{self.slug}.{language}.vtt",
            inline=True,
        )
        return send(request, stored)

    # -- The page --------------------------------------------------------------------------------
    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().serve(request, *args, **kwargs)
        if not response.has_header("Content-Security-Policy"):
            response._csp_replace = policy_of(self)
        return response

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["structured_data"] = structured_data(self, context["page_cover"])
        return context

    @property
    def to_send(self) -> TextToSend:
        return text_to_send(self)

    def search_sections(self) -> list[Section]:
        """Chapters and passages of the transcript open at their minute."""
        chapters = [_section(block.value["title"], block.value["start"]) for block in self.chapters]
        told = [_section(passage.text, passage.seconds) for passage in passages(self.transcript)]
        return [*super().search_sections(), *(chapters if self.is_shown else ()), *told]

    def search_format(self) -> str:
        return "video"


def _section(text: str, seconds: int | None) -> Section:
    if seconds is None:
        return Section(text, gettext("Transcript"), "#transcript")
    return Section(text, gettext("at %(moment)s") % {"moment": timecode(seconds)}, f"#t={seconds}")
