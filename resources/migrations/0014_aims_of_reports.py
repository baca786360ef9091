import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0013_outcome_of_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='experiencereportpage',
            name='plans',
            field=wagtail.fields.RichTextField(blank=True, verbose_name='aims for the next meeting'),
        ),
    ]
