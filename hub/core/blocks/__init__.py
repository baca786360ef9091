from .content import ContentStream
from .text import CalloutBlock, CopyTextBlock, QuoteBlock

__all__ = ["CalloutBlock", "ContentStream", "CopyTextBlock", "QuoteBlock"]
