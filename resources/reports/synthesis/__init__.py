"""The synthesis of a campaign: drafted from its answers, finished by an editor, built again at will.

``gathering`` turns the counted answers into figures that may be told, ``drafting`` the figures into
parts of a page, ``merging`` puts new parts where an editor has left his or her words alone, and
``building`` writes the page in both languages. docs/adr/0038 says why it is made so.
"""
