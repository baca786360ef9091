from typing import ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from resources.models.base import ResourcePage, resource_tabs
from resources.support import RequestForm, receive
from search.documents import Section


class ToolPage(RoutablePageMixin, ResourcePage):
    """A tool or a service of the federation, with the form to ask for it."""

    resource_type: ClassVar[str] = "tool"
    type_label = _("Tool or service")
    schema_type = "Service"

    what = models.TextField(_("what it does"), blank=True)
    for_whom = models.TextField(_("for whom"), blank=True)
    link = models.URLField(_("address of the tool"), blank=True)
    request_enabled = models.BooleanField(
        _("may be asked for here"),
        default=False,
        help_text=_("Opens a form; what co-operatives send arrives in the inbox of the admin."),
    )
    request_label = models.CharField(_("label of the button"), max_length=80, blank=True)
    request_intro = RichTextField(
        _("before the form"), blank=True, features=["bold", "italic", "link", "ul"]
    )

    content_panels = [
        *ResourcePage.content_panels[:2],
        FieldPanel("what"),
        FieldPanel("for_whom"),
        FieldPanel("link"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("request_enabled"),
                FieldPanel("request_label"),
                FieldPanel("request_intro"),
            ],
            heading=_("Request form"),
        ),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("tool or service")

    @property
    def request_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('request')}"

    def get_route_paths(self) -> list[str]:
        return ["/", "/demande/"]

    @path("demande/", name="request")
    def ask(self, request: HttpRequest) -> HttpResponse:
        """The form stands on an address of its own: only there is a cookie needed (CSRF)."""
        if not self.request_enabled:
            raise Http404
        form = RequestForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            receive(form, self)
            return HttpResponseRedirect(f"{self.get_url()}{self.reverse_subpage('received')}")
        asking = {
            "form": form,
            "ask_label": self.request_label or gettext("Ask for help, free of charge"),
            "ask_intro": self.request_intro,
        }
        response = self.render(
            request, context_overrides=asking, template="resources/request_form.html"
        )
        response.status_code = 422 if form.is_bound else 200
        return response

    @path("demande-recue/", name="received")
    def received(self, request: HttpRequest) -> HttpResponse:
        if not self.request_enabled:
            raise Http404
        return self.render(request, template="resources/request_received.html")

    def search_sections(self) -> list[Section]:
        return [Section(self.what), Section(self.for_whom), *super().search_sections()]
