from .index import FacetBits, IndexTerm, SearchDocument
from .log import SearchCount
from .state import IndexBuild, SearchState
from .steering import PromotedAnswer, ProtectedWord, Synonym

__all__ = [
    "FacetBits",
    "IndexBuild",
    "IndexTerm",
    "PromotedAnswer",
    "ProtectedWord",
    "SearchCount",
    "SearchDocument",
    "SearchState",
    "Synonym",
]
