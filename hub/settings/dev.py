"""One machine, plain HTTP: what ``make run`` and ``manage.py`` use."""

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, DATA_DIR, ENV
from .secret_key import derived, kept_in

DEBUG = ENV["HUB_DEBUG"]
SECRET_KEY = ENV["HUB_SECRET_KEY"] or kept_in(DATA_DIR)
ALTCHA_HMAC_KEY = derived(SECRET_KEY, "proof of work")
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
