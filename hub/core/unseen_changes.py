"""Two people on the same row of a list without versions: nobody overwrites what they have not seen.

A form carries a signed digest of each stored value it was opened on. When it is sent, whoever would
replace a value that somebody else stored meanwhile gets the form back with what they typed, reads
both values, and replaces the other knowingly by saving again. Two people who write the same value,
or work on different fields of the inline rows, do not hinder each other.

A form sent without its digests – by a script, or from a tab opened before they existed – is taken
as it always was: every form of the admin carries them. Digests that cannot be read count as none
seen: what differs is shown once.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

SEEN: Final = "seen_values"
SALT: Final = "hub.core.unseen_changes"
LONGEST_TYPED: Final = 200  # it stands in its field anyway
ModelForm = forms.BaseModelForm
Unseen = list[tuple[ModelForm, str]]


class SeenField(forms.CharField):
    """Says what a form was opened on; by itself it is no change of the row."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def parts(form: ModelForm) -> list[ModelForm]:
    """The form, and those of its inline rows that are stored already."""
    inline = getattr(form, "formsets", {}).values()
    return [form, *(row for rows in inline for row in rows.initial_forms)]


def seal(shown: Iterable[ModelForm]) -> str:
    """What these forms, made from the stored rows, say is stored: to be sent back with them."""
    values = {key: digest for form in shown for _name, key, digest in _stored(form)}
    return signing.dumps({"at": timezone.now().isoformat(), "values": values}, salt=SALT)


def unseen(sent: Sequence[ModelForm], sealed: str | None) -> Unseen:
    """The values that saving these forms would replace, and that whoever sent them never saw.

    The forms are bound to the rows as they are stored now, which stay locked until the save.
    """
    if not sealed:
        return []
    seen = _read(sealed)["values"]
    return [
        (form, name)
        for form in sent
        if not form.data.get(form.add_prefix("DELETE"))
        for name, key, digest in _stored(form)
        if seen.get(key) != digest and name in form.changed_data
    ]


def tell(found: Unseen) -> None:
    """Put beside each field what is stored in it now, as an error of the form."""
    said = _("“%(stored)s” was saved meanwhile; you have “%(typed)s”.")
    for form, name in found:
        field = form.fields[name]
        raw = form[name].value()
        typed = in_words(field, getattr(form, "cleaned_data", {}).get(name, raw))
        if len(typed) > LONGEST_TYPED:
            typed = f"{typed[:LONGEST_TYPED]}…"
        stored = in_words(field, form.initial.get(name))
        form.add_error(name, forms.ValidationError(said, params={"stored": stored, "typed": typed}))


def sentence(row: models.Model, sealed: str) -> str:
    """Who changed the row meanwhile, where the admin knows it, and what to do now."""
    last = registry.get_logs_for_instance(row).select_related("user").first()
    opened = parse_datetime(_read(sealed)["at"] or "")
    if last and last.user and opened and last.timestamp >= opened:
        who = last.user.get_full_name() or last.user.get_username()
        when = localize(localtime(last.timestamp))
        told = _("%(who)s saved other values on %(when)s.") % {"who": who, "when": when}
    else:
        told = _("Other values were saved after you opened this form.")
    what_now = _(
        "Nothing was saved now, and what you typed is still here: compare it with what each marked "
        "field says, then save again to replace those values."
    )
    return f"{told} {what_now}"


def in_words(field: forms.Field, value: Any) -> str:
    """A value as the form names it to people."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return _("(empty)")
    if isinstance(value, list | tuple | models.QuerySet):
        return ", ".join(in_words(field, one) for one in value)
    if isinstance(field, forms.ModelChoiceField):
        is_row = isinstance(value, models.Model)
        return str(value if is_row else field.queryset.filter(pk=value).first() or value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(value, datetime):
        return localize(localtime(value))
    return localize(value) if isinstance(value, date) else str(value)


def _stored(form: ModelForm) -> Iterator[tuple[str, str, str]]:
    """Each field that shows a stored value: its name, its key among all forms, the digest."""
    row = form.instance
    for name in form.fields if row.pk is not None else ():
        if name in form.initial and name != SEEN:
            key = f"{row._meta.label_lower}:{row.pk}:{name}"
            text = _plain(form.initial[name])
            yield name, key, hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> str:
    """The same text whenever the same is stored: related rows in no order, lines ended in any way."""
    if isinstance(value, list | tuple) and all(isinstance(one, models.Model) for one in value):
        return " ".join(sorted(str(one.pk) for one in value))
    return "" if value is None else str(value).replace("\r\n", "\n")


def _read(sealed: str) -> dict[str, Any]:
    try:
        read: dict[str, Any] = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return {"at": "", "values": {}}
    return read
