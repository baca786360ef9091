"""Understands the address of a video on YouTube or PeerTube however it was copied. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

_ID = re.compile(r"[A-Za-z0-9_-]{11}\Z")
# A full number (UUID) or the short form of it, in the alphabet without look-alikes.
_PEERTUBE_ID = re.compile(
    r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9A-HJ-NP-Za-km-z]{22})\Z"
)
_TIME = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?\Z")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\Z")
_YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
_PEERTUBE = {("w",), ("videos", "watch"), ("videos", "embed")}
YOUTUBE_PLAYER = "www.youtube-nocookie.com"


@dataclass(frozen=True)
class VideoAddress:
    """A video of another site and the second it starts at; ``host`` is a PeerTube site, or empty."""

    video_id: str
    start: int = 0
    host: str = ""

    def starting_at(self, start: int) -> "VideoAddress":
        return replace(self, start=start)

    @property
    def site(self) -> str:
        """The name that readers know the other site under."""
        return self.host or "YouTube"

    @property
    def player_host(self) -> str:
        """The site that the player is asked of."""
        return self.host or YOUTUBE_PLAYER

    @property
    def watch_url(self) -> str:
        """The outward link: YouTube calls its starting time ``t``, PeerTube ``start``."""
        moment = f"{self.start}s"
        if self.host:
            start = f"?start={moment}" if self.start else ""
            return f"https://{self.host}/w/{self.video_id}{start}"
        query = {"v": self.video_id} | ({"t": moment} if self.start else {})
        return f"https://www.youtube.com/watch?{urlencode(query)}"

    @property
    def player_url(self) -> str:
        """The player's address. YouTube's ignores ``t`` and wants ``start``, as PeerTube's does.

        ``p2p=0`` keeps PeerTube from giving the reader's address to whoever watches the same video.
        """
        return self._player({})

    @property
    def embed_url(self) -> str:
        """The same, that begins to play at once."""
        return self._player({"autoplay": 1})

    def _player(self, options: dict[str, int]) -> str:
        own = {"p2p": 0} if self.host else {"rel": 0}
        query = urlencode(options | own | ({"start": self.start} if self.start else {}))
        place = f"{self.host}/videos" if self.host else YOUTUBE_PLAYER
        return f"https://{place}/embed/{self.video_id}?{query}"


def parse_video_address(text: str, peertube: Collection[str] = ()) -> VideoAddress | None:
    """Return what ``text`` points to, or None: neither YouTube nor one of the ``peertube`` hosts.

    ``t=73s``, ``t=73``, ``t=1m13s``, ``t=1:13`` and ``start=73``, in the query or after the hash,
    are understood; an unreadable time counts as the beginning.
    """
    try:
        parts = urlsplit(text.strip())
        host = parts.hostname or ""
        plain = parts.scheme in {"http", "https"} and parts.port in {None, 80, 443}
    except ValueError:
        return None
    if not plain:
        return None
    times = parse_qs(parts.query) | parse_qs(parts.fragment)
    start = _seconds((times.get("start") or times.get("t") or ["0"])[0])
    if host in peertube:
        return _on_peertube(parts, host, start)
    video_id = _youtube_id(parts, host)
    return VideoAddress(video_id, start) if _ID.match(video_id) else None


def host_of(text: str) -> str:
    """The site that an address is on, or nothing."""
    try:
        return urlsplit(text.strip()).hostname or ""
    except ValueError:
        return ""


def _steps(parts: SplitResult) -> list[str]:
    return [step for step in parts.path.split("/") if step]


def _on_peertube(parts: SplitResult, host: str, start: int) -> VideoAddress | None:
    *way, video_id = _steps(parts) or [""]
    known = tuple(way) in _PEERTUBE and _PEERTUBE_ID.match(video_id)
    return VideoAddress(video_id, start, host) if known else None


def _youtube_id(parts: SplitResult, host: str) -> str:
    steps = _steps(parts)
    if host == "youtu.be" and steps:
        return steps[0]
    if host in _YOUTUBE and steps[:1] == ["watch"]:
        return parse_qs(parts.query).get("v", [""])[0]
    if host in _YOUTUBE and len(steps) == 2 and steps[0] in {"embed", "shorts", "live"}:
        return steps[1]
    return ""


def _seconds(text: str) -> int:
    text = text.strip().lower()
    match = _CLOCK.match(text) or _TIME.match(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds
