from .index import FacetBits, IndexTerm, SearchDocument
from .state import IndexBuild, SearchState
from .steering import PromotedAnswer, ProtectedWord, Synonym

__all__ = [
    "FacetBits",
    "IndexBuild",
    "IndexTerm",
    "PromotedAnswer",
    "ProtectedWord",
    "SearchDocument",
    "SearchState",
    "Synonym",
]
