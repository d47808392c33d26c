"""A validation report as text for a terminal: no figure without its base rate."""

from __future__ import annotations

from typing import Any

Report = dict[str, Any]


def told(report: Report) -> str:
    """The report in lines."""
    lines = [
        f"Model {report['model'][:12]}, trained until {report['trained_until']}; tested on "
        f"{report['invoices']:,} invoices of {report['payers']:,} payers issued "
        f"{report['tested_from']} to {report['tested_until']}.",
        "",
        "paid          base rate     AUC  (history)    Brier (base rate)  recall at 5 % / 10 %",
    ]
    for each in report["chances"]:
        days = each["more_than_days"]
        recalls = " / ".join(f"{alert['recall']:.0%}" for alert in each["alerts"]) or "–"
        lines.append(
            f"{'late' if days == 0 else f'> {days} days late':13} {each['base_rate']:9.2%}  "
            f"{_figure(each['auc'])}   ({_figure(each['auc_of_history'])})   "
            f"{each['brier']:.4f}    ({each['brier_of_base_rate']:.4f})  {recalls:>18}"
        )
    days = report["days"]
    if days["invoices"]:
        lines += ["", *_days(days)]
    return "\n".join(lines)


def _days(days: Report) -> list[str]:
    rows = (
        ("model", "mae", ""),
        ("history curve", "mae_of_history", ""),
        ("median of the customer as named", "mae_of_customer_median", "below_customer_median"),
        ("median of all its spellings", "mae_of_payer_median", "below_payer_median"),
        ("due date", "mae_of_due_date", ""),
    )
    lines = [f"Mean error of the expected day, {days['invoices']:,} paid invoices:"]
    for name, key, below in rows:
        gain = days.get(below)
        told_gain = "" if gain is None else f"   the model is {gain:.1%} below"
        lines.append(f"  {name:32} {days[key]:6.2f} days{told_gain}")
    lines.append(
        f"The band from early to slow day, meant to hold 80 %, held {days['band_80_holds']:.1%} "
        f"({days['paid_before_band']:.1%} paid before it, {days['paid_after_band']:.1%} after)."
    )
    return lines


def _figure(value: float | None) -> str:
    return "  –  " if value is None else f"{value:.3f}"
