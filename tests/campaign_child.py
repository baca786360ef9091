"""Opens a campaign on a hub that serves, in a process of its own; prints the path of a personal link.

``python -m tests.campaign_child NAME`` invites the co-op of that name to the campaign « retours-ag-2026 »,
which it makes if there is none.
"""

import subprocess
import sys
from pathlib import Path

from tests.prepared import ROOT, clean_environment


def invited(data_dir: Path, name: str) -> str:
    """The path of a new personal link of this co-op, on the hub in ``data_dir``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.campaign_child", name],
        cwd=ROOT,
        env=clean_environment(data_dir) | {"DJANGO_SETTINGS_MODULE": "hub.settings.test"},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.strip()


def main(name: str) -> None:
    import django

    django.setup()
    from urllib.parse import urlsplit

    from resources.reports.access import new_link
    from resources.reports.models import Campaign, Participant
    from tests import campaigns

    season = Campaign.objects.filter(slug="retours-ag-2026").first() or campaigns.campaign(
        open_to_all=True
    )
    coop = Participant.objects.filter(campaign=season, organisation__name=name).first()
    coop = coop or campaigns.participant(season, campaigns.coop(name))
    sys.stdout.write(urlsplit(new_link(participant=coop)).path)


if __name__ == "__main__":
    main(sys.argv[1])
