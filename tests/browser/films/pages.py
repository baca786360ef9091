"""Puts pages with films in a hub that is served. Runs in a process of its own: ``python manage.py
shell -c "from tests.browser.films.pages import make; make()"``."""

from io import BytesIO

from tests import films
from tests.browser.films.places import HOST, PEERTUBE_ID, YOUTUBE_ID
from tests.factories import resource, stored_video, stream

SECONDS = 90
MOMENTS = (1, 10, 25, 40, 55, 73, 82)


def cues() -> str:
    blocks = [
        f"00:{at // 60:02d}:{at % 60:02d}.000 --> 00:{(at + 6) // 60:02d}:{(at + 6) % 60:02d}.000\n"
        f"Ce qui est dit à {at} secondes."
        for at in MOMENTS
    ]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def transcript() -> str:
    words = "Nous avons tous voté, et le président a répondu à chaque question. " * 4
    return "".join(
        f"<p>{at // 60}:{at % 60:02d} Ce qui est dit à {at} s. {words}</p>" for at in MOMENTS
    )


def make() -> None:
    chapters = stream(
        ("chapter", {"start": 10, "title": "L’accueil"}),
        ("chapter", {"start": 73, "title": "La convivialité"}),
    )
    film = stored_video("Le film de l’assemblée", films.webm(SECONDS), licence="CC BY-SA 4.0")
    told = {"transcript": transcript(), "no_transcript_reason": "", "chapters": chapters}
    page = resource("video", "Le film de l’assemblée", media=film, duration=SECONDS, **told)
    page.captions.create(language="fr", text=cues())
    page.captions.create(language="en", text=cues())
    page.save_revision().publish()
    short = stored_video("Le film court")
    short.file.save("court.mp4", BytesIO(films.mp4(8)), save=False)
    short.save()
    resource("video", "Le film court", media=short)
    tube = f"https://{HOST}/w/{PEERTUBE_ID}?start=1m13s"
    resource("video", "Sur PeerTube", video_url=tube, **told)
    youtube = f"https://www.youtube.com/watch?v={YOUTUBE_ID}&t=1m13s"
    resource("video", "Sur YouTube", video_url=youtube, **told)
