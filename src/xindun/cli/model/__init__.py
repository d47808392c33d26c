"""``xindun model``: train models, use them, and test them on what came later.

One group a verb, one command a model: ``xindun model train late-payment``.
"""

from __future__ import annotations

import typer

from xindun.cli.model import default_risk, late_payment, registry

app = typer.Typer(no_args_is_help=True, help="Train, use and test models.", rich_markup_mode=None)

VERBS = {
    "train": "Train a model.",
    "predict": "Use a model.",
    "score": "Use a model of probabilities.",
    "validate": "Test a model on what came after its training.",
}

verbs = {name: typer.Typer(no_args_is_help=True, help=text) for name, text in VERBS.items()}
for name, group in verbs.items():
    app.add_typer(group, name=name)

verbs["train"].command("late-payment")(late_payment.train)
verbs["predict"].command("late-payment")(late_payment.predict)
verbs["validate"].command("late-payment")(late_payment.validate)
verbs["train"].command("default-risk")(default_risk.train)
verbs["score"].command("default-risk")(default_risk.score)
verbs["validate"].command("default-risk")(default_risk.validate)
app.command("list")(registry.show)
app.command("drift")(registry.drift)
