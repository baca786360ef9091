from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_campaigns")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="resumed",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
