from django.db import migrations


def mark_those_with_words(apps, schema_editor):
    """Readings made before the field was there."""
    apps.get_model('core', 'FileReading').objects.exclude(pages=[]).update(has_words=True)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0010_words_of_readings'),
    ]

    operations = [
        migrations.RunPython(mark_those_with_words, migrations.RunPython.noop),
    ]
