"""Finds the terms of the glossary in the texts of the site and says what they mean on the spot.

`words`, `forms`, `senses`, `linking`, `markup` and `html` are pure; `state` knows the pages.
"""
