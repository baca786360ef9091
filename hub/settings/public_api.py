"""What programs and other sites may ask of the public site, and how often."""

from typing import Any

from hub import environment

_ENV = environment.read()

# A visitor may ask `requests` times in each `seconds`, and `burst` times at once after a rest. The
# first row whose `addresses` (and `methods`, if any) fit counts; `page` answers people with a page.
# Each server process counts by itself: see docs/operations.md for the same limits in the proxy.
_RATE_LIMITS: dict[str, dict[str, Any]] = {
    "suggest": {
        "addresses": r"^/(?:en/)?api/suggest$",
        "requests": 10,
        "seconds": 1,
        "burst": 20,
    },
    "search": {
        "addresses": r"^/(?:en/)?(?:api/search|flux\.atom)$",
        "requests": 5,
        "seconds": 1,
        "burst": 60,
    },
    "alert-form": {
        "addresses": r"^/(?:en/)?alerte/(?:kit/\d+/)?$",
        "methods": ("POST",),
        "requests": 5,
        "seconds": 3600,
        "burst": 5,
        "page": True,
    },
    # Several people of a co-op stand behind one address.
    "reader-answer": {
        "addresses": r"^/(?:en/)?avis/\d+/$",
        "methods": ("POST",),
        "requests": 30,
        "seconds": 3600,
        "burst": 30,
        "page": True,
    },
    # A copy is a zip of up to 30 MB; an erasure happens once.
    "answer-data": {
        "addresses": r"^/(?:en/)?campagnes/[^/]+/reponse/mes-donnees/",
        "methods": ("POST",),
        "requests": 20,
        "seconds": 3600,
        "burst": 10,
        "page": True,
    },
    # A code has 67 bits: this only spares the server. A whole office may stand behind one address.
    "answer-code": {
        "addresses": r"^/(?:en/)?campagnes/code/$",
        "methods": ("POST",),
        "requests": 20,
        "seconds": 3600,
        "burst": 20,
        "page": True,
    },
    # Answers without an invitation: whatever the hour begins with, no more than ten in it.
    "answer-uninvited": {
        "addresses": r"^/(?:en/)?campagnes/[^/]+/sans-invitation/$",
        "methods": ("POST",),
        "requests": 5,
        "seconds": 3600,
        "burst": 5,
        "page": True,
    },
    # Each of these may send a mail to an address that somebody typed.
    "answer-mail": {
        "addresses": r"^/(?:en/)?campagnes/(?:lien-perdu|[^/]+/confier)/$",
        "methods": ("POST",),
        "requests": 8,
        "seconds": 3600,
        "burst": 8,
        "page": True,
    },
    "answer-files": {
        "addresses": r"^/(?:en/)?campagnes/[^/]+/(?:fichiers/[^/]+|dix-minutes|accords)/$",
        "methods": ("POST",),
        "requests": 60,
        "seconds": 600,
        "burst": 60,
        "page": True,
    },
    # A form that saves as it is typed: three colleagues behind one address, all at work at once.
    "answer-save": {
        "addresses": r"^/(?:en/)?campagnes/[^/]+/reponse/[^/]+/$",
        "methods": ("POST",),
        "requests": 120,
        "seconds": 60,
        "burst": 240,
        "page": True,
    },
    "answer-send": {
        "addresses": r"^/(?:en/)?campagnes/[^/]+/(?:relecture/)?$",
        "methods": ("POST",),
        "requests": 30,
        "seconds": 60,
        "burst": 60,
        "page": True,
    },
    "selection-zip": {
        "addresses": r"^/(?:en/)?ma-selection/telecharger/$",
        "methods": ("GET",),
        "requests": 120,
        "seconds": 3600,
        "burst": 30,
        "page": True,
    },
    "selection": {
        "addresses": r"^/(?:en/)?ma-selection/changer/$",
        "methods": ("POST",),
        "requests": 60,
        "seconds": 60,
        "burst": 60,
        "page": True,
    },
    "brand": {
        "addresses": r"^/(?:en/)?a-vos-couleurs/",
        "methods": ("POST",),
        "requests": 60,
        "seconds": 3600,
        "burst": 15,
        "page": True,
    },
    # The servers of a mail provider post here for all whom they read mail for.
    "campaign-mail-stop": {
        "addresses": r"^/(?:en/)?campagnes/courriels/arret/",
        "methods": ("POST",),
        "requests": 300,
        "seconds": 3600,
        "burst": 100,
        "page": True,
    },
}


def rate_limits(factor: int) -> dict[str, dict[str, Any]]:
    """The table, each limit multiplied; nothing with 0."""
    return {
        name: row | {"requests": row["requests"] * factor, "burst": row["burst"] * factor}
        for name, row in _RATE_LIMITS.items()
        if factor
    }


RATE_LIMITS = rate_limits(_ENV["HUB_RATE_LIMIT"])

# Pages of other sites may read the API, as any program may: without cookies, and nothing else.
CORS_URLS_REGEX = r"^/(?:en/)?api/(?:search|suggest|openapi\.json)$"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_ALLOW_HEADERS = ("accept", "accept-language", "content-type", "if-none-match")
CORS_EXPOSE_HEADERS = ("etag", "ratelimit", "ratelimit-policy", "retry-after")
CORS_PREFLIGHT_MAX_AGE = 86_400
