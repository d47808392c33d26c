"""A default-risk validation as text for a terminal and as one HTML file.

What a reader would get wrong: every table carries the base rate, because the same AUC means
another precision at another base rate.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from xindun.cli.review.sentences import Speaker
from xindun.engine.phrases import PHRASES

Report = dict[str, Any]


def html(report: Report, lang: str) -> str:
    """The report as a page that needs no network and prints well."""
    say = Speaker(lang)
    environment = Environment(
        loader=PackageLoader("xindun.cli.model", "page"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"_": say, "named": lambda code: named(say, code)}
    return environment.get_template("default_risk.html").render(r=report, lang=say.lang)


def named(say: Speaker, code: str) -> str:
    """An input, a baseline or the probability in words."""
    for family in ("ratio", "distress"):
        if f"{family}.{code}" in PHRASES:
            return say(PHRASES[f"{family}.{code}"])
    return {"probability": say("Probability"), "logistic": say("Logistic regression")}.get(
        code, code
    )


def told(report: Report) -> str:
    """The report in lines."""
    trained = report["trained_on"]["years"]
    years, base = report["years"], report["base_rate"]
    lines = [
        f"Model {report['model']} {report['version']}, trained on {trained[0]} to {trained[1]}; "
        f"tested on {report['rows']:,} firm-years of {report['firms']:,} firms, "
        f"{years[0]} to {years[1]}.",
        f"{report['events']} failed in the year after: base rate {base:.2%}. Left out, because "
        f"the data end before their outcome: {report['left_out']}.",
    ]
    if report["overlaps_training"]:
        lines.append("These years overlap those the model learnt from: no test of the future.")
    line = report["calibration"]
    slope = "–" if line is None else f"{line['slope']:.2f}"
    lines += [
        "",
        f"AUC {report['auc']:.4f} ± {report['auc_error']:.4f}   Gini {report['gini']:.4f}   "
        f"KS {report['ks']:.4f}   PR-AUC {report['average_precision']:.4f}",
        f"Brier {report['brier']:.5f} (naming the base rate: {report['trivial']['brier']:.5f})   "
        f"mean probability {report['mean_probability']:.2%}   calibration slope {slope}",
        f'Saying "nobody fails" is right in {report["trivial"]["accuracy"]:.2%} of rows and finds '
        "no failure.",
        "",
        "baseline            AUC",
        *(f"{name:18} {each['auc']:.4f}" for name, each in report["baselines"].items()),
        "",
        "alerted   recall   precision   median lead (days)",
        *map(_alert, report["alerts"], report["lead_times"]),
        "",
        "grade      rows   failed   stated   happened   binomial p",
        *(_grade(each) for each in report["grades"] if each["rows"]),
        "",
        "year       rows   failed   base rate   AUC",
        *(_year(each) for each in report["by_year"]),
        "",
        "Moved most since training (PSI; watch from 0.10, act from 0.25): "
        + ", ".join(f"{each['name']} {each['psi']:.3f}" for each in report["drift"][:4]),
    ]
    return "\n".join(lines)


def _alert(alert: Report, lead: Report) -> str:
    least, most = lead["least_median_days"], lead["most_median_days"]
    days = "–" if least is None else f"{least:.0f} to {most:.0f}"
    return (
        f"{alert['rate']:7.0%}  {alert['recall']:7.1%}  {alert['precision']:10.1%}   {days} "
        f"({lead['alerted']} of {lead['firms']} firms)"
    )


def _grade(each: Report) -> str:
    off = "  off" if each["is_off"] else ""
    return (
        f"{each['grade']:5}  {each['rows']:8,}  {each['events']:7}  {each['stated']:7.2%}  "
        f"{each['happened']:9.2%}   {each['p_value']:.3f}{off}"
    )


def _year(each: Report) -> str:
    area = "  –" if each["auc"] is None else f"{each['auc']:.4f}"
    return (
        f"{each['year']:4}   {each['rows']:8,}  {each['events']:7}   {each['base_rate']:9.2%}   "
        f"{area}"
    )
