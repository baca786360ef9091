"""Where the films of the served hub are."""

HOST = "videos.habitat.example"
PEERTUBE_ID = "kkGMgK9ZtnKfYAgnEtQxbv"
YOUTUBE_ID = "QA6zk3VIahA"
FILM, SHORT = "/videos/le-film-de-lassemblee/", "/videos/le-film-court/"
PEERTUBE, YOUTUBE = "/videos/sur-peertube/", "/videos/sur-youtube/"
