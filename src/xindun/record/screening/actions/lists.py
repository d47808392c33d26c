"""Load a list: only what changed since the version before is written.

What a reader would get wrong: loading screens nobody. Whoever loads a list asks for ``sweep`` in
every tenant afterwards; until then the parties stand as screened with an outdated list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.screening.models import PublicEntry, PublicVersion, WatchEntry, WatchVersion
from xindun.record.screening.reads.lists import version_value
from xindun.record.screening.rules.changes import (
    Changes,
    changes,
    check_size,
    entry_hash,
    merged,
)
from xindun.record.screening.values import Entry, ListCode, ListVersion, ReadList
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission

_BATCH = 1_000
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext(%s))"


def load_public(read: ReadList, *, shorter: bool = False, now: datetime) -> ListVersion | None:
    """Load a new version of a public list, for every tenant.

    Args:
        shorter: whether the list may have lost a large part of its entries.

    Returns:
        The version; None when this very file was the last one that was loaded.

    Raises:
        ListShrank: as the name says.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME, [f"screening.{read.code}"])
        before = PublicVersion.objects.filter(list=read.code.value).order_by("-id").first()
        if before is not None and before.sha256 == read.sha256:
            return None
        current = PublicEntry.objects.filter(list=read.code.value, ended=None)
        entries, found = _difference(read, current)
        if not shorter:
            check_size(current.count(), len(entries))
        version = PublicVersion.objects.create(
            list=read.code.value, **_particulars(read, entries, found, now)
        )
        current.filter(entry_key__in=found.changed | found.removed).update(ended=version)
        PublicEntry.objects.bulk_create(
            [
                PublicEntry(list=read.code.value, first=version, **_columns(entries[key]))
                for key in sorted(found.added | found.changed)
            ],
            batch_size=_BATCH,
        )
    return version_value(version, read.code)


def load_watch(actor: Actor, read: ReadList, *, now: datetime) -> ListVersion | None:
    """Load a new version of the company's own watch list.

    Returns:
        The version; None when this very file was the last one that was loaded.

    Raises:
        NotPermitted: as the name says.
    """
    actor.check(Permission.FILES_APPROVE)
    tenant_id = current_tenant_id()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME, [f"screening.watch.{tenant_id}"])
        before = WatchVersion.objects.order_by("-id").first()
        if before is not None and before.sha256 == read.sha256:
            return None
        current = WatchEntry.objects.filter(ended=None)
        entries, found = _difference(read, current)
        version = WatchVersion.objects.create(
            tenant_id=tenant_id, **_particulars(read, entries, found, now)
        )
        current.filter(entry_key__in=found.changed | found.removed).update(ended=version)
        WatchEntry.objects.bulk_create(
            [
                WatchEntry(tenant_id=tenant_id, first=version, **_columns(entries[key]))
                for key in sorted(found.added | found.changed)
            ],
            batch_size=_BATCH,
        )
        append(
            kind="watch_list_loaded",
            subject=Subject("tenant", str(current_tenant().public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"sha256": read.sha256},
            result={
                "entries": len(entries),
                "added": len(found.added),
                "changed": len(found.changed),
                "removed": len(found.removed),
            },
            versions={"watch": version.id},
        )
    return version_value(version, ListCode.WATCH)


def _difference(read: ReadList, current: Any) -> tuple[dict[str, Entry], Changes]:
    entries = merged(read.entries)
    before = dict(current.values_list("entry_key", "entry_hash"))
    return entries, changes(before, {key: entry_hash(each) for key, each in entries.items()})


def _particulars(
    read: ReadList, entries: Mapping[str, Entry], found: Changes, now: datetime
) -> dict[str, Any]:
    return {
        "published_on": read.published_on,
        "sha256": read.sha256,
        "entries": len(entries),
        "added": len(found.added),
        "changed": len(found.changed),
        "removed": len(found.removed),
        "loaded_at": now,
    }


def _columns(entry: Entry) -> dict[str, Any]:
    return {"entry_key": entry.key, "entry_hash": entry_hash(entry), "content": asdict(entry)}
