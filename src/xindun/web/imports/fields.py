"""The names of a ledger's fields in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMES = {
    "customer_number": _("Customer number"),
    "customer_name": _("Customer name"),
    "country": _("Country"),
    "document_kind": _("Kind of document"),
    "number": _("Document number"),
    "issued_on": _("Date of issue"),
    "due_on": _("Due date"),
    "original_due_on": _("Original due date"),
    "terms_days": _("Payment terms"),
    "amount": _("Amount"),
    "open_amount": _("Open amount"),
    "paid_amount": _("Amount paid"),
    "debit": _("Debit"),
    "credit": _("Credit"),
    "currency": _("Currency"),
    "paid_on": _("Paid on"),
    "settlement_kind": _("Way of payment"),
    "applies_to": _("Applies to document"),
    "disputed": _("Disputed"),
    "is_open": _("Open or settled"),
    "contract": _("Contract"),
    "salesperson": _("Salesperson"),
    "delivered_on": _("Delivered on"),
    "accepted_on": _("Accepted on"),
    "reconciled_on": _("Reconciled on"),
    "invoiced_on": _("Invoiced on"),
    "net_amount": _("Net amount"),
    "vat_amount": _("VAT amount"),
    "bill_number": _("Bill number"),
    "bill_matures_on": _("Bill matures on"),
    "bill_status": _("Status of the bill"),
    "acceptor": _("Acceptor"),
    "honoured_on": _("Honoured on"),
    "dishonoured_on": _("Dishonoured on"),
    "released_on": _("Released on"),
    "recorded_on": _("Recorded on"),
    "parties": _("Parties of the set-off"),
    "row_id": _("Row identifier"),
}


def field_name(field: str) -> str:
    """A field's name; a field that is new and unnamed here is shown by its code."""
    return str(NAMES.get(field, field))
