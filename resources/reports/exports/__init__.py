"""Answers as one table: the same columns whatever each co-op was asked, in four formats, and back."""
