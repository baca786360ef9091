"""How an address receives nothing more: by the link of any mail, or one click of a mail program.

It is that of a contact, or of an answer without an invitation.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from resources.reports.models import Answer, Contact

SALT = "campaign-mail-stop"
OF_AN_ANSWER = "answer-"
Whom = Contact | Answer


def stop_address(whom: Whom) -> str:
    """The whole address of the page that stops the mails, in the language of whoever gets it.

    Signed instead of kept: every message can carry it, and nothing that is stored gives it.
    """
    return f"{settings.BASE_URL}{stop_path(whom)}"


def stop_path(whom: Whom) -> str:
    named = f"{OF_AN_ANSWER}{whom.pk}" if isinstance(whom, Answer) else str(whom.pk)
    code = signing.Signer(salt=SALT).sign(named)
    with override(whom.language):
        return reverse("campaign_mail_stop", args=[code])


def stopping_headers(whom: Whom) -> dict[str, str]:
    """What lets a mail program stop the mails in one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{stop_address(whom)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def whom_of(code: str) -> Whom | None:
    """Whose mails this code of a link stops; None when we did not write it, or nobody is there."""
    try:
        named = signing.Signer(salt=SALT).unsign(code)
        pk = int(named.removeprefix(OF_AN_ANSWER))
    except (signing.BadSignature, ValueError):
        return None
    if named.startswith(OF_AN_ANSWER):
        return Answer.objects.select_related("campaign").exclude(email="").filter(pk=pk).first()
    return Contact.objects.select_related("participant__campaign").filter(pk=pk).first()


def is_stopped(whom: Whom) -> bool:
    if isinstance(whom, Answer):
        return whom.wants_no_mail
    return bool(whom.state == Contact.State.STOPPED)


def stop(whom: Whom, why: str) -> None:
    """No mail of any campaign leaves for this address from now on; a second time changes nothing.

    Where the address is known elsewhere, by another co-op or in another season, it stops as well:
    whoever wants no more mail does not want it from next year's list either.
    """
    same = Contact.objects.filter(email__iexact=whom.email)
    same.exclude(state=Contact.State.STOPPED).update(state=Contact.State.STOPPED, state_why=why)
    Answer.objects.filter(email__iexact=whom.email).exclude(email="").update(wants_no_mail=True)
