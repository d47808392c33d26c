"""Questions about the global register; they need no tenant.

What a reader would get wrong: a search asks for pieces of names, not for text. Trigram operators
cannot find two Chinese characters and read thousands of rows for a common word; the rarest pieces
of the question, looked up in one index of whole numbers, lead to a bounded number of names, which
are then compared in one call (docs/adr/0071).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.record.parties.models import EntityIdentifier, LegalEntity
from xindun.record.parties.rules import question_key
from xindun.record.parties.rules.folding import core_key, folded, is_eastern, question_grams
from xindun.record.parties.rules.search import MOST_ALIKE, MOST_FOUND, fits, rarest
from xindun.record.parties.values import EntityHit, EntityValue, IdentifierValue

_FIELDS = (
    *("id", "public_id", "register", "register_key", "name", "country", "other_names"),
    *("legal_form", "status", "address", "city", "founded_on", "updated_on"),
)
_SHOWN = "id, search_key"
_LAST = "\U0010ffff"
_IN = "(%(country)s::text is null or country = %(country)s)"
_BEGINNING = f"""
select {_SHOWN} from parties_legal_entity
where core_key >= %(first)s and core_key < %(last)s and {_IN} order by core_key, id limit 100
"""
_ANY = f"""
select {_SHOWN} from parties_legal_entity where grams && %(grams)s::int[] and {_IN}
limit {MOST_FOUND}
"""
_EVERY = f"""
select {_SHOWN} from parties_legal_entity where grams @> %(grams)s::int[] and {_IN}
limit {MOST_ALIKE}
"""
_NUMBERS = f"""
select e.id, e.search_key
from parties_entity_identifier i join parties_legal_entity e on e.id = i.legal_entity_id
where i.value >= %(first)s and i.value < %(last)s and {_IN} limit 50
"""
NUMBER = re.compile(r"[A-Z0-9:]*[0-9][A-Z0-9:]*")


class UnknownEntity(DomainError):
    """No such row in the register."""

    code = "unknown_legal_entity"
    sentence = "There is no legal entity {public_id} in the register."


def entity(public_id: UUID) -> EntityValue:
    """One legal entity by the id that stands in addresses.

    Raises:
        UnknownEntity: as the name says.
    """
    row = LegalEntity.objects.filter(public_id=public_id).values_list(*_FIELDS).first()
    if row is None:
        raise UnknownEntity(public_id=public_id)
    return _value(row)


def entities_by_id(entity_ids: Iterable[int]) -> dict[int, EntityValue]:
    """Legal entities by their row id; unknown ids are left out."""
    rows = LegalEntity.objects.filter(id__in=list(entity_ids)).values_list(*_FIELDS)
    return {row[0]: _value(row) for row in rows}


def entity_identifiers(entity_id: int) -> tuple[IdentifierValue, ...]:
    """The numbers that the register states."""
    rows = EntityIdentifier.objects.filter(legal_entity_id=entity_id).order_by("scheme", "value")
    return tuple(IdentifierValue(row.scheme, row.value, "register") for row in rows)


def search_entities(
    question: str, *, country: str | None = None, limit: int = 20
) -> tuple[EntityHit, ...]:
    """Legal entities that a question finds, the best first.

    A name or a part of it in any case and script (Latin, Chinese, pinyin, initials), misspelled
    or not, and any number of a company, whole or its beginning, all find it.

    Args:
        country: only entities of this country, ISO 3166-1 alpha-2.
        limit: at most 100.
    """
    asked = folded(question_key(question))
    if not asked:
        return ()
    found = fits(asked, dict(named_like(asked, country)))
    number = re.sub(r"[ .\-/]", "", asked).upper()
    if len(number) >= 4 and NUMBER.fullmatch(number):
        rows = _rows(_NUMBERS, first=number, last=number + _LAST, country=country)
        found.update({row[0]: 1.0 for row in rows})
    best = sorted(found.items(), key=lambda each: (-each[1], each[0]))[: min(limit, 100)]
    known = entities_by_id(row_id for row_id, _score in best)
    return tuple(EntityHit(known[row_id], score) for row_id, score in best)


def named_like(asked: str, country: str | None = None) -> list[tuple[int, str]]:
    """Rows (id, lines they are found by) whose names are worth comparing with a folded question."""
    core = core_key(asked) or asked
    rows = _rows(_BEGINNING, first=core, last=core + _LAST, country=country)
    if len(asked) < 2 and not is_eastern(asked):
        return rows
    grams = question_grams(core) or question_grams(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            "select gram, entities from parties_gram where gram = any(%s::int[])", [grams]
        )
        counts = dict(cursor.fetchall())
    chosen, every = rarest(counts, grams)
    if chosen:
        rows += _rows(_EVERY if every else _ANY, grams=chosen, country=country)
    return rows


def _rows(statement: str, **values: Any) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [(int(row[0]), str(row[1])) for row in cursor.fetchall()]


def _value(row: Any) -> EntityValue:
    told = dict(zip(_FIELDS, row, strict=True))
    return EntityValue(**{**told, "other_names": tuple(told["other_names"])})
