"""Every file that is there becomes its own first version; licences written by hand join the list."""

from django.db import migrations

LICENCES = {
    "cc by 4.0": "cc-by-4.0",
    "cc by-sa 4.0": "cc-by-sa-4.0",
    "licence ouverte 2.0": "lo-2.0",
    "tous droits réservés": "reserved",
}
NAMES = {
    "cc-by-4.0": "CC BY 4.0",
    "cc-by-sa-4.0": "CC BY-SA 4.0",
    "lo-2.0": "Licence Ouverte 2.0",
    "reserved": "Tous droits réservés",
}


def bring_over(apps, schema_editor):
    document = apps.get_model("core", "HubDocument")
    version = apps.get_model("core", "DocumentVersion")
    for found in document.objects.exclude(file="").iterator():
        version.objects.get_or_create(
            document=found,
            number=1,
            defaults={
                "file": found.file.name,
                "file_size": found.file_size,
                "file_hash": found.file_hash,
                "page_count": found.page_count,
                "created_at": found.created_at,
                "created_by_id": found.uploaded_by_user_id,
            },
        )
    for found in document.objects.exclude(licence_text=""):
        code = LICENCES.get(" ".join(found.licence_text.lower().split()), "other")
        text = found.licence_text if code == "other" else ""
        document.objects.filter(pk=found.pk).update(licence_code=code, licence_text=text)


def take_back(apps, schema_editor):
    """The newest file stays that of its document; the files of older versions stay on the disk."""
    document = apps.get_model("core", "HubDocument")
    for code, name in NAMES.items():
        document.objects.filter(licence_code=code).update(licence_text=name)
    document.objects.exclude(licence_code="").update(licence_code="")
    apps.get_model("core", "DocumentVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0004_document_versions")]

    operations = [migrations.RunPython(bring_over, take_back)]
