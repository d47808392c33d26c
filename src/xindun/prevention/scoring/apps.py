"""The Django application of the scoring context."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Scores as they were given."""

    name = "xindun.prevention.scoring"
    label = "scoring"
    verbose_name = "scoring"
    default_auto_field = "django.db.models.BigAutoField"
