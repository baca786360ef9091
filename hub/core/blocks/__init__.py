from .content import ContentStream
from .text import CalloutBlock, CopyTextBlock, QuoteBlock
from .variants import LegalForm, VariantBlock, variants_of

__all__ = [
    "CalloutBlock",
    "ContentStream",
    "CopyTextBlock",
    "LegalForm",
    "QuoteBlock",
    "VariantBlock",
    "variants_of",
]
