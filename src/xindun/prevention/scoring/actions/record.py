"""Keep the scores of a portfolio run, in bulk.

What a reader would get wrong: most accounts of a daily run have the score they had yesterday and
get no row. Two scores count as the same when grade, health score, payment index, confidence,
model, scale and every reason's points agree; the parameters of a sentence may
differ by a day without making the decision another one.
"""

from __future__ import annotations

import pyarrow as pa
from django.db import connection

from xindun.kit.events import FILE_CHANGED, announce
from xindun.kit.staging import shaping, stage
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring.values import Scale, Stamp

REASONS_JSON = """to_json(list_transform(reasons, lambda x: json_array(
    x.code, x.points::varchar, x.max_points::varchar, x.value::decimal(38, 4)::varchar,
    x.params::json)))"""
COUNTERFACTUALS_JSON = """to_json(list_transform(counterfactuals, lambda x: json_array(
    x.code, x.factor, x.from_value::decimal(38, 4)::varchar, x.to_value::decimal(38, 4)::varchar,
    x.gain_points::varchar, x.reaches_grade, x.params::json)))"""
"""DuckDB's text of the stored form that ``values.reasons_of`` and its sibling read back."""

_STAGED = {
    "buyer_id": "bigint",
    "currency": "text",
    "grade": "smallint",
    "not_rated_reason": "text",
    "health_score": "numeric",
    "payment_index": "numeric",
    "confidence": "text",
    "reasons": "text",
    "counterfactuals": "text",
    "content_hash": "text",
}

_SHAPE = f"""
    select buyer_id, currency, grade, not_rated_reason,
        health_score::decimal(4, 1), payment_index::decimal(4, 1), confidence,
        {REASONS_JSON}, {COUNTERFACTUALS_JSON},
        sha256(json_array(
            $scale$, $model$, grade, not_rated_reason, health_score::decimal(4, 1)::varchar,
            payment_index::decimal(4, 1)::varchar, confidence,
            to_json(list_transform(reasons, lambda x: json_array(x.code, x.points::varchar))),
            to_json(list_transform(counterfactuals,
                lambda x: json_array(x.code, x.factor, x.reaches_grade)))
        )::varchar)
    from accounts"""

_INSERT = """
    insert into scoring_score (
        tenant_id, buyer_id, currency, as_of, known_at, ledger_version, run_id, scale_id,
        direction, horizon_days, model_version, grade, not_rated_reason, health_score,
        payment_index, confidence, reasons, counterfactuals, content_hash)
    select %(tenant)s, staged.buyer_id, staged.currency, %(as_of)s, %(known_at)s,
        %(ledger_version)s, %(run_id)s, %(scale_id)s, %(direction)s, %(horizon_days)s,
        %(model_version)s, staged.grade, staged.not_rated_reason, staged.health_score,
        staged.payment_index, staged.confidence, staged.reasons, staged.counterfactuals,
        decode(staged.content_hash, 'hex')
    from staged_scores staged
    left join lateral (
        select earlier.content_hash
        from scoring_score earlier
        where earlier.tenant_id = %(tenant)s
            and earlier.buyer_id = staged.buyer_id
            and earlier.currency = staged.currency
            and (earlier.as_of, earlier.known_at) <= (%(as_of)s, %(known_at)s)
        order by earlier.as_of desc, earlier.known_at desc, earlier.id desc
        limit 1
    ) latest on true
    where %(everything)s
        or latest.content_hash is distinct from decode(staged.content_hash, 'hex')
    order by staged.buyer_id, staged.currency"""


def record(stamp: Stamp, scale: Scale, accounts: pa.Table, *, everything: bool = False) -> int:
    """Append the scores of ``accounts`` that changed, inside the caller's tenant scope.

    Args:
        stamp: under what they were given.
        scale: what their grades mean.
        accounts: the engine's accounts table (``Review.accounts``).
        everything: also append those that did not change (a decision run).

    Returns:
        How many rows were written.
    """
    shape = _SHAPE.replace("$scale$", quoted(scale.scale_id)).replace(
        "$model$", quoted(stamp.model_version)
    )
    with shaping(accounts=accounts) as shaper:
        stage(shaper, "staged_scores", _STAGED, shape)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "tenant": current_tenant_id(),
                "as_of": stamp.as_of,
                "known_at": stamp.known_at,
                "ledger_version": stamp.ledger_version,
                "run_id": stamp.run_id,
                "scale_id": scale.scale_id,
                "direction": scale.direction,
                "horizon_days": scale.horizon_days,
                "model_version": stamp.model_version,
                "everything": everything,
            },
        )
        written = int(cursor.rowcount)
    if written:
        announce(FILE_CHANGED)
    return written


def quoted(text: str) -> str:
    """``text`` as an SQL literal; the statement of a COPY takes no parameters in DuckDB."""
    return "'" + text.replace("'", "''") + "'"
