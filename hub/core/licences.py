"""What a reader may do with a file: a short closed list, each with a sentence in plain words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.text import folded


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    OPEN = "lo-2.0", "Licence Ouverte 2.0"
    RESERVED = "reserved", _("All rights reserved")
    OTHER = "other", _("Other conditions")


ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.fr",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    Licence.OPEN: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
SENTENCES = {
    Licence.CC_BY: _(
        "You may copy, change and pass on this file, even for a fee, as long as you name its authors."
    ),
    Licence.CC_BY_SA: _(
        "You may copy, change and pass on this file, even for a fee, as long as you name its "
        "authors and share what you make of it under the same licence."
    ),
    Licence.OPEN: _(
        "You may copy, change and pass on this file, even for a fee, as long as you say where it "
        "comes from and of which date it is."
    ),
    Licence.RESERVED: _(
        "You may read and print this file for yourself. To change it or pass it on, ask its "
        "authors first."
    ),
}


def code_and_text(name: str) -> tuple[str, str]:
    """The licence of the list that has this short name, or else “other” with the name as its text."""
    wanted = folded(name.strip())
    if not wanted:
        return "", ""
    for licence in Licence:
        if licence != Licence.OTHER and wanted in (folded(str(licence.label)), licence.value):
            return licence.value, ""
    return Licence.OTHER.value, name.strip()[:120]
