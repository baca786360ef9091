"""Tags of a text that is read through: its variants, the time it takes."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import StreamValue

from hub.core.blocks import LegalForm
from resources.feedback import token_for
from resources.journeys import slug_of
from resources.kept import FORM, JOURNEY, STEP, kept_query

register = template.Library()
AN_HOUR = 60  # minutes


@register.inclusion_tag("components/variant_switch.html", takes_context=True)
def variant_switch(context: Context, stream: Any) -> dict[str, Any]:
    """The choice between the texts for SCIC and SCP, where a stream holds some; by address alone."""
    request = context.get("request")
    if request is None or context.get("whole") or not _has_variants(stream):
        return {"choices": []}
    chosen = context.get("legal_form") or ""
    offered = [("", _("Both")), *((form.value, form.value.upper()) for form in LegalForm)]
    return {
        "choices": [
            {
                "label": label,
                "url": kept_query(request, **{FORM: form}) or request.path,
                "current": form == chosen,
            }
            for form, label in offered
        ]
    }


def _has_variants(stream: Any) -> bool:
    return isinstance(stream, StreamValue) and any(
        block["type"] == "variants" for block in stream.raw_data
    )


@register.simple_tag
def step_query(page: Any, step: str) -> str:
    """What a link of a journey carries, so that the page it leads to says where one is."""
    return f"?{urlencode({JOURNEY: slug_of(page.get_url() or ''), STEP: step})}"


@register.filter
def reading_time(minutes: int) -> str:
    """Return a number of minutes as « 6 min de lecture »."""
    if minutes < AN_HOUR:
        return ngettext("%(count)s min read", "%(count)s min read", minutes) % {"count": minutes}
    hours, rest = divmod(minutes, AN_HOUR)
    return _("%(hours)s h %(minutes)s min read") % {"hours": hours, "minutes": f"{rest:02d}"}


@register.simple_tag(takes_context=True)
def answer_url(context: Context) -> str:
    """Where the answer of a reader is sent, with what the reader chose in the address."""
    address, request = (
        reverse("reader_answer", args=[_asked_of(context).pk]),
        context.get("request"),
    )
    return f"{address}{kept_query(request) if request else ''}"


@register.simple_tag(takes_context=True)
def answer_token(context: Context) -> str:
    return token_for(_asked_of(context))


@register.simple_tag(takes_context=True)
def answer_place(context: Context) -> str:
    """Where below its address the page stands: the chapter of a guide."""
    if "place" in context:
        return str(context["place"])
    request, page = context.get("request"), _asked_of(context)
    own = page.get_url(request) or ""
    return request.path.removeprefix(own) if request and request.path.startswith(own) else ""


def _asked_of(context: Context) -> Any:
    return context.get("resource") or context["page"]
