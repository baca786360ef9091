from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction

from hub.core.blocks import LegalForm
from hub.core.surroundings import surroundings
from hub.core.visibility import private_paths


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

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """An old version whose file was deleted since opens with that place empty.

        The database protects a file that a page uses, and modelcluster fails on such a field.
        """
        gone = {
            field.name: None
            for field in cls._meta.concrete_fields
            if check_fks and field.null and _protects(field) and _is_gone(field, data)
        }
        return super().from_serializable_data(data | gone, check_fks, strict_fks)

    def refuse_unready(self) -> None:
        """Raise NotReadyError when something without which it may not be published is missing."""

    def save(self, clean: bool = True, *args: Any, **options: Any) -> None:
        """A draft may lack anything; what readers see is whole, whoever publishes it and how."""
        if clean and self.live:
            self.refuse_unready()
        super().save(clean, *args, **options)

    def publish(self, *args: Any, **options: Any) -> Any:
        """Whole or not at all: the index is written in the same transaction.

        Raises NotReadyError, also for a page that is only to be published at a later hour.
        """
        self.refuse_unready()
        with transaction.atomic():
            return super().publish(*args, **options)

    def unpublish(self, *args: Any, **options: Any) -> Any:
        with transaction.atomic():
            return super().unpublish(*args, **options)

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As Wagtail, which asks twice where no page of the branch is private."""
        if not self.alias_of_id and not any(self.path.startswith(p) for p in private_paths()):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["translations"] = surroundings(self).translations
        context["breadcrumb"] = self.breadcrumb()
        chosen = request.GET.get("statut", "")
        context["legal_form"] = chosen if chosen in LegalForm.values else ""
        return context

    def breadcrumb(self) -> list[dict[str, str]]:
        """The ``title`` and ``url`` of the pages above this one, from the home page down."""
        return [{"title": page.title, "url": page.get_url()} for page in self.pages_above()]

    def pages_above(self) -> list[Page]:
        """The ancestors from the home page down; those met on the way here are not read again."""
        known = getattr(self, "routed_through", None)
        if known is None:
            known = list(self.get_ancestors().filter(depth__gt=1).select_related("locale"))
        return known


def _protects(field: models.Field) -> bool:
    return isinstance(field, models.ForeignKey) and (field.remote_field.on_delete is models.PROTECT)


def _is_gone(field: models.Field, data: dict[str, Any]) -> bool:
    key = data.get(field.name)
    return key is not None and not field.related_model._base_manager.filter(pk=key).exists()
