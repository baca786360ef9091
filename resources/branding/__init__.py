"""Puts the name and the logo of a co-op in a template of the library, and keeps neither.

A template is any DOCX, PPTX or ODT file that holds the marks of ``marks``; or a PDF that the site
builds itself (``printed``). Nothing here writes to the disk or to the database.
"""
