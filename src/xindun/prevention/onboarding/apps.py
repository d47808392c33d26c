"""The Django application of the onboarding context."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    """Checklists, proofs and waivers."""

    name = "xindun.prevention.onboarding"
    label = "onboarding"
    verbose_name = "onboarding"
    default_auto_field = "django.db.models.BigAutoField"
