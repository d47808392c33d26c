"""Take in the buyers that a ledger names.

What a reader would get wrong: a known buyer keeps the name it was first written with. Exports
spell one customer in several ways from row to row, and a name that follows the last file read
would flip with every import; only a missing country is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from xindun.kernel.identifiers import new_public_id
from xindun.record.parties.rules import name_key, search_key, sort_key

BUYERS_TABLE = "xd_buyer"
"""The temporary table ``record_staged_buyers`` reads: local_id, buyer_key, name, country. It
adds the row ids of the buyers in column ``buyer_id``."""

_TENANT = "nullif(current_setting('xindun.tenant_id', true), '')::bigint"
_NEW = f"""
select s.buyer_key, s.name, s.country from {BUYERS_TABLE} s
left join parties_buyer b on b.source = %(source)s and b.buyer_key = s.buyer_key
where b.id is null order by s.local_id
"""
_STAGE_NEW = """
create temporary table xd_new_buyer (
    public_id uuid, buyer_key text, name text, name_key text, sort_key text, search_key text,
    country text
) on commit drop
"""
_INSERT = f"""
insert into parties_buyer
    (tenant_id, source, public_id, buyer_key, name, name_key, sort_key, search_key, country)
select {_TENANT}, %(source)s, * from xd_new_buyer
on conflict (tenant_id, source, buyer_key) do nothing
"""
_COUNTRIES = f"""
update parties_buyer b set country = s.country from {BUYERS_TABLE} s
where b.source = %(source)s and b.buyer_key = s.buyer_key
    and b.country is null and s.country is not null
"""
_IDS = f"""
update {BUYERS_TABLE} s set buyer_id = b.id from parties_buyer b
where b.source = %(source)s and b.buyer_key = s.buyer_key
"""


@dataclass(frozen=True, slots=True)
class BuyersRecorded:
    """How many buyers came in, and how many got a country."""

    added: int
    updated: int


def record_staged_buyers(source: str) -> BuyersRecorded:
    """Add the staged buyers that ``source`` did not name before; see ``BUYERS_TABLE``.

    Runs in the transaction and tenant scope of the import that staged them.
    """
    values = {"source": source}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTRIES, values)
        updated = int(cursor.rowcount)
        cursor.execute(_NEW, values)
        new = cursor.fetchall()
        added = 0
        if new:
            cursor.execute(_STAGE_NEW)
            with cursor.copy("copy xd_new_buyer from stdin") as copy:
                for key, name, country in new:
                    keys = (name_key(name), sort_key(name), search_key(name))
                    copy.write_row((str(new_public_id()), key, name, *keys, country))
            cursor.execute(_INSERT, values)
            added = int(cursor.rowcount)
            cursor.execute("drop table xd_new_buyer")
        cursor.execute(f"alter table {BUYERS_TABLE} add column buyer_id bigint")
        cursor.execute(_IDS, values)
    return BuyersRecorded(added, updated)
