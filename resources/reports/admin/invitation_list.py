"""The list of invited co-ops, with their contacts: looked at, changed by hand, taken out as a file."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet
from django.forms import inlineformset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.core.text import folded
from hub.core.unseen_changes import SEEN, seal, sentence, tell, unseen
from resources.models import Organisation
from resources.reports.admin.invitation_screen import InvitationScreen
from resources.reports.invitations import exports
from resources.reports.invitations.applying import apply_lines
from resources.reports.invitations.plan import plan_of
from resources.reports.invitations.sheet import Line
from resources.reports.models import (
    Answer,
    Campaign,
    CampaignLanguage,
    Contact,
    Participant,
)

A_PAGE: Final = 100
NO_ADDRESS: Final = "none"


class IndexView(InvitationScreen):
    """The campaigns, the latest first."""

    template_name = "reports/admin/invitation_index.html"
    page_title = gettext_lazy("Invitations and follow-up")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaigns = Campaign.objects.annotate(invited=Count("participants"))
        return super().get_context_data(**kwargs) | {"campaigns": campaigns}


class ListView(InvitationScreen):
    template_name = "reports/admin/invitation_list.html"
    page_title = gettext_lazy("Invited co-operatives")
    tab = "list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words, state = self.request.GET.get("q", "")[:100], self.request.GET.get("state", "")
        rows = Paginator(chosen(self.campaign, words, state), A_PAGE)
        return super().get_context_data(**kwargs) | {
            "rows": rows.get_page(self.request.GET.get("p")),
            "words": words,
            "state": state,
            "states": [*Contact.State.choices, (NO_ADDRESS, _("No contact"))],
            "formats": exports.FORMATS,
        }


def chosen(campaign: Campaign | None, words: str, state: str) -> QuerySet[Participant]:
    """The co-ops of the list whose name or contact holds the words, with a contact in this state."""
    rows = Participant.objects.filter(campaign=campaign).select_related("organisation")
    if words:
        rows = rows.filter(
            Q(organisation__match_key__contains=folded(words))
            | Q(contacts__email__icontains=words)
            | Q(contacts__name__icontains=words)
        )
    if state in Contact.State.values:
        rows = rows.filter(contacts__state=state)
    elif state == NO_ADDRESS:
        rows = rows.filter(contacts=None)
    return rows.distinct().prefetch_related(Prefetch("contacts"))


class ExportView(InvitationScreen):
    """The whole list as a file that the import reads."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = request.GET.get("format", "csv")
        return exports.response(self.campaign, kind if kind in exports.FORMATS else "csv")


class AddForm(forms.Form):
    coop = forms.CharField(
        label=gettext_lazy("Co-operative"),
        max_length=150,
        widget=forms.TextInput(attrs={"list": "known-coops", "autocomplete": "off"}),
        help_text=gettext_lazy("A name that the hub does not know makes a new co-operative."),
    )
    name = forms.CharField(label=gettext_lazy("Contact"), max_length=120, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Without an address, the co-operative is invited by letter."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=CampaignLanguage.choices, required=False
    )

    def line(self) -> Line:
        """What was typed, as a line of a list."""
        cells = {name: " ".join(str(cell).split()) for name, cell in self.cleaned_data.items()}
        cells["email"] = cells["email"].lower()
        return Line(1, {name: cell for name, cell in cells.items() if cell})


class AddView(InvitationScreen):
    template_name = "reports/admin/invitation_form.html"
    page_title = gettext_lazy("Invite a co-operative")
    header_icon = "plus"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = Organisation.objects.exclude(participations__campaign=self.campaign)
        more = {
            "form": kwargs.pop("form", None) or AddForm(),
            "names": names.values_list("name", flat=True),
        }
        return super().get_context_data(**kwargs) | more

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = AddForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        line = form.line()
        apply_lines([line], self.campaign, plan_of([line], self.campaign).digest)
        added = Participant.objects.get(campaign=self.campaign, organisation__match_key=line.coop)
        messages.success(request, _("%(coop)s is on the list.") % {"coop": added})
        return redirect("invitations:edit", self.campaign.pk, added.pk)


class ContactForm(forms.ModelForm[Contact]):
    class Meta:
        model = Contact
        fields = ("name", "email", "language", "state", "state_why")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """Why an address takes no mail is forgotten once it takes some again."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("state") == Contact.State.ACTIVE:
            cleaned["state_why"] = ""
        return cleaned


class ContactFormSet(forms.BaseInlineFormSet[Contact, Participant, ContactForm]):
    def clean(self) -> None:
        super().clean()
        kept = [f for f in self.forms if f not in self.deleted_forms and f.is_valid()]
        emails = [f.cleaned_data["email"] for f in kept if f.cleaned_data.get("email")]
        if len(emails) > len(set(emails)):
            raise forms.ValidationError(_("The same address stands twice."))


Contacts = inlineformset_factory(
    Participant, Contact, form=ContactForm, formset=ContactFormSet, extra=1
)


class OneCoopScreen(InvitationScreen):
    """About one line of the list."""

    @cached_property
    def participant(self) -> Participant:
        rows = Participant.objects.filter(campaign=self.campaign).select_related("organisation")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.participant)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"participant": self.participant, "answered": self.has_answer()}
        return super().get_context_data(**kwargs) | more

    def has_answer(self) -> bool:
        return Answer.objects.filter(participant=self.participant).exists()


class EditView(OneCoopScreen):
    template_name = "reports/admin/invitation_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = kwargs.pop("contacts", None) or Contacts(instance=self.participant)
        more = {"contacts": forms, "seen": seal(forms.initial_forms)}
        return super().get_context_data(**kwargs) | more

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A contact changes without us too: by a link in its mail, or because a mail came back."""
        with transaction.atomic():
            list(Contact.objects.select_for_update().filter(participant=self.participant))
            contacts = Contacts(request.POST, instance=self.participant)
            is_valid = contacts.is_valid()
            sealed = request.POST.get(SEEN, "")
            found = unseen(contacts.initial_forms, sealed)
            if is_valid and not found:
                contacts.save()
        if found:
            tell(found)
            contacts.non_form_errors().append(sentence(self.participant, sealed))
        if found or not is_valid:
            context = self.get_context_data(contacts=contacts)
            return self.render_to_response(context, status=409 if found else 422)
        messages.success(
            request, _("The contacts of %(coop)s are kept.") % {"coop": self.participant}
        )
        return redirect("invitations:list", self.campaign.pk)


class RemoveView(OneCoopScreen):
    """Takes a co-op off the list with its contacts and its links; never one that has begun."""

    template_name = "reports/admin/invitation_remove.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.has_answer():
            return self.render_to_response(self.get_context_data(), status=409)
        self.participant.delete()
        messages.success(request, _("%(coop)s is off the list.") % {"coop": self.participant})
        return redirect("invitations:list", self.campaign.pk)
