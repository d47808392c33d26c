"""Which lists are loaded, and their entries; public ones are the same for every tenant.

What a reader would get wrong: an index over the public lists is kept in the process, because making
one takes a second or two. It is asked for by the ids of the versions, so a newer list is never
missed; entries themselves are read from the database when a name is near one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from xindun.kernel.names import name_form
from xindun.record.screening.models import PublicEntry, PublicVersion, WatchEntry, WatchVersion
from xindun.record.screening.rules.index import Index
from xindun.record.screening.values import (
    PUBLIC_LISTS,
    Entry,
    EntryKind,
    EntryName,
    ListCode,
    ListVersion,
    NameQuality,
)


def list_versions(code: ListCode, limit: int = 20) -> list[ListVersion]:
    """The versions of a list, the newest first; of the watch list the current tenant's."""
    if code is ListCode.WATCH:
        return [version_value(row, code) for row in WatchVersion.objects.order_by("-id")[:limit]]
    rows = PublicVersion.objects.filter(list=code.value).order_by("-id")[:limit]
    return [version_value(row, code) for row in rows]


def newest_versions() -> dict[ListCode, ListVersion]:
    """The newest version of each list that is loaded, the tenant's watch list among them."""
    found = {code: next(iter(list_versions(code, 1)), None) for code in ListCode}
    return {code: version for code, version in found.items() if version is not None}


def public_index(versions: Mapping[ListCode, ListVersion]) -> Index:
    """An index over the entries of the public lists in these versions, which are the newest."""
    ids = tuple(versions[code].id for code in PUBLIC_LISTS if code in versions)
    return _public_index(ids)


@lru_cache(maxsize=1)
def _public_index(_versions: tuple[int, ...]) -> Index:
    return index_over(PublicEntry.objects.filter(ended=None))


def watch_index() -> Index:
    """An index over the tenant's own watch list."""
    return index_over(WatchEntry.objects.filter(ended=None))


def index_over(rows: Any) -> Index:
    """An index over rows of entries by their row id."""
    made = Index()
    fields = rows.values_list("id", "content__names", "content__identifiers")
    for ref, names, identifiers in fields.iterator(chunk_size=2_000):
        made.add(ref, (name_form(each["text"]) for each in names), identifiers)
    return made


def entries_by_id(code: ListCode | None, ids: Iterable[int]) -> dict[int, tuple[ListCode, Any]]:
    """Rows of entries; ``code`` WATCH asks the tenant's own list, None the public ones."""
    wanted = list(ids)
    if not wanted:
        return {}
    if code is ListCode.WATCH:
        rows = WatchEntry.objects.filter(id__in=wanted)
        return {row.id: (ListCode.WATCH, row) for row in rows}
    return {row.id: (ListCode(row.list), row) for row in PublicEntry.objects.filter(id__in=wanted)}


def version_value(row: Any, code: ListCode) -> ListVersion:
    """A row as the value other contexts see."""
    return ListVersion(
        *(row.id, code, row.published_on, row.sha256, row.entries),
        *(row.added, row.changed, row.removed, row.loaded_at),
    )


def entry_value(content: Mapping[str, Any]) -> Entry:
    """An entry from its stored form."""
    names = (EntryName(each["text"], NameQuality(each["quality"])) for each in content["names"])
    return Entry(
        key=content["key"],
        kind=EntryKind(content["kind"]),
        names=tuple(names),
        countries=tuple(content["countries"]),
        days=tuple(content["days"]),
        identifiers=tuple(content["identifiers"]),
        programmes=tuple(content["programmes"]),
        remarks=content["remarks"],
    )
