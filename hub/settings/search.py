"""The public search: which engine answers it."""

from hub import environment

SEARCH_ENGINE = environment.read()["SEARCH_ENGINE"]
