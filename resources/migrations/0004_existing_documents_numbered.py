"""Existing documents take the number of their first page into their address; the old ones redirect."""

from django.db import migrations


def bring_over(apps, schema_editor):
    document = apps.get_model("resources", "DocumentPage")
    redirects = apps.get_model("wagtailredirects", "Redirect").objects
    numbers = {}
    for page in document.objects.order_by("pk"):
        number = numbers.setdefault(page.translation_key, page.pk)
        document.objects.filter(pk=page.pk).update(number=number)
        old, _new = _move(apps, page, f"{number}-{page.slug}"[:255])
        redirects.get_or_create(
            old_path=old.rstrip("/"),
            site=None,
            defaults={"redirect_page_id": page.pk, "is_permanent": True},
        )


def take_back(apps, schema_editor):
    document = apps.get_model("resources", "DocumentPage")
    redirects = apps.get_model("wagtailredirects", "Redirect").objects
    for page in document.objects.exclude(number=None):
        bare = page.slug.removeprefix(f"{page.number}-")
        if bare != page.slug:
            _old, new = _move(apps, page, bare)
            redirects.filter(old_path=new.rstrip("/"), site=None).delete()


def _move(apps, page, slug):
    """Give the page another slug; return the paths that readers type, before and after.

    The row of the index follows; without its hash, the search writes it anew when it next looks.
    """
    rows = apps.get_model("search", "SearchDocument").objects.filter(page_id=page.pk)
    old = rows.values_list("url", flat=True).first() or _below_home(page)
    length = len(page.slug) + 1
    new = f"{old[:-length]}{slug}/"
    apps.get_model("wagtailcore", "Page").objects.filter(pk=page.pk).update(
        slug=slug, url_path=f"{page.url_path[:-length]}{slug}/"
    )
    rows.update(url=new, content_hash="")
    return old, new


def _below_home(page):
    """Without its first part, which is the slug of the home page; a language has its own prefix."""
    parts = page.url_path.strip("/").split("/")[1:]
    code = page.locale.language_code
    return "/" + "/".join([*([] if code == "fr" else [code]), *parts]) + "/"


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0003_document_addresses"),
        ("search", "0008_ends_of_rows"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(bring_over, take_back)]
