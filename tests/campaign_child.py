"""Opens a campaign on a hub that serves, in a process of its own; prints the path of a personal link.

``python -m tests.campaign_child NAME`` invites the co-op of that name to the campaign « retours-ag-2026 »,
which it makes if there is none.
"""

from pathlib import Path

from tests.prepared import told_by


def invited(data_dir: Path, name: str) -> str:
    """The path of a new personal link of this co-op, on the hub in ``data_dir``."""
    return told_by("tests.campaign_child", data_dir, name).strip()
