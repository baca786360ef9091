"""An answer with one unique word in everything that a campaign keeps of it."""

import io
from datetime import timedelta

from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from hub.core import mail
from hub.core.models import HubImage
from resources.models import ExperienceReportPage, ResourceIndexPage
from resources.reports import attachments, receipts
from resources.reports.models import (
    Answer,
    Participant,
    PlannedMail,
    Publication,
    ReviewEvent,
    SentMail,
)
from tests import campaigns

WORD = "zyxanthe"


def planted() -> Answer:
    """The answer; WORD stands in its values, files, mails, log, page, translation, pictures…"""
    campaign = campaigns.campaign()
    of = campaigns.participant(campaign)
    of.contacts.update(name=f"Camille {WORD}", email=f"{WORD}@coop.example")
    answer = campaigns.answer(of, state="in-review", sent_at=timezone.now() - timedelta(days=1))
    _tell(answer)
    _attach(answer)
    _publish(answer)
    _write_mails(answer, of)
    return answer


def _tell(answer: Answer) -> None:
    story = f"Nous avons essayé {WORD}, et cela a marché. " * 20
    fields = {
        "values": {"ce_qui_a_marche": story, "consent_niveau": "nom"},
        "unread": {"q-duree-h": [WORD]},
        "resumed": {
            "values": {"ce_qui_a_marche": story + "!"},
            "unread": {},
            "prefilled": [],
            "reasons": {},
        },
        "reasons": {"why-x": WORD},
        "question": f"Que veut dire {WORD} ?",
        "public_texts": {"ce_qui_a_marche": story},
    }
    for number in range(5):  # an answer is written many times: older versions stay in free pages
        Answer.objects.filter(pk=answer.pk).update(**fields, version=number)
    answer.refresh_from_db()
    answer.consents.create(question_key="consent_niveau", value="nom")
    ReviewEvent.objects.create(
        answer=answer, before="received", after="accepted", who="Alex", why=f"Bien, {WORD}",
        changes={"tried": ["", WORD]},
    )  # fmt: skip


def _attach(answer: Answer) -> None:
    questions = answer.campaign.shape.questions
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#123456").save(picture, "PNG")
    uploads = {
        "photos": SimpleUploadedFile(f"{WORD}.png", picture.getvalue(), "image/png"),
        "documents": SimpleUploadedFile("a.csv", f"colonne;{WORD}\n1;2\n".encode(), "text/csv"),
    }
    for key, upload in uploads.items():
        attachments.add(answer, questions[key], upload)
    answer.refresh_from_db()


def _publish(answer: Answer) -> None:
    photo = answer.attachments.get(question_key="photos")
    with attachments.open_file(photo) as file:
        content = ImageFile(io.BytesIO(file.read()), name="retour.png")
    image = HubImage(title=f"La salle de {WORD}", description=WORD, file=content)
    image._set_image_file_metadata()
    image.save()
    image.get_rendition("width-20")
    index = ResourceIndexPage.objects.get(listed_type="report", locale__language_code="fr")
    page = ExperienceReportPage(
        title=f"Essayer {WORD}", summary=f"Avec {WORD}.", slug=f"essayer-{WORD}", cover=image,
        tried=f"<p>{WORD} encore</p>", consent="named",
    )  # fmt: skip
    index.add_child(instance=page)
    for text in ("un", "deux", "trois"):
        page.worked = f"<p>{WORD} {text}</p>"
        page.save_revision(log_action=True).publish()
    Publication.objects.create(answer=answer, page=page, accepted_by=answer.events.get())
    _translate(page)


def _translate(page: Page) -> None:
    source, _made = TranslationSource.update_or_create_from_instance(page)
    english = ResourceIndexPage.objects.get(listed_type="report", locale__language_code="en")
    copy = page.copy_for_translation(english.locale)
    copy.summary = f"With {WORD}."
    copy.save_revision(log_action=True).publish()
    source.refresh_segments()


def _write_mails(answer: Answer, of: Participant) -> None:
    contact = of.contacts.get()
    planned = PlannedMail.objects.create(
        campaign=answer.campaign, kind="opening", due_at=timezone.now(), subject_fr="Bonjour",
        body_fr="Bonjour",
    )  # fmt: skip
    SentMail.objects.create(mail=planned, contact=contact)
    receipts.ask(answer, answer.key)
    mail.send_later("one", subject=f"À {WORD}", body=WORD, to=contact.email)
