"""Names of the key figures, and the methods of the others, as shown beside them.

What a reader would get wrong: DSO is days and turnover is turns a year (应收账款周转天数 and
周转率); they move in opposite directions.
"""

from __future__ import annotations

KPIS: dict[str, str] = {
    "dso_countback": "DSO, countback",
    "dso_simple": "DSO, simple",
    "dso_best_possible": "DSO, best possible",
    "average_days_delinquent": "Average days delinquent",
    "collection_effectiveness": "Collection effectiveness, %",
    "turnover_turns": "Receivables turnover, turns a year",
    "turnover_days": "Receivables turnover, days",
}
"""Code → name, in the order of the report; the methods are the engine's phrases."""

FIGURES: dict[str, tuple[str, str]] = {
    "open_total": (
        "Open total",
        "Invoices and retention money not yet settled on the day, disputed ones included; the "
        "ageing buckets sum to it exactly. A bill counts as payment from the day it was honoured.",
    ),
    "overdue": ("Overdue", "The part of the open total that is past its due date."),
    "net": ("Net", "Open total − open credit notes − receipts not yet applied."),
    "days_beyond_terms": (
        "Days beyond terms",
        "Days paid after the due date, weighted by amount; what is still unpaid counts with its "
        "age to date. Negative means paid early.",
    ),
    "payment_index": (
        "Payment index",
        "1–100 on the published days-beyond-terms ladder; higher is better.",
    ),
    "grade": (
        "Grade",
        "1 is best, 10 is worst; from payment behaviour alone. It is no default probability.",
    ),
    "health_score": (
        "Health score",
        "0–100, higher is safer: the sum of the points shown as reasons.",
    ),
    "limit": (
        "Recommended limit",
        "The smallest of the formulas that the ledger supports, rounded down.",
    ),
    "concentration": (
        "Concentration",
        "Share of the open total owed by the largest buyers. HHI is the sum of the squared "
        "shares: 10,000 is a single buyer.",
    ),
}
"""Code → label and method of the figures that are no KPI."""
