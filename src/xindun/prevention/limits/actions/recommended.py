"""Keep the recommended limits of a portfolio run, in bulk.

What a reader would get wrong: a recommendation that is what it was gets no row. Two count as the
same when amount, binding formula, model and every formula's number agree.
"""

from __future__ import annotations

import pyarrow as pa
from django.db import connection

from xindun.kit.staging import shaping, stage
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring.values import Stamp

FORMULAS_JSON = """to_json(list_transform(limit_formulas, lambda x: json_array(
    x.code, x.available, x.amount::varchar, x.reason, x.params::json)))"""
"""DuckDB's text of the stored form that ``values.formulas_of`` reads back."""

_STAGED = {
    "buyer_id": "bigint",
    "currency": "text",
    "amount": "numeric",
    "binding": "text",
    "formulas": "text",
    "content_hash": "text",
}

_SHAPE = f"""
    select buyer_id, currency, limit_recommended, limit_binding, {FORMULAS_JSON},
        sha256(json_array(
            limit_recommended::varchar, limit_binding,
            to_json(list_transform(limit_formulas,
                lambda x: json_array(x.code, x.amount::varchar, x.reason)))
        )::varchar)
    from accounts"""

_INSERT = """
    insert into limits_recommendation (
        tenant_id, buyer_id, currency, as_of, known_at, ledger_version, run_id, model_version,
        amount, binding, formulas, content_hash)
    select %(tenant)s, staged.buyer_id, staged.currency, %(as_of)s, %(known_at)s,
        %(ledger_version)s, %(run_id)s, %(model_version)s,
        staged.amount, staged.binding, staged.formulas, decode(staged.content_hash, 'hex')
    from staged_limits staged
    left join lateral (
        select earlier.content_hash, earlier.model_version
        from limits_recommendation earlier
        where earlier.tenant_id = %(tenant)s
            and earlier.buyer_id = staged.buyer_id
            and earlier.currency = staged.currency
            and (earlier.as_of, earlier.known_at) <= (%(as_of)s, %(known_at)s)
        order by earlier.as_of desc, earlier.known_at desc, earlier.id desc
        limit 1
    ) latest on true
    where %(everything)s
        or latest.model_version is distinct from %(model_version)s
        or latest.content_hash is distinct from decode(staged.content_hash, 'hex')
    order by staged.buyer_id, staged.currency"""


def record(stamp: Stamp, accounts: pa.Table, *, everything: bool = False) -> int:
    """Append the recommendations of ``accounts`` that changed, inside the caller's tenant scope.

    Args:
        stamp: under what they were recommended.
        accounts: the engine's accounts table (``Review.accounts``).
        everything: also append those that did not change (a decision run).

    Returns:
        How many rows were written.
    """
    with shaping(accounts=accounts) as shaper:
        stage(shaper, "staged_limits", _STAGED, _SHAPE)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "tenant": current_tenant_id(),
                "as_of": stamp.as_of,
                "known_at": stamp.known_at,
                "ledger_version": stamp.ledger_version,
                "run_id": stamp.run_id,
                "model_version": stamp.model_version,
                "everything": everything,
            },
        )
        return int(cursor.rowcount)
