"""A public site, behind https."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import BASE_URL, ENV, SECURE
from .secret_key import derived

SECRET_KEY = ENV["HUB_SECRET_KEY"]

if not SECRET_KEY:
    raise ImproperlyConfigured("HUB_SECRET_KEY is missing: a public site needs its own key.")
if not SECURE:
    raise ImproperlyConfigured(
        f"HUB_BASE_URL={BASE_URL!r}: the address of a public site starts with https://."
    )
ALTCHA_HMAC_KEY = derived(SECRET_KEY, "proof of work")
