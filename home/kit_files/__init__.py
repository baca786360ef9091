"""Builds the AG kit and a few files of the library from `home/content`, without Django.

`build(content_dir)` gives every file, `build_file(content_dir, key)` one of them.
"""

from home.kit_files.builder import build, build_branded, build_file
from home.kit_files.model import KitContentError, KitFile

__all__ = ["KitContentError", "KitFile", "build", "build_branded", "build_file"]
