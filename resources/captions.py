"""Reads WebVTT captions, says what is wrong with each, and makes a transcript of them. Pure."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError

from hub.core.templatetags.formats import timecode

LONGEST: Final = 1_000_000  # characters: eight hours of talk
MOST_PROBLEMS: Final = 20
SLACK: Final = 1.0  # seconds: a film and its captions are seldom measured by the same program
PAUSE: Final = 2.0  # seconds of silence that end a paragraph
PARAGRAPH: Final = 30.0  # seconds after which a finished sentence ends a paragraph
_SRT = re.compile(r"\d+\s*\n\d{1,2}:\d\d:\d\d[,.]\d{1,3} +--> ")
_LANGUAGE = re.compile(r"^language:[ \t]*([A-Za-z-]+)", re.IGNORECASE | re.MULTILINE)
_SENTENCE_END = (".", "!", "?", "…", "»")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is written on the picture from ``start`` to ``end``, in seconds."""

    number: int
    start: float
    end: float
    text: str
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Captions:
    """The cues that could be read, in the order of the file, and what is wrong in it."""

    cues: tuple[Cue, ...]
    problems: tuple[tuple[int, str], ...]
    """The number of the caption (0: the file as a whole) and a sentence."""


def as_webvtt(content: str) -> str:
    """The same captions as WebVTT with plain line ends; those of the SRT format are converted."""
    text = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not _SRT.match(text.lstrip("\n")):
        return text
    # SRT differs by its first line and its decimal sign: what is wrong in it is told as elsewhere.
    lines = (line.replace(",", ".") if "-->" in line else line for line in text.split("\n"))
    return "WEBVTT\n\n" + "\n".join(lines).lstrip("\n")


def read_captions(text: str) -> Captions:
    """Every cue of a WebVTT file; one that cannot be read is told among the problems."""
    if len(text) > LONGEST:
        return Captions((), ((0, _("These captions are too long for one video.")),))
    if "\0" in text or not re.match(r"WEBVTT(?:[ \t\n]|\Z)", text):
        problem = _("This is not a WebVTT file: its first line must be WEBVTT.")
        return Captions((), ((0, problem),))
    cues, problems = list[Cue](), list[tuple[int, str]]()
    for number, block in enumerate(_timed_blocks(text), start=1):
        cue = _cue(number, block)
        if cue is None:
            line = next(line for line in block.splitlines() if "-->" in line)
            problem = _("its times cannot be read: %(line)s") % {"line": line.strip()[:60]}
            problems.append((number, problem))
        else:
            cues.append(cue)
    if not cues and not problems:
        problems.append((0, _("There is no caption in this file.")))
    return Captions(tuple(cues), tuple(problems))


def problems_of(text: str, language: str, duration: float | None = None) -> list[str]:
    """What an editor must correct, caption by caption; nothing when all is well.

    ``duration`` is that of the video in seconds, where it is known.
    """
    captions = read_captions(text)
    found = [*((0, problem) for problem in _about_language(text, language)), *captions.problems]
    moments = {cue.number: cue.start for cue in captions.cues}
    last: Cue | None = None
    for cue in captions.cues:
        found += [(cue.number, problem) for problem in _about(cue, last, duration)]
        last = cue
    found.sort(key=lambda pair: pair[0])
    told = [_told(number, problem, moments.get(number)) for number, problem in found]
    hidden = len(told) - MOST_PROBLEMS
    return told[:MOST_PROBLEMS] + ([_("And %(count)s more.") % {"count": hidden}] * (hidden > 0))


def _told(number: int, problem: str, moment: float | None) -> str:
    if not number:
        return problem
    place = _("Caption %(number)s") % {"number": number}
    if moment is not None:
        place = f"{place} ({timecode(int(moment))})"
    return _("%(place)s: %(problem)s") % {"place": place, "problem": problem}


def _cue(number: int, block: str) -> Cue | None:
    """The one caption that a block writes; None when it does not."""
    try:
        found = WebVTT.from_string(f"WEBVTT\n\n{block}", strict=True).captions
    except (MalformedFileError, MalformedCaptionError):
        return None
    if len(found) != 1:
        return None
    caption = found[0]
    words = html.unescape(" ".join(caption.text.split()))
    start, end = _in_seconds(caption.start_time), _in_seconds(caption.end_time)
    return Cue(number, start, end, words, caption.voice or "")


def _about(cue: Cue, last: Cue | None, duration: float | None) -> Iterator[str]:
    if cue.end <= cue.start:
        yield _("it ends before it begins.")
    if not cue.text:
        yield _("it is empty.")
    if last and cue.start < last.start:
        yield _("it begins before caption %(number)s: put them in order.") % {"number": last.number}
    elif last and cue.start < last.end:
        yield _("it begins before caption %(number)s ends.") % {"number": last.number}
    if duration and cue.end > duration + SLACK:
        yield _("it goes on after the end of the video (%(end)s).") % {
            "end": timecode(int(duration))
        }


def _about_language(text: str, language: str) -> Iterator[str]:
    header = text.partition("\n\n")[0]
    declared = _LANGUAGE.search(header)
    if declared and declared[1].lower().split("-")[0] != language:
        yield _("The file says that it is in “%(found)s”, not in “%(chosen)s”.") % {
            "found": declared[1],
            "chosen": language,
        }


def transcript_of(text: str) -> str:
    """The words of the captions in paragraphs that begin with their time, as rich text."""
    paragraphs = []
    for cues in _paragraphs(read_captions(text).cues):
        words = html.escape(" ".join(cue.text for cue in cues), quote=False)
        voice = f"<b>{html.escape(cues[0].voice, quote=False)}</b> – " if cues[0].voice else ""
        paragraphs.append(f"<p>{timecode(int(cues[0].start))} – {voice}{words}</p>")
    return "".join(paragraphs)


def _paragraphs(cues: tuple[Cue, ...]) -> Iterator[list[Cue]]:
    """Another voice, a pause or a sentence that ends after a while begins another paragraph."""
    current: list[Cue] = []
    for cue in (cue for cue in cues if cue.text):
        if current:
            last = current[-1]
            done = last.text.endswith(_SENTENCE_END) and cue.start - current[0].start >= PARAGRAPH
            if done or cue.start - last.end >= PAUSE or cue.voice != last.voice:
                yield current
                current = []
        current.append(cue)
    if current:
        yield current


def _timed_blocks(text: str) -> Iterator[str]:
    """The parts between empty lines that hold an arrow: captions, well written or not."""
    for block in re.split(r"\n[ \t]*\n+", text):
        lines = block.strip("\n").splitlines()
        if lines and lines[0].startswith("WEBVTT"):
            lines = lines[1:]
        if any("-->" in line for line in lines) and not lines[0].startswith("NOTE"):
            yield "\n".join(lines)


def _in_seconds(moment: object) -> float:
    hours, minutes, seconds, thousandths = moment.to_tuple()  # type: ignore[attr-defined]
    return float(hours * 3600 + minutes * 60 + seconds + thousandths / 1000)
