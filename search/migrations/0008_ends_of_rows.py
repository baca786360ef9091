"""When the first row ends: its words are no longer offered from then on."""

from django.db import migrations, models


def note_the_first_end(apps, _schema_editor):
    first = apps.get_model("search", "SearchDocument").objects.aggregate(
        first=models.Min("expires_at")
    )["first"]
    apps.get_model("search", "SearchState").objects.update(next_end=first)


class Migration(migrations.Migration):
    dependencies = [("search", "0007_index_version")]

    operations = [
        migrations.AddField("searchstate", "next_end", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "searchdocument", models.Index(fields=["expires_at"], name="search_doc_ends")
        ),
        migrations.RunPython(note_the_first_end, migrations.RunPython.noop),
    ]
