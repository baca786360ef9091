"""One list of addresses that shows every template, in every state that looks different."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import Page

Steps = Callable[[Page], None]

GUIDE = "/guides/reussir-nos-assemblees-generales/"
JOURNEY, KIT = "/parcours/cooperateur/", "/kits/ag/"
VIDEO, TOOL = "/videos/le-col-convivialite/", "/outils/registre-mouvements-titres/"
FORM = f"{TOOL}demande/"
ROOM = "/glossaire/salle/"
# The number in front of the slug is left out: it differs from one site to the next.
OTHER_FORMAT = "/documents/invitation/autre-format/"
ALERT = "/alerte/?q=quorum&type=guide"
ENGLISH_JOURNEY = "/en/journeys/the-co-operators-journey/"
ENGLISH_KIT = "/en/kits/agm-kit-ready-to-use-files/"
CAMPAIGN, CODE = "reports/campaign.html", "reports/access_code.html"
CLOSED_CAMPAIGN = "/campagnes/exemple-retours-ag-2025/"
COMPARATOR, SYNTHESIS = "reports/comparator.html", "reports/synthesis_page.html"


@dataclass(frozen=True)
class Address:
    """A page as a reader may meet it: an address, then maybe something done there."""

    name: str
    path: str
    template: str
    language: str = "fr"
    status: int = 200
    steps: Steps | None = None
    cookies: frozenset[str] = frozenset()


def send(page: Page) -> None:
    page.locator("form.form button").last.click()
    page.wait_for_load_state()


def fill_and_send(page: Page) -> None:
    answers = {
        "coop": "Coopérative exemple",
        "name": "Camille Exemple",
        "email": "camille@vie-coop.example",
        "message": "Nous cherchons un registre simple.",
    }
    for name, answer in answers.items():
        page.locator(f"[name={name}]").fill(answer)
    send(page)


def send_without_cookie(page: Page) -> None:
    page.context.clear_cookies()
    send(page)


def fail_to_sign_in(page: Page) -> None:
    for _ in range(6):
        if not page.locator("[name=password]").count():
            break
        page.locator("[name=username]").fill("nobody-of-that-name")
        page.locator("[name=password]").fill("not the password")
        page.locator("form button[type=submit]").click()
        page.wait_for_load_state()


def refused_answer(page: Page) -> None:
    page.locator(".feedback summary").click()
    page.locator("[name=comment]").fill("Écrivez-moi : camille@vie-coop.example")
    page.locator(".feedback button").last.click()
    page.wait_for_load_state()


def open_suggestions(page: Page, text: str, box: str) -> None:
    """Type in a search box until suggestions show; on a phone, that of the header is in the menu."""
    field = page.locator(box)
    if not field.is_visible():
        page.locator(".site-menu > summary").click()
    asked = quote(text, safe="")
    # What a slow machine shows of the first letters is not yet what was typed.
    with page.expect_response(
        lambda response: response.url.endswith(f"/suggest?q={asked}")
    ) as answer:
        field.press_sequentially(text, delay=20)
    answer.value.finished()
    page.wait_for_timeout(50)
    page.locator(".suggest [role=option]").first.wait_for()


def suggest_a_correction(page: Page) -> None:
    open_suggestions(page, "convocaton", "#q")
    page.keyboard.press("ArrowDown")


def suggest_in_the_header(page: Page) -> None:
    open_suggestions(page, "assem", "#site-search")


def suggest_in_english(page: Page) -> None:
    open_suggestions(page, "quor", "#q")


def set_aside(page: Page) -> None:
    """Press the buttons of the first cards, then look at the list."""
    for _ in range(2):
        page.locator(".pick[name=add]").first.click()
        page.locator(".selection-told:not(:empty)").wait_for()
        page.wait_for_timeout(200)
    page.locator(".selection-link").click()
    page.wait_for_load_state()


def set_aside_then_empty(page: Page) -> None:
    set_aside(page)
    page.locator("button[name=empty]").click()
    page.wait_for_load_state()


def to_the_brand_form(page: Page) -> None:
    page.locator("a[href*='/a-vos-couleurs/']").click()
    page.wait_for_load_state()


def send_a_wrong_logo(page: Page) -> None:
    to_the_brand_form(page)
    page.locator("[name=name]").fill("Coopérative exemple")
    picture = {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
    page.locator("[name=logo]").set_input_files(files=[picture])
    send(page)


def ask_for_the_next_version(page: Page) -> None:
    page.locator("a[href*='/alerte/kit/']").click()
    page.wait_for_load_state()


CSRF = frozenset({"csrf"})
MANY = "?type=practice&type=document&type=guide&step=avant&step=pendant&theme=clarte-pedagogie"
LIBRARY = "resources/library_page.html"
INDEX = "resources/resource_index_page.html"
STANDARD = "home/standard_page.html"
SELECTION, BRAND = "resources/selection.html", "resources/brand_form.html"
CHOSEN = frozenset({"selection"})
NOTICE_FORM = "resources/kit_notice_form.html"
ALERT_FORM, ALERT_ANSWER = "resources/alert_form.html", "resources/alert_answer.html"

FRENCH = [
    Address("accueil", "/", "home/home_page.html"),
    Address("ressources", "/ressources/", LIBRARY),
    Address("ressources-filtrees", "/ressources/?type=practice&step=avant", LIBRARY),
    Address("ressources-nombreux-filtres", f"/ressources/{MANY}&q=assemblée", LIBRARY),
    Address("ressources-page-2", "/ressources/?page=2", LIBRARY),
    Address("recherche", "/ressources/?q=quorum", LIBRARY),
    Address("recherche-sans-resultat", f"/ressources/?q={'xyzzy' * 150}&type=video", LIBRARY),
    Address("recherche-incertaine", "/ressources/?q=chauffage", LIBRARY),
    Address("recherche-suggestion", "/ressources/?q=convocaton", LIBRARY),
    Address("recherche-definition", "/ressources/?q=c%27est+quoi+une+convocation", LIBRARY),
    Address("recherche-passages", "/ressources/?q=convivialité&step=pendant", LIBRARY),
    Address("recherche-mots-proches", "/ressources/?q=kworum", LIBRARY),
    Address("recherche-filtres-de-trop", "/ressources/?q=quorum&type=video&step=apres", LIBRARY),
    Address("recherche-dans-une-liste", "/guides/?q=convocation", INDEX),
    Address("accueil-suggestions", "/", "home/home_page.html", steps=suggest_a_correction),
    Address("ressources-suggestions", "/ressources/", LIBRARY, steps=suggest_a_correction),
    Address("entete-suggestions", KIT, "resources/kit_page.html", steps=suggest_in_the_header),
    Address("liste-parcours", "/parcours/", INDEX),
    Address("liste-guides", "/guides/", INDEX),
    Address("liste-kits", "/kits/", INDEX),
    Address("liste-pratiques", "/pratiques/", INDEX),
    Address("liste-documents", "/documents/", INDEX),
    Address("liste-videos", "/videos/", INDEX),
    Address("liste-outils", "/outils/", INDEX),
    Address("liste-retours", "/retours/", INDEX),
    Address("liste-dossiers", "/dossiers/", INDEX),
    Address("glossaire", "/glossaire/", "resources/glossary_index_page.html"),
    Address("glossaire-salle", ROOM, "resources/glossary_room.html"),
    Address("glossaire-salle-un-mot", f"{ROOM}#quorum", "resources/glossary_room.html"),
    Address("glossaire-feuille", "/glossaire/imprimer/", "resources/glossary_sheet.html"),
    Address("glossaire-livret", "/glossaire/livret/", "resources/glossary_booklet.html"),
    Address("terme", "/glossaire/quorum/", "resources/glossary_term_page.html"),
    Address("guide", GUIDE, "resources/guide_page.html"),
    Address("guide-chapitre", f"{GUIDE}chapitre/convocation/", "resources/guide_chapter.html"),
    Address("guide-statut", f"{GUIDE}chapitre/voter/?statut=scp", "resources/guide_chapter.html"),
    Address("guide-entier", f"{GUIDE}imprimer/", "resources/guide_print.html"),
    Address(
        "pratique", "/pratiques/p02-travailler-sa-convocation/", "resources/practice_page.html"
    ),
    Address("parcours", JOURNEY, "resources/journey_page.html"),
    Address("parcours-cartes", f"{JOURNEY}cartes/", "resources/journey_cards.html"),
    Address("parcours-cartes-phase", f"{JOURNEY}cartes/?phase=avant", "resources/journey_cards.html"),
    Address("dans-le-parcours", f"{VIDEO}?parcours=cooperateur", "resources/video_page.html"),
    Address("avis-merci", f"{TOOL}?avis=merci", "resources/tool_page.html"),
    Address("avis-refuse", TOOL, "resources/feedback_form.html", status=422, steps=refused_answer),
    Address("kit", KIT, "resources/kit_page.html"),
    Address("video", VIDEO, "resources/video_page.html"),
    Address("video-a-son-moment", f"{VIDEO}#t=73", "resources/video_page.html"),
    Address("document", "/documents/ag-coop-ou-ag-copro/", "resources/document_page.html"),
    Address("document-fichier", "/documents/invitation/", "resources/document_page.html"),
    Address(
        "document-texte", "/documents/livret-du-cooperateur/texte/4/", "resources/document_text.html"
    ),
    Address("retour", "/retours/exemple-mur-des-residences/", "resources/experience_report_page.html"),
    Address("retour-d-une-campagne", "/retours/retour-ag-2025-1/",
            "resources/experience_report_page.html"),
    Address("synthese", "/syntheses/synthese-retours-ag-2025-exemple/", SYNTHESIS),
    Address("dossier", "/dossiers/coup-de-projecteurs-2025/", "resources/dossier_page.html"),
    Address("outil", TOOL, "resources/tool_page.html"),
    Address("autre-format", OTHER_FORMAT, "resources/request_form.html", cookies=CSRF),
    Address("demande", FORM, "resources/request_form.html", cookies=CSRF),
    Address(
        "demande-erreurs", FORM, "resources/request_form.html", status=422, steps=send, cookies=CSRF
    ),
    Address(
        "demande-recue", FORM, "resources/request_received.html", steps=fill_and_send,
        cookies=CSRF,
    ),
    Address(
        "demande-sans-cookie", FORM, "403_csrf.html", status=403, steps=send_without_cookie,
        cookies=CSRF,
    ),
    Address("alerte", ALERT, ALERT_FORM, cookies=CSRF),
    Address("alerte-erreurs", ALERT, ALERT_FORM, status=422, steps=send, cookies=CSRF),
    Address("kit-prevenez-moi", KIT, NOTICE_FORM, steps=ask_for_the_next_version, cookies=CSRF),
    Address("alerte-demandee", "/alerte/demandee/", ALERT_ANSWER),
    Address("alerte-lien-perdu", "/alerte/arret/lien-perdu/", ALERT_ANSWER, status=404),
    Address("ma-selection-vide", "/ma-selection/", SELECTION),
    Address("ma-selection", "/ressources/?type=kit&type=dossier", SELECTION, steps=set_aside,
            cookies=CHOSEN),
    Address("ma-selection-annuler", "/ressources/?type=kit&type=dossier", SELECTION,
            steps=set_aside_then_empty, cookies=CHOSEN),
    Address("selection-partagee", "/ma-selection/partagee/?i=999999&t=Pour+la+réunion",
            "resources/selection_shared.html"),
    Address("a-vos-couleurs", KIT, BRAND, steps=to_the_brand_form),
    Address("a-vos-couleurs-erreur", "/documents/invitation/", BRAND, status=422,
            steps=send_a_wrong_logo),
    Address("donnees-des-campagnes", "/campagnes/donnees/", "reports/campaign_data.html"),
    Address("comparator", "/campagnes/comparer/", COMPARATOR),
    Address("campagne-fermee", CLOSED_CAMPAIGN, CAMPAIGN),
    Address("campagne-code", "/campagnes/code/", CODE, cookies=CSRF),
    Address("campagne-code-faux", "/campagnes/code/", CODE, status=422, steps=send, cookies=CSRF),
    Address("plan", "/plan-du-site/", "home/site_map.html"),
    Address("page-simple", "/accessibilite/", STANDARD),
    Address("mentions-legales", "/mentions-legales/", STANDARD),
    Address("page-absente", "/page-qui-n-existe-pas/", "404.html", status=404),
    Address("trop-d-essais", "/admin/login/", "429.html", status=429, steps=fail_to_sign_in,
            cookies=CSRF),
]  # fmt: skip

ENGLISH = [
    Address("en-home", "/en/", "home/home_page.html", "en"),
    Address("en-comparator", "/en/campagnes/comparer/", COMPARATOR, "en"),
    Address("en-campaign-data", "/en/campagnes/donnees/", "reports/campaign_data.html", "en"),
    Address("en-campaign-closed", f"/en{CLOSED_CAMPAIGN}", CAMPAIGN, "en"),
    Address("en-campaign-code", "/en/campagnes/code/", CODE, "en", 422, send, CSRF),
    Address("en-library", "/en/resources/", LIBRARY, "en"),
    Address("en-search", "/en/resources/?q=quorum&type=glossary", LIBRARY, "en"),
    Address("en-search-empty", "/en/resources/?q=xyzzyxyzzy&type=video", LIBRARY, "en"),
    Address("en-search-definition", "/en/resources/?q=quorum", LIBRARY, "en"),
    Address("en-search-filters", "/en/resources/?q=quorum&type=video&step=apres", LIBRARY, "en"),
    Address("en-home-suggestions", "/en/", "home/home_page.html", "en", steps=suggest_in_english),
    Address(
        "en-synthesis",
        "/en/syntheses/synthesis-general-meeting-reports-2025-example/",
        SYNTHESIS,
        "en",
    ),
    Address("en-list-practices", "/en/practices/", INDEX, "en"),
    Address("en-list-kits", "/en/kits/", INDEX, "en"),
    Address("en-glossary", "/en/glossary/", "resources/glossary_index_page.html", "en"),
    Address("en-term", "/en/glossary/quorum/", "resources/glossary_term_page.html", "en"),
    Address("en-glossary-room", f"/en{ROOM}", "resources/glossary_room.html", "en"),
    Address(
        "en-glossary-booklet", "/en/glossaire/livret/", "resources/glossary_booklet.html", "en"
    ),
    Address("en-kit", ENGLISH_KIT, "resources/kit_page.html", "en"),
    Address("en-journey", ENGLISH_JOURNEY, "resources/journey_page.html", "en"),
    Address("en-alert", "/en/alerte/?type=kit", ALERT_FORM, "en", cookies=CSRF),
    Address(
        "en-kit-notice",
        ENGLISH_KIT,
        NOTICE_FORM,
        "en",
        steps=ask_for_the_next_version,
        cookies=CSRF,
    ),
    Address("en-alert-asked", "/en/alerte/demandee/", ALERT_ANSWER, "en"),
    Address("en-selection", "/en/ma-selection/", SELECTION, "en"),
    Address("en-brand", ENGLISH_KIT, BRAND, "en", steps=to_the_brand_form),
    Address("en-journey-cards", f"{ENGLISH_JOURNEY}cartes/", "resources/journey_cards.html", "en"),
    Address("en-thanks", f"{ENGLISH_KIT}?avis=merci", "resources/kit_page.html", "en"),
    Address("en-comparator", "/en/campagnes/comparer/", COMPARATOR, "en"),
    Address("en-site-map", "/en/plan-du-site/", "home/site_map.html", "en"),
    Address("en-standard", "/en/accessibility/", STANDARD, "en"),
    Address("en-not-found", "/en/no-such-page/", "404.html", "en", status=404),
]

ADDRESSES = FRENCH + ENGLISH
