"""Understands the address of a YouTube video however it was copied. Pure."""

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode, urlsplit

_ID = re.compile(r"[A-Za-z0-9_-]{11}\Z")
_TIME = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?\Z")
_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}


@dataclass(frozen=True)
class VideoAddress:
    """A video and the second it starts at."""

    video_id: str
    start: int = 0

    def starting_at(self, start: int) -> "VideoAddress":
        return replace(self, start=start)

    @property
    def watch_url(self) -> str:
        """The outward link: its starting time is called ``t``."""
        query = {"v": self.video_id} | ({"t": f"{self.start}s"} if self.start else {})
        return f"https://www.youtube.com/watch?{urlencode(query)}"

    @property
    def embed_url(self) -> str:
        """The player's address: it ignores ``t`` and wants ``start``."""
        query = {"autoplay": 1, "rel": 0} | ({"start": self.start} if self.start else {})
        return f"https://www.youtube-nocookie.com/embed/{self.video_id}?{urlencode(query)}"


def parse_video_address(text: str) -> VideoAddress | None:
    """Return what ``text`` points to, or None when it is not a YouTube video.

    ``t=73s``, ``t=73``, ``t=1m13s`` and ``start=73``, in the query or after the hash, are
    understood; an unreadable time counts as the beginning.
    """
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    query = parse_qs(parts.query)
    steps = [step for step in parts.path.split("/") if step]
    video_id = ""
    if parts.hostname == "youtu.be" and steps:
        video_id = steps[0]
    elif parts.hostname in _HOSTS and steps[:1] == ["watch"]:
        video_id = query.get("v", [""])[0]
    elif parts.hostname in _HOSTS and len(steps) == 2 and steps[0] in {"embed", "shorts", "live"}:
        video_id = steps[1]
    if parts.scheme not in {"http", "https"} or not _ID.match(video_id):
        return None
    times = query | parse_qs(parts.fragment)
    return VideoAddress(video_id, _seconds((times.get("start") or times.get("t") or ["0"])[0]))


def _seconds(text: str) -> int:
    match = _TIME.match(text.strip().lower())
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds
