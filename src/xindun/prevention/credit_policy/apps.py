"""The Django application of the credit policy."""

from django.apps import AppConfig


class CreditPolicyConfig(AppConfig):
    """Versions of the credit policy and the draft."""

    name = "xindun.prevention.credit_policy"
    label = "credit_policy"
    verbose_name = "credit policy"
    default_auto_field = "django.db.models.BigAutoField"
