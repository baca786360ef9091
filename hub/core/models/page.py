from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page


class BasePage(Page):
    """What every page of the site shares.

    The search engine and the sharing cards of other sites read ``search_description``; a page
    that has a better sentence to offer overrides ``meta_description``.
    """

    class Meta:
        abstract = True

    show_in_menus_default = False

    @property
    def meta_description(self) -> str:
        return self.search_description

    @cached_property
    def published_translations(self) -> models.QuerySet[Page]:
        """The live pages that say the same in another language."""
        return self.get_translations().live().public().select_related("locale")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["translations"] = {
            page.locale.language_code: page for page in self.published_translations
        }
        return context
