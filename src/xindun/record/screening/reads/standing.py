"""Where parties stand with the lists, as of any moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from xindun.kit.tenancy import current_tenant_id
from xindun.record.parties.reads import ids_behind_each, last_merge_at
from xindun.record.screening.models import (
    Check,
    Hit,
    PublicVersion,
    ScreeningSetting,
    Sweep,
    WatchVersion,
)
from xindun.record.screening.rules import standing as rules
from xindun.record.screening.values import HitState, ListCode, Standing, Thresholds


def thresholds() -> Thresholds:
    """The company's settings; the documented defaults where it has none."""
    row = ScreeningSetting.objects.order_by("-id").first()
    return Thresholds(**row.thresholds) if row else Thresholds()


def settings_version() -> int:
    """The number of the settings in force; 0 for the defaults."""
    row = ScreeningSetting.objects.order_by("-id").values_list("id", flat=True).first()
    return row or 0


def standing(party_id: int, at: datetime) -> Standing:
    """Where a party stands at a moment: by the lists, screenings and hits that were known then.

    A decision about a hit counts from when it was approved; before that the hit was open.
    """
    return standings([party_id], at)[party_id]


def has_stopping_hit(party_ids: Sequence[int]) -> bool:
    """Whether a hit on any of the parties is open or confirmed now: one query, for every order.

    Args:
        party_ids: every file of one company, also those that were merged into another.
    """
    rows = Hit.objects.filter(
        tenant_id=current_tenant_id(), party_id__in=party_ids, superseded_at=None
    )
    return rows.filter(state__in=[HitState.OPEN.value, HitState.CONFIRMED.value]).exists()


def standings(party_ids: Sequence[int], at: datetime) -> dict[int, Standing]:
    """The same of many parties."""
    newest, behind = _newest(at), ids_behind_each(party_ids, known_at=at)
    merged_at = last_merge_at(party_ids, at)
    sweep = Sweep.objects.filter(swept_at__lte=at).order_by("-id").first()
    checks: dict[int, Check] = {}
    rows = Check.objects.filter(party_id__in=party_ids, screened_at__lte=at)
    for check in rows.order_by("party_id", "-id").distinct("party_id"):
        # A screening from before a merge, or before its end, compared other names.
        since = merged_at.get(check.party_id)
        if since is None or check.screened_at >= since:
            checks[check.party_id] = check
    states: dict[int, list[HitState]] = defaultdict(list)
    stands_for = {each: party_id for party_id, ids in behind.items() for each in ids}
    hits = Hit.objects.filter(party_id__in=stands_for, found_at__lte=at)
    for hit in hits.filter(Q(superseded_at=None) | Q(superseded_at__gt=at)):
        states[stands_for[hit.party_id]].append(_state_at(hit, at))
    valid_days = thresholds().valid_days
    return {
        party_id: _standing(checks.get(party_id), states[party_id], sweep, newest, valid_days, at)
        for party_id in party_ids
    }


def _standing(
    check: Check | None,
    states: list[HitState],
    sweep: Sweep | None,
    newest: dict[str, int],
    valid_days: int,
    at: datetime,
) -> Standing:
    used = dict(check.versions) if check else {}
    covered_at = check.screened_at if check else None
    if check and sweep and sweep.swept_at >= check.screened_at:
        used |= sweep.versions
        covered_at = sweep.swept_at
    return rules.standing(
        states,
        screened_at=check.screened_at if check else None,
        covered_at=covered_at,
        used=used,
        newest=newest,
        valid_days=valid_days,
        at=at,
    )


def _state_at(hit: Hit, at: datetime) -> HitState:
    decided = hit.decided_at is not None and hit.decided_at <= at
    return HitState(hit.state) if decided else HitState.OPEN


def _newest(at: datetime) -> dict[str, int]:
    rows = PublicVersion.objects.filter(loaded_at__lte=at).order_by("list", "-id")
    found = {row.list: row.id for row in rows.distinct("list")}
    watch = WatchVersion.objects.filter(loaded_at__lte=at).order_by("-id").first()
    return found | ({ListCode.WATCH.value: watch.id} if watch else {})
