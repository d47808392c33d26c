"""The Django application of company files."""

from django.apps import AppConfig


class CompanyFileConfig(AppConfig):
    """Facts and documents of a tenant's parties."""

    name = "xindun.record.company_file"
    label = "company_file"
    verbose_name = "company files"
    default_auto_field = "django.db.models.BigAutoField"
