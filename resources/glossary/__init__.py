"""Finds the terms of the glossary in the texts of the site and says what they mean on the spot.

All is pure but `state`, which knows the pages.
"""
