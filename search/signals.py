"""Keeps the index true to the pages: what is published, edited, moved, hidden or deleted."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from search.indexing import index_pages, index_subtree, refresh_lists, remove_pages
from search.models import PromotedAnswer, ProtectedWord, SearchDocument, Synonym
from search.state import steering_changed

STEERING = (Synonym, PromotedAnswer, ProtectedWord)


def connect() -> None:
    """Called when the app is ready."""
    page_published.connect(follow_publication, dispatch_uid="search")
    page_unpublished.connect(follow_withdrawal, dispatch_uid="search")
    post_page_move.connect(follow_subtree, dispatch_uid="search")
    page_slug_changed.connect(follow_subtree, dispatch_uid="search")
    post_save.connect(follow_restriction, PageViewRestriction, dispatch_uid="search")
    post_delete.connect(follow_opening, PageViewRestriction, dispatch_uid="search")
    pre_delete.connect(follow_deletion, SearchDocument, dispatch_uid="search")
    post_delete.connect(remember_deletion, Synonym, dispatch_uid="search")
    for model in STEERING:
        post_save.connect(steering_changed, model, dispatch_uid="search steering")
        post_delete.connect(steering_changed, model, dispatch_uid="search steering")
    post_save.connect(follow_locales, Locale, dispatch_uid="search")
    post_delete.connect(follow_locales, Locale, dispatch_uid="search")


def follow_publication(instance: Page, **_kwargs: Any) -> None:
    """Write the row in the transaction of the publication; a new address moves all below too."""
    before = SearchDocument.objects.filter(pk=instance.pk).values_list("url", flat=True).first()
    index_pages([instance])
    after = SearchDocument.objects.filter(pk=instance.pk).values_list("url", flat=True).first()
    if before != after and instance.numchild:
        index_subtree(instance)


def follow_withdrawal(instance: Page, **_kwargs: Any) -> None:
    """An unpublished page is found no more."""
    remove_pages([instance.pk])


def follow_subtree(instance: Page, **_kwargs: Any) -> None:
    """A page that moves takes all below with it: addresses, and who may see them."""
    page = Page.objects.filter(pk=instance.pk).first()
    if page:
        index_subtree(page)


def follow_restriction(instance: PageViewRestriction, **_kwargs: Any) -> None:
    """A page made private hides all below."""
    follow_subtree(instance.page)


def follow_opening(
    instance: PageViewRestriction, origin: Model | QuerySet[Model] | None = None, **_kwargs: Any
) -> None:
    """A page made public again shows all below; nothing is to be shown when the page itself goes."""
    model = getattr(origin, "model", type(origin))
    page = Page.objects.filter(pk=instance.page_id).first()
    if page and issubclass(model, PageViewRestriction):
        index_subtree(page)


def follow_deletion(instance: SearchDocument, **_kwargs: Any) -> None:
    """A row that goes with its page no longer counts in facets nor in the vocabulary."""
    remove_pages([instance.pk])


def follow_locales(**_kwargs: Any) -> None:
    """A new site language lists what it has no translation of."""
    refresh_lists()


def remember_deletion(instance: Synonym, **_kwargs: Any) -> None:
    """A default rule that an editor deletes must not come back with the next `setup_site`."""
    if instance.default_key and instance.words:
        Synonym.every.create(words="", enabled=False, default_key=instance.default_key)
