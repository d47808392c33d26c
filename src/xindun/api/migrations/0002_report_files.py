"""A job may be a report file that is being read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial")]

    operations = [
        migrations.AddField("askedjob", "enquiry_id", models.UUIDField(null=True)),
    ]
