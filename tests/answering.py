"""Answers a campaign as a co-op does: by its link, page by page, with the fields that pages show."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from resources.reports.access import new_link
from resources.reports.models import Answer, Participant

Fields = dict[str, list[str]]


def soup(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def fields_in(page: Tag) -> Fields:
    """What a browser would send of a form, buttons left out."""
    found: Fields = {}
    for tag in page.select("input[name], textarea[name], select[name]"):
        name = str(tag["name"])
        if tag.name == "input" and tag.get("type") in ("checkbox", "radio"):
            if tag.has_attr("checked"):
                found.setdefault(name, []).append(str(tag.get("value", "on")))
        elif tag.name == "textarea":
            found.setdefault(name, []).append(tag.get_text().removeprefix("\n"))
        elif tag.name == "select":
            chosen = tag.select_one("option[selected]") or tag.select_one("option")
            found.setdefault(name, []).append(str(chosen["value"]) if chosen else "")
        else:
            found.setdefault(name, []).append(str(tag.get("value", "")))
    return found


@dataclass
class Device:
    """A browser that holds the cookie of a co-op, and the page that it shows."""

    participant: Participant
    prefix: str = ""
    browser: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    response: HttpResponse = field(default_factory=HttpResponse)

    def __post_init__(self) -> None:
        link = new_link(participant=self.participant)
        self.slug = self.participant.campaign.slug
        self.browser.get(urlsplit(link).path)

    @property
    def home(self) -> str:
        return f"{self.prefix}/campagnes/{self.slug}/"

    @property
    def answer(self) -> Answer:
        return Answer.objects.get(participant=self.participant)

    def get(self, path: str = "") -> BeautifulSoup:
        self.response = self.browser.get(self.home + path)
        return soup(self.response)

    def begin(self) -> "Device":
        """Open the campaign and press its button; the first page of the form comes."""
        self._post(self.home, fields_in(self._form(self.get())))
        return self

    def section(self, key: str) -> BeautifulSoup:
        return self.get(f"reponse/{key}/")

    def fill(
        self,
        key: str,
        changes: Mapping[str, Any] | None = None,
        button: str = "on",
        fields: Fields | None = None,
        **options: Any,
    ) -> HttpResponse:
        """Change fields of a section as it is shown, or as it was (``fields``), and press a button."""
        known = fields if fields is not None else self.fields(key)
        return self._post(
            f"{self.home}reponse/{key}/", known | _listed(changes or {}) | {button: [""]}, **options
        )

    def fields(self, key: str) -> Fields:
        return fields_in(self._form(self.section(key)))

    def by_script(self, key: str, changes: Mapping[str, Any], fields: Fields) -> HttpResponse:
        return self.fill(key, changes, fields=fields, headers={"accept": "application/json"})

    def send(self, fields: Fields | None = None) -> HttpResponse:
        known = fields or fields_in(self._form(self.get("relecture/")))
        return self._post(f"{self.home}relecture/", known)

    def _post(self, path: str, fields: Fields, **options: Any) -> HttpResponse:
        self.response = self.browser.post(path, fields, **options)
        return self.response

    def fields_of_form(self, page: BeautifulSoup) -> Fields:
        return fields_in(self._form(page))

    @staticmethod
    def _form(page: BeautifulSoup) -> Tag:
        form = page.select_one("main form[method=post]")
        assert form is not None, page.get_text(" ", strip=True)[:500]
        return form


def _listed(changes: Mapping[str, Any]) -> Fields:
    return {n: list(v) if isinstance(v, list | tuple) else [str(v)] for n, v in changes.items()}


def together(function: Callable[[int], Any], count: int, threads: int = 16) -> list[Any]:
    """What ``function`` returns for each number, called at once, each on a connection of its own."""
    lent = connections["default"]

    def alone(number: int) -> Any:
        connections["default"] = own = lent.copy()
        try:
            return function(number)
        finally:
            own.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(alone, range(count)))


def complete(device: Device) -> None:
    """Answer what the default questionnaire requires, by its pages."""
    device.fill("ag", {"q-date_ag": "14/05/2026", "q-type_ag": "ago", "q-mode_ag": "presentiel"})
    assert device.response.status_code == 302, device.response.content.decode()
    device.fill("consentement", {"q-consent_niveau": "anonyme"})
    assert device.response.status_code == 302, device.response.content.decode()
