"""The mails in the form of a campaign: one that was sent stays."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from resources.reports.models import SentMail


class SentMailsStayForm(WagtailAdminModelForm):
    """Refuses to take a mail away once somebody has it: who has it would be forgotten with it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets.get("mails")
        if formset and formset.is_valid():
            gone = [form.instance.pk for form in formset.deleted_forms]
            if SentMail.objects.filter(mail__in=[pk for pk in gone if pk]).exists():
                raise ValidationError(_("A mail that was sent already cannot be taken away."))
        return cleaned
