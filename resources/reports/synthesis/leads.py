"""How the sentences about known questions begin. A question that is not here is quoted instead."""

from typing import Final

from django.utils.translation import gettext_noop as _

# « … : the evening (12 co-operatives out of 22, that is 55 %) »
CHOSEN: Final = {
    "type_ag": _("The most frequent kind of meeting"),
    "mode_ag": _("The most frequent form of meeting"),
    "jour": _("The day chosen most often"),
    "creneau": _("The time of day chosen most often"),
    "horaire_effet": _("Among those that changed the time, the effect felt most often"),
    "lieu": _("The most frequent place"),
    "lieu_effet": _("Among those that changed the place, the effect felt most often"),
    "collaborateurs_roles": _("The part that employees play most often"),
    "collaborateurs_societaires": _("Whether employees are associates, the most frequent answer"),
    "sensibilisation_moments": _("When associates are made aware most often"),
    "sensibilisation_par": _("Those who see to it most often"),
    "sensibilisation_documents": _("The material used most often"),
    "canaux": _("The channels used most often to invite"),
    "pieces_jointes": _("What is enclosed most often with the notice of meeting"),
    "resolutions_expliquees": _("To explain the resolutions, the most frequent way"),
    "questions_moments": _("The moment when questions may be asked, most often"),
    "modes_vote": _("The most frequent way to vote"),
    "convivialite": _("What is planned most often to be together"),
    "budget_convivialite": _("The most frequent budget for being together"),
    "objectifs_themes": _("What the goals for next year are about, most often"),
    "pratiques.tried": _("The practices tried most often"),
}

# « 13 co-operatives out of 22 (59 %) … »
DONE: Final = {
    "horaire_change": _("changed the time of their meeting"),
    "accessible_pmr": _("met in a place that is accessible to people with reduced mobility"),
    "transport": _("made it easier to come"),
    "garde_enfants": _("offered childcare"),
    "lieu_change": _("changed the place of their meeting"),
    "langage_clair": _("rewrote their notice of meeting in plain language"),
}

# « …: “Evening”: 55 % in 2025 (n = 22), 38 % in 2024 (n = 16) »
ABOUT: Final = {
    "jour": _("Day of the meeting"),
    "creneau": _("Time of day"),
    "lieu": _("Place"),
    "mode_ag": _("Form of the meeting"),
    "collaborateurs_roles": _("Part played by employees"),
    "sensibilisation_moments": _("When associates are made aware"),
    "sensibilisation_documents": _("Material to make associates aware"),
    "canaux": _("Channels of the invitation"),
    "pieces_jointes": _("Enclosed with the notice"),
    "langage_clair": _("Notice rewritten in plain language"),
    "resolutions_expliquees": _("Explaining the resolutions"),
    "questions_moments": _("Time for questions"),
    "modes_vote": _("Way to vote"),
    "convivialite": _("Being together"),
    "horaire_change": _("Time changed since the year before"),
    "lieu_change": _("Place changed since the year before"),
    "garde_enfants": _("Childcare"),
    "transport": _("Help with the journey"),
    "objectifs_themes": _("What the goals for next year are about"),
    "pratiques.tried": _("Practices tried"),
    "outils": _("The tools of the federation: known, used, useful?"),
    "participation": _("Who came, and who expressed themselves"),
}
