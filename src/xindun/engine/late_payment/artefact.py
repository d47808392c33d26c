"""The trained model as one JSON file: inputs, trees, what it was trained on, and its card.

What a reader would get wrong: the file's bytes are canonical, so equal training gives an equal
SHA-256, and that hash is the model's version. It is made of one seller's ledger and stays with
that seller; nothing of it ships with Xindun.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np

from xindun.engine.late_payment.inputs import Array, Inputs, falling
from xindun.engine.late_payment.spec import COLUMNS, FEATURES_VERSION, THRESHOLDS
from xindun.engine.late_payment.trees import Tree, log_odds, tree_of
from xindun.kernel.errors import DomainError

KIND = "owed-curve-trees"
HISTORY_WEIGHT = 0.3
"""The invoice's own history has this weight beside the trees: it steadies them out of time."""


class NotALateModel(DomainError):
    """A file is no late-payment model, or one made for other inputs."""

    code = "not_a_late_model"
    sentence = "{name} is no late-payment model of this version ({why}); train it again."


@dataclass(frozen=True, slots=True)
class Trained:
    """On what a model was trained.

    Attributes:
        as_of: the day up to which anything was known.
        base_rates: days of ``ASKED`` → share of the training invoices paid later than that.
    """

    as_of: date
    issued_from: date
    issued_until: date
    invoices: int
    rows: int
    payers: int
    base_rates: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class LateModel:
    """A trained model; ``version`` is the hash of its bytes."""

    trees: tuple[Tree, ...]
    trained: Trained
    settings: Mapping[str, Any]

    def curves(self, rows: Inputs) -> Array:
        """The chance that each invoice is still owed at the end of each threshold."""
        odds = log_odds(self.trees, rows.rows).reshape(rows.history.shape)
        grown = falling(np.where(rows.unissued, 1.0, 1 / (1 + np.exp(-odds))))
        return falling(HISTORY_WEIGHT * rows.history + (1 - HISTORY_WEIGHT) * grown)

    def as_bytes(self) -> bytes:
        """The file's content."""
        trained = self.trained
        content = {
            "id": "late-payment",
            "kind": KIND,
            "features": FEATURES_VERSION,
            "columns": COLUMNS,
            "thresholds": THRESHOLDS,
            "history_weight": HISTORY_WEIGHT,
            "settings": dict(self.settings),
            "trained": {
                "as_of": trained.as_of.isoformat(),
                "issued_from": trained.issued_from.isoformat(),
                "issued_until": trained.issued_until.isoformat(),
                "invoices": trained.invoices,
                "rows": trained.rows,
                "payers": trained.payers,
                "base_rates": {str(days): rate for days, rate in trained.base_rates.items()},
            },
            "licence": "made of one seller's own ledger: for that seller's use only",
            "limits": LIMITS,
            "trees": [tree.as_json() for tree in self.trees],
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()

    @property
    def version(self) -> str:
        """SHA-256 of the file in hex."""
        return sha256(self.as_bytes()).hexdigest()


LIMITS = (
    "Says when an invoice is paid, never whether the buyer fails.",
    "Holds for the ledger it was trained on; another seller's buyers pay another way.",
    "Sees payments and invoices only: a dispute, a promise or bad news is not in it.",
)


def read_model(content: bytes, name: str) -> LateModel:
    """The model in a file.

    Raises:
        NotALateModel: the file is something else, or was made for other inputs.
    """
    try:
        stored = json.loads(content)
        if stored["kind"] != KIND or stored["features"] != FEATURES_VERSION:
            raise NotALateModel(name=name, why=f"{stored['kind']}, {stored['features']}")
        told = stored["trained"]
        trained = Trained(
            as_of=date.fromisoformat(told["as_of"]),
            issued_from=date.fromisoformat(told["issued_from"]),
            issued_until=date.fromisoformat(told["issued_until"]),
            invoices=told["invoices"],
            rows=told["rows"],
            payers=told["payers"],
            base_rates={int(days): rate for days, rate in told["base_rates"].items()},
        )
        return LateModel(tuple(map(tree_of, stored["trees"])), trained, stored["settings"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotALateModel(name=name, why=type(error).__name__) from error
