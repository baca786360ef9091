"""Two people on the same page: the second to save is told, and loses nothing of what was typed.

Wagtail refuses an automatic save that is out of date, but lets the button overwrite. Here the
form comes back with the text in it; saving it a second time replaces the newer version knowingly.
"""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Revision


def guard(request: HttpRequest, instance: Any) -> None:
    """Make the form about to be checked refuse, when it was opened on an older version."""
    latest: Revision | None = getattr(instance, "latest_revision", None)
    if request.method == "POST" and latest and _is_out_of_date(request, latest):
        instance.clean = partial(_refuse, latest)


def _is_out_of_date(request: HttpRequest, latest: Revision) -> bool:
    """As Wagtail's edit views see it; a form that does not say what it was opened on passes."""
    overwritten = request.POST.get("overwrite_revision_id")
    if overwritten:
        return overwritten != str(latest.pk)
    loaded = request.POST.get("loaded_revision_id")
    if not loaded:
        return False
    same_moment = request.POST.get("loaded_revision_created_at") == latest.created_at.isoformat()
    return loaded != str(latest.pk) or not same_moment


def _refuse(latest: Revision) -> None:
    raise ValidationError(
        _(
            "%(who)s saved a newer version on %(when)s. Nothing was saved now, and what you typed "
            "is still here: compare it with the history, then save again to replace that version."
        ),
        params={
            "who": latest.user.get_full_name() or latest.user.get_username()
            if latest.user
            else _("Somebody"),
            "when": localize(localtime(latest.created_at)),
        },
    )
