"""Take in a public register, as the owner of the tables: the app may only read them.

What a reader would get wrong: a load is one transaction, so a file that breaks in its middle
leaves nothing behind; and it is safe to repeat, because a row whose content hash stands already
costs one look. A row that is missing in a newer file stays: registers publish parts as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import connections, transaction

from xindun.kernel.identifiers import new_public_id
from xindun.record.parties.rules.folding import GRAMS_VERSION, core_key, found_by, grams_of
from xindun.record.parties.rules.names import name_key
from xindun.record.parties.values import Loaded, RegisterLink, RegisterRow

BATCH = 5_000
_COLUMNS = (
    *("public_id", "register_key", "name", "name_key", "search_key", "core_key", "country"),
    *("other_names", "legal_form", "status", "address", "city", "founded_on", "updated_on"),
    *("content_hash", "grams"),
)
_STAGE = """
create temporary table xd_entity (
    number bigint, public_id uuid, register_key text, name text, name_key text, search_key text,
    core_key text, country text, other_names jsonb, legal_form text, status text, address text,
    city text, founded_on date, updated_on date, content_hash bytea, grams int[], identifiers jsonb
) on commit drop
"""
_ONCE = """
delete from xd_entity s using xd_entity later
where later.register_key = s.register_key and later.number > s.number
"""
_GRAMS = """
insert into parties_gram (gram, entities)
select gram, sum(n) from (
    select unnest(s.grams) as gram, 1 as n from xd_entity s
    union all
    select unnest(e.grams), -1 from parties_legal_entity e
    join xd_entity s on s.register_key = e.register_key where e.register = %(register)s
) as each group by gram having sum(n) <> 0
on conflict (gram) do update set entities = parties_gram.entities + excluded.entities
"""
_UPSERT = f"""
insert into parties_legal_entity (register, {", ".join(_COLUMNS)})
select %(register)s, {", ".join(_COLUMNS)} from xd_entity
on conflict (register, register_key) do update set
{", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[2:])}
returning (xmax = 0)
"""
_OLD_NUMBERS = """
delete from parties_entity_identifier i using parties_legal_entity e, xd_entity s
where i.legal_entity_id = e.id and e.register = %(register)s and e.register_key = s.register_key
"""
_NUMBERS = """
insert into parties_entity_identifier (legal_entity_id, scheme, value)
select distinct e.id, pair->>0, pair->>1 from xd_entity s
join parties_legal_entity e on e.register = %(register)s and e.register_key = s.register_key
cross join lateral jsonb_array_elements(s.identifiers) as pair
"""
_LINK = """
insert into parties_entity_link
    (register, child_key, parent_key, kind, percent, starts_on, ends_on, updated_on)
values (%s, %s, %s, %s, %s, %s, %s, %s)
on conflict (register, child_key, parent_key, kind) do update set percent = excluded.percent,
    starts_on = excluded.starts_on, ends_on = excluded.ends_on, updated_on = excluded.updated_on
"""


def load_register(
    register: str,
    rows: Iterable[RegisterRow] = (),
    links: Iterable[RegisterLink] = (),
    *,
    using: str = "owner",
) -> Loaded:
    """Take in rows and links; later rows of one key win.

    Args:
        register: its short name, such as ``gleif``; rows of another register stay apart.
        using: the database alias of the owner.
    """
    seen = added = 0
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(_STAGE)
        for batch in _batches(rows):
            seen += len(batch)
            _stage(cursor, register, batch, seen)
        cursor.execute("create index on xd_entity (register_key)")
        cursor.execute(_ONCE)
        values = {"register": register}
        cursor.execute(_GRAMS, values)
        cursor.execute(_OLD_NUMBERS, values)
        cursor.execute(_UPSERT, values)
        written = [bool(row[0]) for row in cursor.fetchall()]
        added = sum(written)
        cursor.execute(_NUMBERS, values)
        linked = 0
        for link in links:
            cursor.execute(_LINK, [register, *asdict(link).values()])
            linked += 1
        if added > BATCH:
            cursor.execute("analyze parties_legal_entity")
            cursor.execute("analyze parties_gram")
    return Loaded(added, len(written) - added, seen - len(written), linked)


def _batches(rows: Iterable[RegisterRow]) -> Iterator[list[RegisterRow]]:
    walk = iter(rows)
    while batch := list(islice(walk, BATCH)):
        yield batch


def _stage(cursor: Any, register: str, batch: list[RegisterRow], before: int) -> None:
    """COPY what is new or changed; only those pay for their search keys."""
    cursor.execute(
        "select register_key, content_hash from parties_legal_entity"
        " where register = %s and register_key = any(%s)",
        [register, [row.key for row in batch]],
    )
    known = {key: bytes(digest) for key, digest in cursor.fetchall()}
    with cursor.copy("copy xd_entity from stdin") as copy:
        for number, row in enumerate(batch, start=before):
            digest = _digest(row)
            if known.get(row.key) != digest:
                copy.write_row((number, *_staged(row, digest)))


def _digest(row: RegisterRow) -> bytes:
    said = json.dumps([GRAMS_VERSION, asdict(row)], default=str, ensure_ascii=False)
    return sha256(said.encode()).digest()


def _staged(row: RegisterRow, digest: bytes) -> tuple[Any, ...]:
    lines = found_by(row.name, *row.other_names)
    return (
        str(new_public_id()),
        row.key,
        row.name,
        name_key(row.name),
        lines,
        core_key(row.name),
        row.country,
        json.dumps(row.other_names, ensure_ascii=False),
        row.legal_form,
        row.status,
        row.address,
        row.city,
        row.founded_on,
        row.updated_on,
        digest,
        grams_of(lines),
        json.dumps(row.identifiers, ensure_ascii=False),
    )
