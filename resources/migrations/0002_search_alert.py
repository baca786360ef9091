
import resources.models.alert
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('locale', models.CharField(max_length=12)),
                ('parameters', models.CharField(blank=True, max_length=1000)),
                ('token_hash', models.CharField(default=resources.models.alert.nobodys_digest, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('last_sent_at', models.DateTimeField(null=True)),
                ('seen_until', models.DateTimeField(null=True)),
                ('seen', models.JSONField(default=list)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('confirmed_at__isnull', False)), fields=['seen_until'], name='alert_to_look_at')],
                'constraints': [models.UniqueConstraint(fields=('email', 'locale', 'parameters'), name='alert_once_for_a_search')],
            },
        ),
    ]
