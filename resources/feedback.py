"""« Did this resource help you? »: a yes or a no, maybe a few words, and nothing of who says it.

The form stands on pages that set no cookie: what it carries is signed, the same all day for a page,
and says only that this site showed it. A reader who sends the same twice within minutes counts once.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.recent import Recent
from resources.models import ReaderAnswer, ResourcePage
from resources.models.feedback import LONGEST_COMMENT
from search.counting import looks_personal

# Four seasons of answers; what people wrote is erased with the season that follows theirs.
KEPT = timedelta(days=4 * 366)
COMMENTS_KEPT = timedelta(days=396)
_signer = signing.Signer(salt="reader-answer")
recent = Recent(within=600.0)


def token_for(page: ResourcePage) -> str:
    """What the form of a page carries today."""
    return _signer.sign_object([page.pk, timezone.localdate().isoformat()])


def is_ours(token: str, page: ResourcePage) -> bool:
    """Whether this site made the form, for that page, today or yesterday."""
    try:
        page_id, day = _signer.unsign_object(token)
        age = timezone.localdate() - date.fromisoformat(day)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return page_id == page.pk and timedelta(0) <= age <= timedelta(days=1)


class AnswerForm(forms.Form):
    """The answer to one page; ``website`` is a trap for robots."""

    helped = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes"
    )
    comment = forms.CharField(required=False, max_length=LONGEST_COMMENT)
    token = forms.CharField()
    website = forms.CharField(required=False)

    def __init__(self, page: ResourcePage, data: Any) -> None:
        super().__init__(data)
        self.page = page

    def clean_comment(self) -> str:
        comment = " ".join(self.cleaned_data["comment"].split())
        if looks_personal(comment):
            raise ValidationError(
                _("Your comment seems to hold an address or a number: please take it out.")
            )
        return comment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.data.get("website"):
            raise ValidationError(_("This request looks automatic. Please write to us by e-mail."))
        if not is_ours(self.data.get("token", ""), self.page):
            raise ValidationError(_("This form has expired: please send it once more."))
        return cleaned


def receive(form: AnswerForm, place: str, visitor: str) -> None:
    """Keep a valid answer, once; ``visitor`` only serves to know that it was sent twice."""
    told = form.cleaned_data
    same = (visitor, str(form.page.pk), str(told["helped"]), told["comment"])
    if recent.note(*same) == 1:
        ReaderAnswer.objects.create(
            page=form.page,
            place=place[:120],
            day=timezone.localdate(),
            helped=told["helped"],
            comment=told["comment"],
        )


def purge() -> None:
    """Erase the words that are too old, then the answers."""
    today = timezone.localdate()
    old = ReaderAnswer.objects.filter(day__lt=today - COMMENTS_KEPT)
    old.exclude(comment="").update(comment="")
    ReaderAnswer.objects.filter(day__lt=today - KEPT).delete()


def register() -> None:
    """Called when the app is ready."""
    register_job(Job("reader-answers", timedelta(days=1), purge))
