"""What the page of a video says besides its own words: who is asked for what, and what to send."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from csp.constants import SELF
from django.utils.translation import gettext as _

from hub.core.templatetags.formats import duration, iso_duration
from resources.structured_data import CONTEXT, absolute

if TYPE_CHECKING:
    from resources.models import VideoPage


@dataclass(frozen=True)
class TextToSend:
    """What somebody pastes in a notice of meeting, and the same as a letter to open."""

    text: str
    mail: str


def text_to_send(page: "VideoPage") -> TextToSend:
    """The words of the editors, or some made of the page; the permanent address always stands in."""
    url = page.full_url or page.get_url()
    text = page.text_to_enclose.replace("\r\n", "\n").strip()
    if not text:
        length = f" ({duration(page.duration)})" if page.duration else ""
        text = _("Video: “%(title)s”%(length)s") % {"title": page.title, "length": length}
        text = f"{text}\n{page.summary.strip()}"
    if url not in text:
        text = "{}\n{}".format(text, _("To watch it, or to read it: %(url)s") % {"url": url})
    return TextToSend(text, f"mailto:?subject={quote(page.title)}&body={quote(text)}")


def policy_of(page: "VideoPage") -> dict[str, list[str]]:
    """What the content policy opens for this page: its own film, or the one site of its player."""
    if page.film:
        return {"media-src": [SELF]}
    if page.address:
        return {"frame-src": [f"https://{page.address.player_host}"]}
    return {}


def structured_data(page: "VideoPage", cover: dict[str, Any] | None) -> dict[str, Any]:
    """The video in the words of schema.org, for search engines."""
    url = absolute(page.get_url())
    published = page.first_published_at
    known = {
        "uploadDate": published.isoformat() if published else None,
        "duration": iso_duration(page.duration) if page.duration else None,
        "thumbnailUrl": absolute(cover["url"]) if cover else None,
        "contentUrl": absolute(page.film.url) if page.film else None,
        "embedUrl": page.address.player_url if page.address and not page.film else None,
        "hasPart": [_clip(chapter, url) for chapter in page.chapter_list],
        "caption": [
            {
                "@type": "MediaObject",
                "encodingFormat": "text/vtt",
                "inLanguage": track["language"],
                "contentUrl": absolute(track["url"]),
            }
            for track in page.tracks
        ],
    }
    return {
        "@context": CONTEXT,
        "@type": "VideoObject",
        "name": page.title,
        "description": page.summary,
        "url": url,
        "inLanguage": page.content_language,
    } | {name: value for name, value in known.items() if value}


def _clip(chapter: dict[str, Any], url: str) -> dict[str, Any]:
    return {
        "@type": "Clip",
        "name": chapter["title"],
        "startOffset": chapter["start"],
        "url": f"{url}#t={chapter['start']}",
    }
