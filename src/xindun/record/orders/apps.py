"""The Django application of the orders context."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders, their parts and their changes."""

    name = "xindun.record.orders"
    label = "orders"
    verbose_name = "orders"
    default_auto_field = "django.db.models.BigAutoField"
