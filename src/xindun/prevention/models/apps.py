"""The Django application of the model registry."""

from django.apps import AppConfig


class ModelsConfig(AppConfig):
    """Versions of models and their states."""

    name = "xindun.prevention.models"
    label = "prevention_models"
    verbose_name = "models"
    default_auto_field = "django.db.models.BigAutoField"
