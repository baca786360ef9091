"""« Ma sélection »: what a visitor sets aside to share, print or download, without an account.

The list stands in a cookie given at the first addition, or in the address that shares it; the
server keeps nothing of it.
"""
