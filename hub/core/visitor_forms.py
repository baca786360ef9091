"""Forms that anybody may send: what keeps robots out without asking anything of people."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_FILLING = 24 * 60 * 60  # seconds


class VisitorForm(forms.Form):
    """A form with a signed key, which makes one sent twice one request, and a trap for robots.

    Its subclass says the `salt` of its keys, and the `shortest_filling` in seconds: a person needs
    longer. Whoever is quicker is asked to send it once more, which is all a person has to do.
    """

    salt: ClassVar[str]
    shortest_filling: ClassVar[int] = 0

    website = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.initial.setdefault("key", self._new_key())

    def clean_key(self) -> uuid.UUID:
        text = self.cleaned_data["key"]
        try:
            key = uuid.UUID(signing.loads(text, salt=self.salt, max_age=LONGEST_FILLING))
        except (signing.BadSignature, ValueError):
            self.data = self.data.copy()
            self.data["key"] = self._new_key()
            raise ValidationError(_("This form has expired: please send it once more.")) from None
        return key

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.data.get("website"):
            raise ValidationError(_("This request looks automatic. Please write to us by e-mail."))
        if not self.errors and self._was_made_just_now():
            raise ValidationError(_("That was very quick: please send the form once more."))
        return cleaned

    def _new_key(self) -> str:
        return signing.dumps(str(uuid.uuid4()), salt=self.salt)

    def _was_made_just_now(self) -> bool:
        """Whether the key, which is right, is younger than the shortest filling."""
        if not self.shortest_filling:
            return False
        try:
            signing.loads(self.data["key"], salt=self.salt, max_age=self.shortest_filling)
        except signing.SignatureExpired:
            return False
        return True
