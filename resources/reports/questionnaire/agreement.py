"""The keys of the questions by which a co-op says how far its answer may travel. Pure."""

from typing import Final

LEVEL: Final = "consent_niveau"
IMAGES: Final = "consent_images"
PEERS: Final = "consent_pairs"
NAMED: Final = "nom"
UNNAMED: Final = "anonyme"
SHARED: Final = (NAMED, UNNAMED)
