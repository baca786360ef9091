"""Every road by which the words of an answer leave the federation, read as anybody reads them."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pypdfium2
from django.test import Client, TestCase
from django.utils import timezone

from hub.core.models import HubImage
from resources.alert_letters import digest as alert_letter
from resources.models import DocumentPage, SearchAlert
from resources.reports.exports.choosing import Which
from resources.reports.exports.sending import FORMATS, write
from resources.reports.exports.table import Table
from resources.reports.mailing import composing
from resources.reports.models import Campaign, PlannedMail, SynthesisPage
from resources.reports.synthesis import building
from tests import campaigns
from tests.factories import resource, stored_file

MARKS = re.compile("</?mark>")
NEIGHBOURS, FILE = "Les Voisins", "Une affiche"
PLACES = (
    "/", "/retours/", "/en/", "/ressources/", "/ressources/?q=refrain", "/ressources/?q=toits+bleus",
    "/en/ressources/?q=refrain", "/api/search?q=refrain", "/api/search?q=toits+bleus",
    "/api/suggest?q=toits", "/api/suggest?q=ouestfalia", "/flux.atom", "/flux.atom?type=report",
    "/sitemap.xml", "/plan-du-site/", "/campagnes/retours-ag-2026/", "/campagnes/comparer/",
)  # fmt: skip


def neighbours(campaign: Campaign, values: dict) -> None:
    """Enough co-ops for figures to be told; none of them writes anything."""
    for number in range(6):
        invited = campaigns.participant(campaign, campaigns.coop(f"{NEIGHBOURS} {number}"))
        campaigns.answer(invited, values, state="accepted", sent_at=timezone.now())


def synthesis(campaign: Campaign) -> None:
    for page in building.build(campaign):
        page.get_latest_revision().publish()


@contextmanager
def following() -> Iterator[None]:
    """All that follows a commit happens."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


def everywhere(campaign: Campaign, known: SimpleNamespace) -> dict[str, str]:
    """What each road says now. ``known`` holds the pages that anybody has kept the address of."""
    found = {place: _read(place) for place in PLACES}
    for address in known.addresses:
        found[address] = _read(address)
    found |= of_the_synthesis(campaign)
    for kind in FORMATS:
        found[f"export {kind}"] = _export(campaign, kind)
    found["mail of results"] = _results(campaign)
    found["mail of an alert"] = _alert(known.pages)
    found["zip of a selection"] = _selection(known.pages)
    found["pictures"] = " ".join(HubImage.objects.values_list("description", flat=True))
    return found


def of_the_synthesis(campaign: Campaign) -> dict[str, str]:
    found = {}
    for page in SynthesisPage.objects.filter(campaign=campaign):
        for address in (page.url, page.csv_url, page.json_url):
            found[address] = _read(address)
        if page.locale.language_code == "fr":
            found[page.pdf_url] = _pdf(page.pdf_url)
    return found


def _read(address: str) -> str:
    response = Client().get(address)
    # What was searched for is marked in what was found, and would hide it from here.
    return MARKS.sub("", response.content.decode()) if response.status_code == 200 else ""


def _pdf(address: str) -> str:
    response = Client().get(address)
    if response.status_code != 200:
        return ""
    document = pypdfium2.PdfDocument(b"".join(response.streaming_content))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


def _export(campaign: Campaign, kind: str) -> str:
    file = io.BytesIO()
    write(Table(campaign, Which.PUBLISHABLE), kind, file)
    if kind in ("xlsx", "ods"):
        with zipfile.ZipFile(file) as package:
            return " ".join(
                package.read(name).decode("utf-8", "replace") for name in package.namelist()
            )
    return file.getvalue().decode()


def _results(campaign: Campaign) -> str:
    mail = PlannedMail(
        campaign=campaign, kind="results", due_at=timezone.now(),
        subject_fr="{campaign}, {coop}", body_fr="{name}, {link}, {closing}",
    )  # fmt: skip
    invited = campaign.participants.filter(organisation__name__startswith=NEIGHBOURS).first()
    contact = invited.contacts.get()
    link = composing.results_address(campaign, "fr")
    letter = composing.letter_of(mail, contact, link=link, stop="")
    return f"{letter.subject} {letter.body}"


def _alert(pages: list[int]) -> str:
    alert = SearchAlert.objects.create(
        email="lecteur@coop.example", locale="fr", confirmed_at=timezone.now()
    )
    letter = alert_letter({"alert": alert.pk, "pages": pages})
    alert.delete()
    return f"{letter.subject} {letter.body}" if letter else ""


def _selection(pages: list[int]) -> str:
    """Of a list that a reader has made: the page that shares it, and the zip of its files."""
    found = DocumentPage.objects.filter(title=FILE).first()
    page = found or resource("document", FILE, file=stored_file(FILE))
    listed = ".".join(map(str, [*pages, page.pk]))
    shared = _read(f"/ma-selection/partagee/?i={listed}")
    response = Client().get(f"/ma-selection/telecharger/?i={listed}")
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as package:
        names = package.namelist()
        texts = [package.read(name).decode("utf-8", "replace") for name in names]
    return " ".join([shared, *names, *texts])
