"""A run knows how many actions it lists, so that no page counts them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="portfoliorun",
            name="actions",
            field=models.IntegerField(default=0),
        ),
    ]
