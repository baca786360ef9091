"""Brings things in, in processes that are killed on the way: what is left, and what a second run makes.

``python -m tests.import_child`` works on the database of its data folder, which is put back before
each import, and prints as JSON what became of each.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.prepared import told_by

POINTS = 12  # at which each import is killed, from before its first statement to after its last
LIST = """Coopérative;Contact;E-mail;Langue;Statut;Région
Les Toits Bleus;Camille;camille@toits.example;fr;scic;Bretagne
Les Toits Bleus;Dominique;dominique@toits.example;en;;
Nouvelle Coop;;contact@nouvelle.example;;scp;Occitanie
Troisième Coop;Sacha;sacha@troisieme.example;fr;scp;Occitanie
"""
TERMS = """slug;term;plain
abstention;Abstention;Choisir de ne voter ni pour ni contre.
quorum;Quorum;Le nombre de voix sans lequel une assemblée ne peut décider.
"""
HIDDEN = re.compile(r'name="(lines|seen|content)" value="([^"]*)"')
Work = Callable[[], object]


def run(folder: Path) -> dict[str, Any]:
    """What became of each import, on the hub in ``folder``."""
    return dict(json.loads(told_by("tests.import_child", folder)))
