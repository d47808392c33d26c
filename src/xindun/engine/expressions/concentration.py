"""How much of each currency's open total stands with few buyers or one country.

What a reader would get wrong: the index (HHI) is the sum of squared shares between 0 and 1, taken
over positive balances; an account in credit does not concentrate risk.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

TOP = (1, 5, 10)


def concentration(accounts: ir.Table, buyers: ir.Table) -> ir.Table:
    """Rows of currency, measure (top1, top5, top10, hhi, country), key, amount, share.

    ``key`` is the country for the measure country (null: not known); ``amount`` is null for hhi.
    """
    owed = accounts.filter(accounts.open_total > 0)
    all_of = ibis.window(group_by=owed.currency)
    amount = owed.open_total.cast("float64")
    ranked = owed.select(
        "buyer_id",
        "currency",
        "open_total",
        share=amount / amount.sum().over(all_of),
        place=ibis.row_number().over(
            ibis.window(group_by=owed.currency, order_by=[owed.open_total.desc(), owed.buyer_id])
        )
        + 1,
    )
    no_key = ibis.null("string")
    rows = []
    for top in TOP:
        head = ranked.filter(ranked.place <= top)
        sums = head.group_by("currency").aggregate(
            amount=head.open_total.sum().cast("decimal(38, 4)"), share=head.share.sum()
        )
        rows.append(_measure(sums, f"top{top}", no_key, sums.amount))
    hhi = ranked.group_by("currency").aggregate(share=(ranked.share * ranked.share).sum())
    rows.append(_measure(hhi, "hhi", no_key, ibis.null("decimal(38, 4)")))
    places = buyers.select(place_id="buyer_id", country="country")
    placed = ranked.left_join(places, ranked.buyer_id == places.place_id)
    by_country = placed.group_by("currency", "country").aggregate(
        amount=placed.open_total.sum().cast("decimal(38, 4)"), share=placed.share.sum()
    )
    rows.append(_measure(by_country, "country", by_country.country, by_country.amount))
    result = rows[0].union(*rows[1:])
    return result.order_by(result.currency, result.measure, result.amount.desc(), result.key)


def _measure(rows: ir.Table, measure: str, key: ir.Value, amount: ir.Value) -> ir.Table:
    return rows.select(
        "currency",
        measure=ibis.literal(measure),
        key=key,
        amount=amount,
        share=rows.share.round(6),
    )
