"""Whoever may only add files no longer changes one that readers can download."""

from collections.abc import Collection as Several
from typing import Any

from wagtail.documents import get_document_model
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtailmedia import get_media_model
from wagtailmedia.models import Media

from hub.core.files import is_public


class OwnUntilPublishedPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rule (one changes one's own files), until a public page refers to the file.

    Otherwise somebody who may only write drafts could replace what a published page offers.
    """

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Several[str], instance: Any
    ) -> bool:
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        touching = {"change", "delete"} & set(actions)
        if not allowed or not touching or user.is_superuser:
            return allowed
        if self._check_perm(user, {"change"}, collection=instance.collection):
            return True
        if not is_public(instance):
            return True
        others = set(actions) - touching
        return bool(others) and super().user_has_any_permission_for_instance(user, others, instance)


KINDS = (
    (get_document_model, Document),
    (get_image_model, Image),
    (get_media_model, Media),
)


def register() -> None:
    """Put the rule in the place of Wagtail's for our own documents, pictures and videos.

    The permissions themselves stay those of Wagtail's own models, as everywhere in its admin.
    """
    for model_of, known_as in KINDS:
        model = model_of()
        policy = OwnUntilPublishedPolicy(
            model, auth_model=known_as, owner_field_name="uploaded_by_user"
        )
        register_permission_policy(model, policy, exact_class=True)
