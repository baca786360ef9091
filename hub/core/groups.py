"""Who may do what in the admin: the groups that ``setup_site`` makes, as data.

Readers and co-ops are in none of them: they never enter the admin. Nobody but administrators
manages users, because whoever changes a user can become any other.
"""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
)

ADMIN: Final = "wagtailadmin.access_admin"
TRANSLATE: Final = "wagtail_localize.submit_translation"
EVERY_ACTION: Final = ("add", "change", "delete", "view")
STEER_SEARCH: Final = "search.steer_search"
USE_FILES: Final = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
ADD_FILES: Final = (
    "wagtailimages.add_image", "wagtaildocs.add_document", "wagtailmedia.add_media",
)  # fmt: skip
CHANGE_FILES: Final = (
    "wagtailimages.change_image", "wagtaildocs.change_document", "wagtailmedia.change_media",
)  # fmt: skip
WRITE_PAGES: Final = ("add", "change")
PUBLISH_PAGES: Final = (*WRITE_PAGES, "publish", "lock", "unlock", "bulk_delete")


def every(*models: str) -> tuple[str, ...]:
    """The four permissions on each model, given as ``app.model``."""
    return tuple(
        f"{app}.{action}_{name}"
        for app, name in (model.split(".") for model in models)
        for action in EVERY_ACTION
    )


EDITED_BY_CHIEFS: Final = every(
    "resources.legalrecord", "resources.theme", "resources.audience", "resources.organisation",
    "core.seasonmoment", "search.synonym", "search.promotedanswer", "search.protectedword",
    "wagtailredirects.redirect",
)  # fmt: skip
# All that the group form of the admin offers besides; a test compares.
RUN_BY_ADMINISTRATORS: Final = every(
    "auth.user", "auth.group", "wagtailcore.site", "wagtailcore.locale", "wagtailcore.workflow",
    "wagtailcore.task", "resources.supportrequest", "resources.readeranswer",
)  # fmt: skip
SEE_TASKS: Final = ("core.view_outboxitem", "core.change_outboxitem")
RUN_CAMPAIGNS: Final = (
    "reports.add_campaign", "reports.change_campaign", "reports.view_campaign",
    "reports.publish_campaign", "reports.delete_campaign", "reports.invite_coops",
    "reports.moderate_answers", "reports.see_results", "reports.export_answers",
)  # fmt: skip
MANAGE_COLLECTIONS: Final = tuple(
    f"wagtailcore.{action}_collection" for action in ("add", "change", "delete")
)


@dataclass(frozen=True)
class GroupSpec:
    """One group: permissions on models, on the pages of the site and on the files."""

    name: str
    models: tuple[str, ...] = (ADMIN,)
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


CONTRIBUTORS = GroupSpec("Contributeurs", (ADMIN,), WRITE_PAGES, USE_FILES + ADD_FILES)
CHIEFS = GroupSpec(
    "Rédacteurs en chef",
    (
        ADMIN,
        TRANSLATE,
        STEER_SEARCH,
        "core.change_federationsettings",
        "core.view_downloadcount",
        "resources.view_supportrequest",
        "resources.change_supportrequest",
        "resources.view_readeranswer",
        "resources.delete_readeranswer",
        "resources.view_kitversion",
        "resources.change_kitversion",
        *EDITED_BY_CHIEFS,
        *RUN_CAMPAIGNS,
    ),
    PUBLISH_PAGES,
    USE_FILES + ADD_FILES + CHANGE_FILES,
)
TRANSLATORS = GroupSpec("Traducteurs", (ADMIN, TRANSLATE), WRITE_PAGES, USE_FILES)
MODERATORS = GroupSpec(
    "Modérateurs des retours",
    (
        ADMIN,
        "resources.view_supportrequest",
        "resources.view_readeranswer",
        "reports.view_campaign",
        "reports.moderate_answers",
    ),
)
ADMINISTRATORS = GroupSpec(
    "Administrateurs",
    (*CHIEFS.models, *RUN_BY_ADMINISTRATORS, *SEE_TASKS, "reports.erase_answers"),
    PUBLISH_PAGES,
    (*CHIEFS.files, *MANAGE_COLLECTIONS),
)
GROUPS: Final = (CONTRIBUTORS, CHIEFS, TRANSLATORS, MODERATORS, ADMINISTRATORS)
WAGTAIL_DEFAULTS: Final = ("Editors", "Moderators")


def make_groups() -> None:
    """Create the groups and give them their permissions; can be run again at any time.

    It only adds: a permission that an administrator gave besides stays, and so do other groups.
    Runs after the pages of the site exist; the permissions reach every locale.
    """
    first_time = not Group.objects.filter(name__in=[spec.name for spec in GROUPS]).exists()
    for spec in GROUPS:
        group, _created = Group.objects.get_or_create(name=spec.name)
        group.permissions.add(*model_permissions(spec))
        _allow_on_pages(group, spec)
        _allow_on_files(group, spec)
    if first_time:
        _retire_default_groups(Group.objects.get(name=CHIEFS.name))


def model_permissions(spec: GroupSpec) -> list[Permission]:
    """The permissions on models that ``spec`` names. LookupError for one that does not exist."""
    return [_permission(name) for name in spec.models]


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    permission = _all(app).filter(codename=codename).first()
    if permission is None:
        raise LookupError(f"The permission {name} does not exist: run migrate first.")
    return permission


def _all(app: str) -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label=app)


def _allow_on_pages(group: Group, spec: GroupSpec) -> None:
    for page in _roots(spec):
        for action in spec.pages:
            permission = _permission(f"wagtailcore.{action}_page")
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _roots(spec: GroupSpec) -> list[Page]:
    """The home page of every locale; administrators hold the root above them."""
    if spec is ADMINISTRATORS:
        return list(Page.objects.filter(depth=1))
    keys = Site.objects.values("root_page__translation_key")
    return list(Page.objects.filter(Q(translation_key__in=keys), depth__gt=1))


def _allow_on_files(group: Group, spec: GroupSpec) -> None:
    root = Collection.get_first_root_node()
    for name in spec.files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=_permission(name)
        )


def _retire_default_groups(chiefs: Group) -> None:
    """Remove the groups of Wagtail's first migration, unless somebody is in them.

    They reach the whole page tree in English words, beside ours that say the same. The review of
    drafts that they came with goes to the editors-in-chief.
    """
    for group in Group.objects.filter(name__in=WAGTAIL_DEFAULTS, user__isnull=True):
        for task in GroupApprovalTask.objects.filter(groups=group):
            task.groups.add(chiefs)
        group.delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").update(name="Relecture")
    Workflow.objects.filter(name="Moderators approval").update(name="Relecture")
