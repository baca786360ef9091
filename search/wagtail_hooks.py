"""Opens the search menu to those who steer the search."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from search.admin.menu import SearchMenu

register_snippet(SearchMenu)


@hooks.register("register_permissions")
def steering() -> QuerySet[Permission]:
    """Offered in the form of groups; rows have permissions of their own."""
    return Permission.objects.filter(content_type__app_label="search", codename="steer_search")
