"""A little work that the browser of a visitor does by itself, and that costs a robot its speed.

The challenge is Altcha’s, made and checked by django-altcha; nothing is asked of another site. Its
own widget writes its styles into the page and starts a worker from a text, which our content policy
refuses: ``work.js`` does the same work in fifty lines. Whoever has no script does none, and is let
in by smaller numbers.
"""

import json
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django_altcha import AltchaField, get_altcha_challenge

MOST_TRIES: Final = 60_000  # SHA-256 of a short text: a second or two of a telephone
LONGEST: Final = 2_000  # signs of an answer


class WorkInput(forms.HiddenInput):
    """A hidden field with its challenge, which the script of the page fills in."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        challenge = json.dumps(get_altcha_challenge(max_number=MOST_TRIES).__dict__)
        context: dict[str, Any] = super().get_context(
            name, "", {**(attrs or {}), "data-work": challenge}
        )
        return context


class WorkField(AltchaField):  # type: ignore[misc]
    """Whether the work was done: True or False, and never an error for a person to read."""

    widget: ClassVar[type[forms.Widget]] = WorkInput

    def __init__(self) -> None:
        forms.Field.__init__(self, required=False, widget=WorkInput())

    def clean(self, value: Any) -> bool:
        if not value or len(str(value)) > LONGEST:
            return False
        try:
            self.validate(str(value))
        except ValidationError:
            return False
        return True
