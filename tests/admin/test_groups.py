"""The groups that ``setup_site`` makes: enough to work, nothing beyond."""

from importlib import import_module

from django.contrib.auth.models import Group, Permission
from wagtail import hooks
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Site

from hub.core.groups import GROUPS, make_groups
from tests.security.site import ACTORS, SiteCase, guide


class Groups(SiteCase):
    def test_they_have_the_names_people_use(self):
        assert set(ACTORS.values()) == {spec.name for spec in GROUPS}
        assert set(Group.objects.values_list("name", flat=True)) == set(ACTORS.values())

    def test_making_them_again_changes_nothing_and_keeps_what_was_added(self):
        chiefs = Group.objects.get(name="Rédacteurs en chef")
        extra = Permission.objects.get(codename="view_site")
        chiefs.permissions.add(extra)
        before = (
            set(Permission.objects.filter(group=chiefs)),
            GroupPagePermission.objects.count(),
        )
        Group.objects.create(name="Editors")
        make_groups()
        after = (
            set(Permission.objects.filter(group=chiefs)),
            GroupPagePermission.objects.count(),
        )
        assert before == after
        assert Group.objects.filter(name="Editors").exists()

    def test_only_administrators_manage_users_and_groups(self):
        for name, user in self.people.items():
            expected = name in ("administrator", "superuser")
            for permission in ("auth.add_user", "auth.change_user", "auth.change_group"):
                assert user.has_perm(permission) == expected, (name, permission)

    def test_administrators_hold_all_that_the_group_form_offers(self):
        import_module("hub.urls")  # several parts of the admin register with its addresses
        user = self.people["administrator"]
        missing = [
            permission.codename
            for offered in hooks.get_hooks("register_permissions")
            for permission in offered().select_related("content_type")
            if not user.has_perm(f"{permission.content_type.app_label}.{permission.codename}")
        ]
        assert missing == []

    def test_pages_are_written_by_four_groups_and_published_by_two(self):
        page = guide()
        for name, user in self.people.items():
            permissions = page.permissions_for_user(user)
            writes = name not in ("moderator", "nobody")
            assert permissions.can_edit() == writes, name
            publishes = name in ("chief", "administrator", "superuser")
            assert permissions.can_publish() == publishes, name

    def test_every_locale_is_open_to_editors(self):
        home = Site.objects.get().root_page
        english = home.get_translations().get()
        assert english.permissions_for_user(self.people["translator"]).can_edit()
        root = Page.objects.get(depth=1)
        assert not root.permissions_for_user(self.people["chief"]).can_add_subpage()

    def test_only_translators_chiefs_and_administrators_submit_translations(self):
        for name, user in self.people.items():
            expected = name in ("translator", "chief", "administrator", "superuser")
            assert user.has_perm("wagtail_localize.submit_translation") == expected, name

    def test_drafts_go_to_the_editors_in_chief(self):
        task = GroupApprovalTask.objects.get()
        assert [group.name for group in task.groups.all()] == ["Rédacteurs en chef"]
        page = guide()
        assert page.permissions_for_user(self.people["contributor"]).can_submit_for_moderation()

    def test_the_search_is_steered_by_chiefs_and_administrators(self):
        names = [f"search.{action}_{model}" for action in ("add", "change", "delete", "view")
                 for model in ("synonym", "promotedanswer", "protectedword")]  # fmt: skip
        for name, user in self.people.items():
            expected = name in ("chief", "administrator", "superuser")
            for permission in ("search.steer_search", *names):
                assert user.has_perm(permission) == expected, (name, permission)

    def test_only_administrators_see_the_tasks_in_waiting(self):
        for name, user in self.people.items():
            expected = name in ("administrator", "superuser")
            assert user.has_perm("core.view_outboxitem") == expected, name
