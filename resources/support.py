"""A co-op's request for help: kept once, acknowledged by mail, and told when it is done."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from hub.core.mail import send_later
from hub.core.models import FederationSettings
from hub.core.visitor_forms import VisitorForm
from resources.models.support import SupportRequest

if TYPE_CHECKING:
    from resources.models import DocumentPage, ToolPage

SALT = "support-request"


class RequestForm(VisitorForm, forms.ModelForm):
    """The request form. A hidden signed key makes a form sent twice one request."""

    salt = SALT
    comes_from_a_coop: ClassVar[bool] = True

    class Meta:
        model = SupportRequest
        fields = ("coop", "name", "email", "phone", "message")
        widgets = {
            "coop": forms.TextInput(attrs={"autocomplete": "organization"}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "message": forms.Textarea(attrs={"rows": 5}),
        }
        error_messages: ClassVar[dict[str, dict[str, Any]]] = {
            "coop": {"required": _lazy("Write the name of your co-operative.")},
            "name": {"required": _lazy("Write your name.")},
            "email": {
                "required": _lazy("Write your e-mail address: we answer there."),
                "invalid": _lazy("This address is not complete: it looks like name@example.org."),
            },
        }

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["coop"].required = self.comes_from_a_coop


class FormatRequestForm(RequestForm):
    """Somebody who cannot read a file asks for it in another format; they may be of no co-op."""

    comes_from_a_coop = False

    class Meta(RequestForm.Meta):
        fields = ("name", "email", "message", "coop")
        labels: ClassVar[dict[str, Any]] = {
            "message": _lazy("Which format would suit you?"),
            "coop": _lazy("Your co-operative, if you have one"),
        }

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["message"].required = True
        self.fields["message"].error_messages["required"] = _(
            "Write in a few words which format you need."
        )


@transaction.atomic
def receive(form: RequestForm, about: "ToolPage | DocumentPage") -> SupportRequest:
    """Keep the request with the messages that it causes; one sent again returns the one kept before."""
    subject = "tool" if about.resource_type == "tool" else "document"
    setattr(form.instance, subject, about)
    values = {name: form.cleaned_data[name] for name in form.Meta.fields}
    kept, created = SupportRequest.objects.get_or_create(
        submission_key=form.cleaned_data["key"], defaults=values | {subject: about}
    )
    if created:
        _announce(kept)
    return kept


@transaction.atomic
def follow_up(changed: SupportRequest) -> None:
    """Keep what the federation changed of a request. Whoever asked is told when it becomes done.

    Done again after it was taken up again, it is told again.
    """
    is_done = changed.state == SupportRequest.State.DONE
    closing = is_done and changed.closed_at is None
    if closing:
        changed.closed_at = timezone.now()
    elif not is_done:
        changed.closed_at = None
    changed.save()
    if closing:
        _tell_outcome(changed)


def _tell_outcome(closed: SupportRequest) -> None:
    federation = FederationSettings.load()
    with override(closed.language):
        send_later(
            f"request-{closed.pk}-done-{closed.closed_at:%Y%m%d%H%M%S%f}",
            subject=_("Your request has been dealt with"),
            body=render_to_string(
                "mail/request_done.txt", {"request": closed, "federation": federation}
            ),
            to=closed.email,
            reply_to=_inbox(federation),
        )


def _inbox(federation: FederationSettings) -> str:
    return federation.contact_email or settings.DEFAULT_FROM_EMAIL


def _announce(kept: SupportRequest) -> None:
    federation = FederationSettings.load()
    context = {"request": kept, "federation": federation}
    inbox = _inbox(federation)
    asked = (
        _("Somebody asks for another format")
        if kept.document
        else _("A co-operative asks for help")
    )
    messages = [
        (_("We have received your request"), "mail/request_received.txt", kept.email, inbox),
        (asked, "mail/request_to_federation.txt", inbox, kept.email),
    ]
    for subject, template, to, reply_to in messages:
        send_later(
            f"request-{kept.pk}-{template}",
            subject=subject,
            body=render_to_string(template, context),
            to=to,
            reply_to=reply_to,
        )
