"""Which company grades a run knew: one asked for after a company was graded is another run."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_count_actions")]

    operations = [
        migrations.AddField(
            model_name="portfoliorun",
            name="company_grades_hash",
            field=models.TextField(default=""),
        ),
        migrations.RemoveConstraint(model_name="portfoliorun", name="monitoring_run_once"),
        migrations.AddConstraint(
            model_name="portfoliorun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pruned", ""), ("restated", False), ("status", "finished")),
                fields=(
                    "tenant",
                    "ledger_version",
                    "as_of",
                    "model_version",
                    "parameters_version",
                    "company_grades_hash",
                ),
                name="monitoring_run_once",
            ),
        ),
    ]
