"""The closed vocabularies: values that code relies on, with their labels.

Open ones (themes, audiences, co-ops) are rows that editors manage: ``models/taxonomy.py``.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """When in the co-operative year a resource serves: the ``step`` facet."""

    ALL_YEAR = "toute-annee", _("All year round")
    BEFORE = "avant", _("Before the meeting")
    DURING = "pendant", _("During the meeting")
    AFTER = "apres", _("After the meeting")


class Phase(models.TextChoices):
    """The chapters of the journey: one of them spans two steps."""

    ALL_YEAR = "toute-annee", _("All year round")
    BEFORE = "avant", _("Before the meeting")
    BEFORE_AND_DURING = "avant-pendant", _("Before and during the meeting")
    DURING = "pendant", _("During the meeting")
    AFTER = "apres", _("After the meeting")

    @property
    def steps(self) -> tuple[str, ...]:
        """The values of the ``step`` facet that this phase covers."""
        if self is Phase.BEFORE_AND_DURING:
            return (Step.BEFORE.value, Step.DURING.value)
        return (self.value,)


class Access(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    COOPS = "coops", _("Co-operatives")
    FEDERATION = "federation", _("The federation only")


class Use(models.TextChoices):
    """Where a video or a document serves in the preparation of a meeting: the ``use`` facet."""

    NOTICE = "convocation", _("Goes with the notice of meeting")
    OPENING = "ouverture", _("Opens the meeting")
    MEETING = "seance", _("Serves during the meeting")
    SUBSCRIPTION = "souscription", _("Given when a member joins")
    TRAINING = "formation", _("Trains the team")


class DocumentKind(models.TextChoices):
    BOOKLET = "livret", _("Booklet")
    FLYER = "flyer", _("Flyer")
    BROCHURE = "plaquette", _("Brochure")
    TEMPLATE = "modele", _("Template")
    SLIDES = "support", _("Slide deck")
    MINUTES = "compte-rendu", _("Minutes")
    REPORT = "rapport", _("Report")


class Consent(models.TextChoices):
    """How far a co-op lets its testimony travel."""

    NAMED = "named", _("Published with the name of the co-op")
    ANONYMISED = "anonymised", _("Published without the name")
    FEDERATION = "federation", _("For the federation only")


class Level(models.IntegerChoices):
    """Effort or cost of a practice."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


# What each facet of the library is called.
FACET_LABELS: Final = {
    "type": _("Type"),
    "step": _("Step"),
    "theme": _("Theme"),
    "audience": _("Audience"),
    "year": _("Year"),
    "organisation": _("Co-operative"),
    "format": _("Format"),
    "language": _("Language"),
    "use": _("Use"),
    "practice": _("Practice"),
    "day": _("Day of the meeting"),
    "slot": _("Time of day"),
    "venue": _("Venue"),
    "mode": _("On site or remote"),
    "meeting": _("Type of meeting"),
    "region": _("Region"),
    "status": _("Legal form"),
    "activity": _("Main activity"),
    "members": _("Number of associates"),
    "staff": _("Role of the staff"),
    "awareness": _("When members are made aware"),
    "channel": _("Way of inviting"),
    "enclosure": _("Enclosed with the invitation"),
    "vote": _("Way of voting"),
    "conviviality": _("Conviviality"),
    "goal": _("Goals"),
}
