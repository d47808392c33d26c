"""Prove a run: review today's ledger with the run's own day and knowledge, compare the hashes.

What a reader would get wrong: a replay writes nothing. It works because the ledger keeps every
version of every fact with the time it was learned, so later imports are invisible to it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from xindun.control.monitoring import models
from xindun.control.monitoring.actions.plan import compute, planned
from xindun.control.monitoring.actions.shape import row_hashes, shape_accounts
from xindun.control.monitoring.reads.runs import run_of
from xindun.control.monitoring.values import Replay, Run, RunStatus
from xindun.engine.parameters import DEFAULTS, Parameters
from xindun.kernel.errors import DomainError
from xindun.kernel.merkle import merkle_root
from xindun.kit.staging import shaping
from xindun.kit.tenancy import tenant_scope

SHOWN = 20


class ReplayImpossible(DomainError):
    """The run was made with another model, or never finished."""

    code = "replay_impossible"
    sentence = "The run of {as_of} cannot be replayed: it was made with {theirs}, this is {ours}."


def replay(
    tenant_id: int, run_id: UUID, *, now: datetime, parameters: Parameters = DEFAULTS
) -> Replay:
    """Recompute a run with its own ``as_of`` and ``known_at`` from the ledger as it is now.

    Raises:
        UnknownRun: this tenant has no such run.
        ReplayImpossible: it did not finish, or the model or parameters are others.
    """
    with tenant_scope(tenant_id):
        run = run_of(run_id)
        _check(run, parameters)
    graded = run.company_grades_hash != ""
    with planned(
        tenant_id, parameters, now, run.as_of, run.known_at, with_company_grades=graded
    ) as plan:
        review = compute(plan)
    with shaping() as shaper:
        shape_accounts(shaper, review.accounts, review.seasonality)
        hashes = row_hashes(shaper)
    root = merkle_root(bytes.fromhex(digest) for _, _, digest in hashes).hex()
    same = root == run.snapshot_root
    with tenant_scope(tenant_id):
        differing = () if same else _differing(run, hashes)
    return Replay(run.run_id, same, run.snapshot_root, root, len(hashes), differing)


def _check(run: Run, parameters: Parameters) -> None:
    theirs = run.model_version, run.parameters_version
    ours = parameters.model_version, parameters.version
    if run.status is not RunStatus.FINISHED or theirs != ours:
        raise ReplayImpossible(
            as_of=run.as_of,
            theirs="/".join(theirs) if run.status is RunStatus.FINISHED else run.status,
            ours="/".join(ours),
        )


def _differing(run: Run, hashes: list[tuple[int, str, str]]) -> tuple[tuple[int, str], ...]:
    """Accounts whose row is not the stored one; empty when the snapshots are pruned."""
    rows = models.BuyerSnapshot.objects.filter(tenant_id=run.tenant_id, run_id=run.number)
    stored = {
        (buyer_id, currency): bytes(digest).hex()
        for buyer_id, currency, digest in rows.values_list("buyer_id", "currency", "row_hash")
    }
    if not stored:
        return ()
    computed = {(buyer_id, currency): digest for buyer_id, currency, digest in hashes}
    accounts = sorted(stored.keys() | computed.keys())
    return tuple(key for key in accounts if stored.get(key) != computed.get(key))[:SHOWN]
