"""People who run campaigns in the administration."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

CHIEFS = "Rédacteurs en chef"
MODERATORS = "Modérateurs des retours"


def signed_in(group=CHIEFS):
    """The browser of somebody of this group."""
    user = get_user_model().objects.create_user(group, "moi@federation.example", "x" * 20)
    user.groups.add(Group.objects.get(name=group))
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser
