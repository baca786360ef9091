"""Entries of the admin's menus that are shown to whoever may open what they lead to."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry


class PermittedItem(MenuItem):
    """For those who have a permission, by its full name."""

    def __init__(self, label: Any, url: str, *, permission: str, **options: Any) -> None:
        super().__init__(label, url, **options)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


class ActorsItem(MenuItem):
    """For those who may do one of ``actions`` on some object of ``model``, as its policy says."""

    def __init__(
        self, label: Any, url: str, *, model: type[Model], actions: Sequence[str], **options: Any
    ) -> None:
        super().__init__(label, url, **options)
        self.model, self.actions = model, actions

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(self.model)
        return bool(policy.user_has_any_permission(request.user, self.actions))
