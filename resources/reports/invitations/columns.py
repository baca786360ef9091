"""The columns of an invitation list, and what their cells may say.

Lists come from many hands: headers and values are read as people write them.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from hub.core.text import folded
from resources.models import Organisation
from resources.reports.models import CampaignLanguage

LABELS: Final[Mapping[str, object]] = {
    "coop": gettext_lazy("Co-operative"),
    "name": gettext_lazy("Contact"),
    "email": gettext_lazy("E-mail"),
    "language": gettext_lazy("Language"),
    "status": gettext_lazy("Legal form"),
    "region": gettext_lazy("Region"),
    "town": gettext_lazy("Town"),
    "activity": gettext_lazy("Activity"),
    "size": gettext_lazy("Size"),
}
FACTS: Final = ("status", "region", "town", "activity", "size")  # what a line says of its co-op
_HEADERS: Final = {
    "coop": "coop cooperative organisme organisation structure societe co-operative",
    "first": "prenom firstname",
    "name": "contact nom name interlocuteur correspondant",
    "email": "email mail courriel e-mail adresse-mail adresse-e-mail adresse-electronique",
    "language": "langue language",
    "status": "statut status forme-juridique legal-form",
    "region": "region",
    "town": "ville commune town siege",
    "activity": "activite activity activite-principale",
    "size": "taille size associes nombre-d-associes",
}
_LONGER: Final = {
    "nom-de-la-cooperative": "coop", "nom-de-la-coop": "coop", "nom-cooperative": "coop",
    "nom-coop": "coop", "raison-sociale": "coop", "nom-du-contact": "name",
    "nom-contact": "name", "prenom-et-nom": "name", "nom-et-prenom": "name",
    "email-du-contact": "email", "mail-du-contact": "email", "courriel-du-contact": "email",
    "contact-name": "name", "e-mail-du-contact": "email",
}  # fmt: skip
HEADERS: Final = {
    word: name for name, words in _HEADERS.items() for word in words.split()
} | _LONGER
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "language": {
        "fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en",
    },
    "status": {"autre": "other"},
    "activity": {
        "location": "locatif", "home-ownership": "accession", "locatif-et-accession": "mixte",
        "accession-et-locatif": "mixte", "autre": "other",
    },
}  # fmt: skip
_CLOSED: Final = {
    "status": Organisation.Status, "activity": Organisation.Activity, "size": Organisation.Size,
}  # fmt: skip
_SIZES: Final = ((100, "moins_100"), (500, "de_100_499"), (2000, "de_500_1999"))
_LARGEST: Final = "plus_2000"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")


def column_of(header: str) -> str | None:
    """The column that a header names; None for one that is not read."""
    return HEADERS.get(_slug(header))


def is_closed(column: str) -> bool:
    """Whether its cells say one of a few values."""
    return column in _CLOSED or column in _VALUES


def value_of(column: str, cell: str) -> str | None:
    """The value that a cell says in a closed column; None when it says none of them."""
    if column == "size" and re.fullmatch(r"\d[\d\s]*", cell):
        return _size_of(int(re.sub(r"\s", "", cell)))
    slug, known = _slug(cell), _known(column)
    if column == "status" and slug not in known:  # « SCIC HLM », « autre (association) »
        slug = slug.split("-")[0]
    if column == "size":
        slug = re.sub("societaires|membres|adherents", "associes", slug)
    return known.get(slug)


@cache
def _known(column: str) -> Mapping[str, str]:
    """The codes of a closed column by all that is understood: codes, labels, other words."""
    known = dict(_VALUES.get(column, {}))
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code, label in _CLOSED[column].choices if column in _CLOSED else ():
                known |= {_slug(code): code, _slug(str(label)): code}
    return known


def shown(column: str, value: str) -> str:
    """A value of a column as people read it."""
    if column == "language":
        return str(dict(CampaignLanguage.choices).get(value, value))
    return str(dict(_CLOSED[column].choices).get(value, value)) if column in _CLOSED else value


def accepted(column: str) -> str:
    """The values of a closed column, for whoever wrote another one."""
    choices = CampaignLanguage.choices if column == "language" else _CLOSED[column].choices
    return ", ".join(str(label) for _code, label in choices)


def _size_of(associates: int) -> str:
    return next((code for limit, code in _SIZES if associates < limit), _LARGEST)
