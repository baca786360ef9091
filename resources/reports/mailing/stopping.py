"""How a contact receives nothing more: by the link of any mail, or one click of a mail program."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from resources.reports.models import Contact

SALT = "campaign-mail-stop"


def stop_address(contact: Contact) -> str:
    """The whole address of the page that stops the mails, in the language of the contact.

    Signed instead of kept: every message can carry it, and nothing that is stored gives it.
    """
    return f"{settings.BASE_URL}{stop_path(contact)}"


def stop_path(contact: Contact) -> str:
    code = signing.Signer(salt=SALT).sign(str(contact.pk))
    with override(contact.language):
        return reverse("campaign_mail_stop", args=[code])


def stopping_headers(contact: Contact) -> dict[str, str]:
    """What lets a mail program stop the mails in one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{stop_address(contact)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def contact_of(code: str) -> Contact | None:
    """Whose mails this code of a link stops; None when we did not write it, or nobody is there."""
    try:
        pk = int(signing.Signer(salt=SALT).unsign(code))
    except (signing.BadSignature, ValueError):
        return None
    return Contact.objects.select_related("participant__campaign").filter(pk=pk).first()


def stop(contact: Contact, why: str) -> None:
    """No mail of any campaign leaves for this address from now on; a second time changes nothing.

    Where the address is known elsewhere, by another co-op or in another season, it stops as well:
    whoever wants no more mail does not want it from next year's list either.
    """
    same = Contact.objects.filter(email__iexact=contact.email)
    same.exclude(state=Contact.State.STOPPED).update(state=Contact.State.STOPPED, state_why=why)
