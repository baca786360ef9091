"""The test run: the embedded default, with fast passwords and messages kept in memory."""

from .base import *  # noqa: F403
from .secret_key import derived

SECRET_KEY = "a key for tests, of fifty characters and some more of them"
ALTCHA_HMAC_KEY = derived(SECRET_KEY, "proof of work")
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RATE_LIMITS = {}  # the tests of the limits set their own
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "hub.core.whole_files.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
