"""The form of a video: captions from files, a transcript made of them, what publishing needs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.panels.base import get_form_for_model

from hub.core.publishing import NotReadyError
from hub.core.upload_rules import MEGABYTE
from resources.captions import problems_of, transcript_of
from resources.transcripts import has_words

MAX_CAPTIONS = 1 * MEGABYTE


class CaptionForm(WagtailAdminModelForm):
    """Captions in one language, typed or read from a file."""

    file = forms.FileField(
        label=_("Captions file"),
        required=False,
        help_text=_("WebVTT (.vtt) or SRT (.srt), 1 MB at most. Every caption is checked."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}),
    )

    def clean_file(self) -> str:
        """The text of the file, where there is one."""
        file = self.cleaned_data.get("file")
        if not isinstance(file, UploadedFile):
            return ""
        if not (file.name or "").lower().endswith((".vtt", ".srt")):
            raise ValidationError(_("Only WebVTT (.vtt) and SRT (.srt) captions are taken."))
        if file.size > MAX_CAPTIONS:
            raise ValidationError(_("These captions are too long for one video."))
        content = file.read()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("file"):
            cleaned["text"] = cleaned["file"]
        return cleaned


class CaptionsPanel(InlinePanel):
    """The captions of a video, one row a language."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options["panels"] = [
            FieldPanel("language"),
            FieldPanel("file"),
            FieldPanel("text", widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})),
        ]
        super().__init__(*args, **options)

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=CaptionForm,
            defer_required_on_fields=self.child_edit_handler.get_form_options().get(
                "defer_required_on_fields", []
            ),
        )
        return options


class VideoPageForm(WagtailAdminPageForm):
    """A page with a video. A draft may lack its transcript; what is published may not."""

    transcript_again = forms.BooleanField(
        label=_("Make the transcript from the captions"),
        required=False,
        help_text=_(
            "Replaces the transcript by the words of the captions in the language of the page. An "
            "empty transcript is made without asking."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        media = cleaned.get("media")
        if media and not cleaned.get("duration"):
            cleaned["duration"] = round(media.duration) or None
        captions = self._checked_captions(cleaned.get("duration"))
        if cleaned.get("transcript_again") or not has_words(cleaned.get("transcript") or ""):
            made = transcript_of(captions.get(self._language(), ""))
            cleaned["transcript"] = made or cleaned.get("transcript") or ""
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or "transcript" in self.errors:
            return
        try:
            self.instance.refuse_unready()
        except NotReadyError as refusal:
            self.add_error("transcript", ValidationError(refusal.messages))

    def _language(self) -> str:
        locale = getattr(self.instance, "locale", None) or self.parent_page.locale
        return str(locale.language_code)

    def _checked_captions(self, duration: int | None) -> dict[str, str]:
        """The captions that stay, by language; those of a language given twice are refused."""
        found: dict[str, str] = {}
        for form in self.formsets["captions"].forms if "captions" in self.formsets else ():
            if not form.is_valid() or form.cleaned_data.get("DELETE"):
                continue
            language, text = form.cleaned_data.get("language"), form.instance.text
            if not language or not text:
                continue
            if language in found:
                form.add_error("language", gettext("There are captions in this language already."))
            for problem in problems_of(text, language, duration):
                form.add_error("text", problem)
            found[language] = text
        return found
