"""The glossary as files: what leaves it (CSV, JSON, TBX, paper) and what comes in (CSV)."""
