"""Screen a party, many, or whom a changed list concerns.

What a reader would get wrong: after a list changed, only those parties are compared again that are
like an entry that came or changed, or that have a hit on one that changed or went. Everybody else
who was screened before counts as compared with the new lists, and the sweep says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from xindun.kit.tenancy import current_tenant_id
from xindun.record.parties import reads as parties
from xindun.record.parties.values import PartyValue
from xindun.record.screening.actions.comparing import alike, loaded_lists, screened
from xindun.record.screening.models import Check, Hit, PublicEntry, Sweep, WatchEntry
from xindun.record.screening.reads.lists import index_over
from xindun.record.screening.reads.standing import standings, thresholds
from xindun.record.screening.reads.subjects import subjects_of
from xindun.record.screening.values import (
    ListCode,
    Occasion,
    Screened,
)
from xindun.record.tenants.values import Actor, Permission


def screen(actor: Actor, party: UUID, occasion: Occasion, *, now: datetime) -> Screened:
    """Compare one party, its owners and its banks with every list.

    Raises:
        NotPermitted, UnknownParty, NoListsLoaded: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    return screened(actor, "party_screened", [parties.party(party)], occasion, now)


def screen_parties(actor: Actor, occasion: Occasion, *, now: datetime) -> Screened:
    """Compare every party with every list.

    Raises:
        NotPermitted, NoListsLoaded: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    return screened(actor, "parties_screened", parties.parties(), occasion, now)


def screen_due(actor: Actor, *, now: datetime) -> Screened | None:
    """Compare who never was, and who was longer ago than a screening counts; None if nobody.

    Raises:
        NotPermitted, NoListsLoaded: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    everybody = parties.parties()
    found = standings([each.id for each in everybody], now)
    never = [each for each in everybody if found[each.id].screened_at is None]
    due = never or [each for each in everybody if found[each.id].due]
    if not due:
        return None
    occasion = Occasion.ONBOARDING if never else Occasion.REVIEW
    return screened(actor, "parties_screened", due, occasion, now)


def sweep(actor: Actor, *, now: datetime) -> Screened | None:
    """After lists changed: screen again whom the changes may concern, and nobody else.

    Returns:
        What was found; None when nothing had changed since the last sweep.

    Raises:
        NotPermitted, NoListsLoaded: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    newest = {code: each.id for code, each in loaded_lists().items()}
    last = Sweep.objects.order_by("-id").first()
    before = {ListCode(code): at for code, at in (last.versions if last else {}).items()}
    behind = {code: before.get(code, 0) for code in newest if before.get(code) != newest[code]}
    if not behind:
        return None
    known = set(Check.objects.values_list("party_id", flat=True).distinct())
    everybody = [each for each in parties.parties() if each.id in known]
    concerned = _concerned(everybody, behind, now)
    with transaction.atomic():
        Sweep.objects.create(
            tenant_id=current_tenant_id(),
            versions={code.value: version for code, version in newest.items()},
            parties=len(everybody),
            affected=len(concerned),
            swept_at=now,
        )
        return screened(
            actor,
            "list_change_screened",
            concerned,
            Occasion.LIST_CHANGE,
            now,
            covered=len(everybody),
        )


def _concerned(
    everybody: Sequence[PartyValue], behind: dict[ListCode, int], now: datetime
) -> list[PartyValue]:
    """Parties that the changes since the versions in ``behind`` may concern."""
    about = subjects_of(everybody, known_at=now)
    settings = thresholds()
    ids: set[int] = set()
    for code, since in behind.items():
        rows = _entries(code)
        came = index_over(rows.filter(ended=None, first_id__gt=since))
        ids |= {each.party_id for each in alike(about, code, came, settings)}
        gone = rows.filter(ended_id__gt=since).values_list("entry_key", flat=True)
        hits = Hit.objects.filter(Q(superseded_at=None), list=code.value, entry_key__in=set(gone))
        ids |= set(hits.values_list("party_id", flat=True))
    roots = {each[0] for each in parties.ids_behind_each(ids).values()}
    return [each for each in everybody if each.id in roots]


def _entries(code: ListCode) -> Any:
    if code is ListCode.WATCH:
        return WatchEntry.objects.all()
    return PublicEntry.objects.filter(list=code.value)
