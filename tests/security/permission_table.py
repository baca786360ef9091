"""Who may open what: one row for each family of addresses, the first that matches counts.

Everybody named may open it; everybody else is sent to sign in, sent back, or told it does not
exist. ``READERS`` stands for the whole world.
"""

import re
from dataclasses import dataclass

READERS = ("anonymous", "nobody")
ANY = ("moderator", "contributor", "translator", "chief", "administrator")
WRITERS = ("contributor", "translator", "chief", "administrator")
TRANSLATORS = ("translator", "chief", "administrator")
UPLOADERS = ("contributor", "chief", "administrator")
INBOX = ("moderator", "chief", "administrator")
CHIEFS = ("chief", "administrator")
ADMINISTRATORS = ("administrator",)
NOBODY: tuple[str, ...] = ()
ALL = (*READERS, *ANY)


@dataclass(frozen=True)
class Row:
    pattern: str
    allowed: tuple[str, ...]
    why: str = ""
    always: bool = True  # False: what is at hand decides too, so being named is not enough

    def matches(self, address: str) -> bool:
        return re.match(self.pattern, address) is not None


PUBLIC_ROWS = (
    Row(r"healthz/|readyz/|robots\.txt|sitemap\.xml", ALL),
    Row(r"api/searches", ALL, "counts what a page of this site was asked, and nothing else"),
    Row(r"api/missed", ALL, "counts an address that this site said is not there"),
    Row(r"api/search|api/suggest|flux\.atom|plan-du-site/", ALL),
    Row(r"api/openapi\.json|opensearch\.xml", ALL),
    Row(r"campagnes/donnees/", ALL, "the register of what campaigns keep"),
    Row(
        r"campagnes/<slug:slug>/reponse/mes-donnees/",
        ALL,
        "whoever holds the cookie of the answer; not there for the others",
        always=False,
    ),
    Row(r"glossaire/(termes\.(csv|json|tbx)|imprimer/|livret/|salle/)", ALL, "the public terms"),
    Row(r"alerte/(demandee/)?$", ALL, "asks for an alert by mail"),
    Row(r"alerte/(demandee/|kit/<page:number>/)?$", ALL, "asks for an alert by mail"),
    Row(r"alerte/(confirmation|arret)/", ALL, "whoever has the link of a mail"),
    Row(r"campagnes/courriels/arret/", ALL, "whoever has the link of a mail"),
    Row(r"avis/", ALL, "keeps what a reader says of a page, and nothing of the reader"),
    Row(r"campagnes/<slug:slug>/$", ALL, "the door of a campaign that is public"),
    Row(
        r"campagnes/<slug:slug>/(reponse/<slug:section>|relecture|envoi|recu)/$",
        NOBODY,
        "whoever holds the cookie of an answer; not there for anybody else",
    ),
    Row(r"ma-selection/", ALL, "what a visitor sets aside among what anybody may read"),
    Row(r"a-vos-couleurs/", ALL, "files that anybody may read, with what the visitor sends"),
    Row(r"campagnes/r/", NOBODY, "whoever has the link of a mail"),
    Row(r"campagnes/(code|lien-perdu|au-revoir)/", ALL, "how a co-op finds its answer again"),
    Row(r"campagnes/<slug:slug>/sans-invitation/", ALL, "where the campaign is open to all"),
    Row(r"campagnes/<slug:slug>/quitter/", ALL, "forgets a cookie, and nothing else"),
    Row(
        r"campagnes/<slug:slug>/(accords|confier|ma-cooperative|ma-cooperative/<uuid:key>|dix-minutes|fichiers/.*|fichier/.*)/$",
        NOBODY,
        "whoever holds the cookie of an answer; not there for anybody else",
    ),
    Row(r"campagnes/comparer/", ALL, "figures over many answers, none of few"),
    Row(r"\^\(\(\?:", ALL, "pages: each decides, see the canary"),
    Row(r"fichiers/|apercus/|\^media/", ALL, "files: while a public page refers to them"),
    Row(r"_util/login/", ALL, "where private pages send"),
    Row(r"_util/authenticate_with_password/", ALL, "no page has a shared password"),
    Row(r"admin/(login|sprite|jsi18n|password_reset)/", ALL, "before signing in"),
)
PAGE_ROWS = (
    Row(r"admin/pages/<int:\w+>/(unpublish|privacy|lock|unlock|convert_alias|move)", CHIEFS),
    Row(r"admin/pages/.*/revisions/<int:revision_id>/unschedule", CHIEFS),
    Row(r"admin/pages/<int:page_id>/revisions/$", ANY, "only redirects to the history"),
    Row(r"admin/pages/<int:page_\w*id>/(delete|move)/", CHIEFS, "the page is published"),
    Row(r"admin/pages/workflow/confirm_cancellation", ANY, "says that there is nothing to cancel"),
    Row(r"admin/pages/workflow/", WRITERS, "and the task at hand", always=False),
    Row(r"admin/pages/create/", ANY, "lists the places where the person may write"),
    Row(r"admin/pages/", WRITERS),
    Row(r"admin/bulk/", ANY, "names what the person may not touch, and leaves it"),
    Row(r"admin/choose-|admin/tag-autocomplete/", ANY, "titles that editors link to"),
    Row(r"admin/api/main/", ANY, "shows what the person may explore"),
)
FILE_ROWS = (
    Row(r"admin/(documents|images)/chooser/create/", UPLOADERS),
    Row(r"admin/images/chooser/<int:image_id>/select_format/", WRITERS),
    Row(r"admin/(documents|images)/chooser/", ANY, "shows what the person may choose"),
    Row(r"admin/documents/(edit|delete|usage)/|admin/images/(<int|usage)", CHIEFS, "of others"),
    Row(r"admin/media/(edit|delete)/|admin/media/chooser/<int", CHIEFS, "of others"),
    Row(r"admin/media/chooser/", ANY, "shows what the person may change"),
    Row(r"admin/media/", UPLOADERS),
    Row(r"admin/(documents|images)/multiple/(<int|create|delete)", CHIEFS, "of others"),
    Row(r"admin/(documents|images)/", UPLOADERS),
)
TRANSLATION_ROWS = (
    Row(r"admin/localize/jsi18n/", ANY),
    Row(r"admin/localize/api/snippets", INBOX),
    Row(r"admin/localize/(submit|update)/", TRANSLATORS),
    Row(r"admin/localize/", WRITERS, "with the right to edit the page"),
)
DATA_ROWS = (
    Row(r"admin/campagnes/<int:campaign_id>/synthese/", CHIEFS, "reports.see_results"),
    Row(r"admin/campaigns/attachments/", INBOX, "those who moderate answers"),
    Row(r"admin/campaigns/participants/", CHIEFS, "those who invite co-ops"),
    Row(r"admin/snippets/resources/supportrequest/add", NOBODY, "they come from the site"),
    Row(r"admin/snippets/resources/supportrequest/delete", ADMINISTRATORS),
    Row(r"admin/snippets/resources/supportrequest/(edit|usage|history)", CHIEFS),
    Row(r"admin/snippets/resources/supportrequest/", INBOX),
    Row(r"admin/snippets/choose/resources/supportrequest/", NOBODY, "nothing chooses one"),
    Row(
        r"admin/snippets/resources/readeranswer/(add|edit|copy)", NOBODY, "they come from the site"
    ),
    Row(r"admin/snippets/resources/readeranswer/(delete|usage|history)", CHIEFS),
    Row(r"admin/snippets/resources/readeranswer/", INBOX),
    Row(r"admin/snippets/choose/resources/readeranswer/", NOBODY, "nothing chooses one"),
    Row(r"admin/reports/reader-answers/", INBOX),
    Row(r"admin/snippets/resources/kitversion/(add|delete)", NOBODY, "the site makes them"),
    Row(
        r"admin/snippets/reports/campaign/(results/|inspect/|paths/|export/|$)",
        INBOX,
        "moderators know which campaign they moderate",
    ),
    Row(r"admin/snippets/reports/campaign/", CHIEFS, "they run the campaigns"),
    Row(r"admin/snippets/choose/[^/]+/[^/]+/create/", CHIEFS),
    Row(r"admin/snippets/choose/", ANY, "labels that readers see as well"),
    Row(r"admin/snippets/$", NOBODY, "every kind stands in the menu itself"),
    Row(r"admin/snippets/", CHIEFS),
    Row(r"admin/search/", CHIEFS),
    Row(r"admin/invitations/", CHIEFS, "those who invite co-operatives"),
    Row(r"admin/campaigns/answers/", INBOX, "those who moderate answers"),
    Row(r"admin/campaigns/exports/", CHIEFS, "takes answers out, each time noted"),
    Row(r"admin/campaigns/data/", ADMINISTRATORS, "shows who took data out, erases"),
    Row(r"admin/glossary/import/<int:pk>/", NOBODY, "one’s own file alone"),
    Row(
        r"admin/glossary/import/$",
        WRITERS,
        "those who may add a term; a line they may not is named",
    ),
    Row(r"admin/settings/<slug:app_name>/<slug:model_name>/$", ANY, "only redirects"),
    Row(r"admin/(redirects|settings)/", CHIEFS),
)
RUN_ROWS = (
    Row(r"admin/campaigns/results/", CHIEFS, "reports.see_results: what co-ops answered"),
    Row(r"admin/(users|groups|sites|locales)/", ADMINISTRATORS),
    Row(r"admin/workflows/task_chooser/", ANY, "names of review steps; making one is refused"),
    Row(r"admin/workflows/", ADMINISTRATORS),
    Row(r"admin/collections/", ADMINISTRATORS),
    Row(r"admin/reports/site-history/", ANY, "shows the history of what the person may see"),
    Row(r"admin/reports/tasks/", ADMINISTRATORS),
    Row(r"admin/reports/files/", UPLOADERS),
    Row(r"admin/reports/missed/", CHIEFS, "those who make redirects"),
    Row(r"admin/reports/downloads/", CHIEFS),
    Row(r"admin/reports/kits/", CHIEFS),
    Row(r"admin/reports/locked/", CHIEFS, "those who may unlock"),
    Row(r"admin/reports/", WRITERS),
)
OWN_ROWS = (
    Row(r"admin/failwhale/", ANY, "Wagtail’s page to see an error: always one"),
    Row(r"admin/(test404/)?$", ANY),
    Row(r"admin/(account|logout|dismissibles|block-preview|embeds)/", ANY),
    Row(r"admin/editing-sessions/", ANY, "one’s own session on a page one edits"),
    Row(r"admin/\^\.\*/\$", ANY, "nothing there"),
)
TABLE = (
    *PUBLIC_ROWS, *PAGE_ROWS, *TRANSLATION_ROWS, *FILE_ROWS, *DATA_ROWS, *RUN_ROWS, *OWN_ROWS,
)  # fmt: skip


def row_of(pattern: str) -> Row | None:
    return next((row for row in TABLE if row.matches(pattern)), None)
