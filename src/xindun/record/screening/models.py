"""Tables of the screening.

What a reader would get wrong: the versions and entries of public lists have no tenant. They are
copies of what governments publish, added by whoever runs the installation, and the app role may
never change one: an entry that its publisher changed is a new row, the old one only learns with
which version it ended. Watch lists look the same and are the tenant's own.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, NotAudited, TenantModel
from xindun.record.screening.values import HitState, Occasion, Role


class VersionColumns(models.Model):
    """What is known of a version of a list."""

    published_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64)
    entries = models.IntegerField()
    added = models.IntegerField()
    changed = models.IntegerField()
    removed = models.IntegerField()
    loaded_at = models.DateTimeField()

    class Meta:
        abstract = True


class EntryColumns(models.Model):
    """An entry as its publisher states it, and how its names compare (``kernel.names``)."""

    entry_key = models.TextField()
    entry_hash = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        abstract = True


class PublicVersion(VersionColumns):
    """One version of a public list."""

    audit = NotAudited("A copy of a public list; a screening that used it has its evidence.")

    id = models.BigAutoField(primary_key=True)
    list = models.CharField(max_length=10)

    class Meta:
        db_table = "screening_public_version"
        indexes = [models.Index(fields=["list", "-id"], name="screening_public_newest")]


class PublicEntry(EntryColumns):
    """One version of an entry of a public list."""

    audit = NotAudited("A copy of a public list; a hit on it has its evidence.")

    id = models.BigAutoField(primary_key=True)
    list = models.CharField(max_length=10)
    first = models.ForeignKey(PublicVersion, on_delete=models.PROTECT, related_name="+")
    ended = models.ForeignKey(PublicVersion, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "screening_public_entry"
        constraints = [
            models.UniqueConstraint(
                fields=["list", "entry_key"],
                name="screening_public_entry_current",
                condition=models.Q(ended=None),
            ),
        ]


class WatchVersion(TenantModel, VersionColumns):
    """One version of the company's own watch list."""

    audit = Audited("watch_list_loaded")

    class Meta:
        db_table = "screening_watch_version"


class WatchEntry(TenantModel, EntryColumns):
    """One version of an entry of the company's own watch list."""

    audit = Audited("watch_list_loaded")

    first = models.ForeignKey(
        WatchVersion,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    ended = models.ForeignKey(
        WatchVersion,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
    )

    class Meta:
        db_table = "screening_watch_entry"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "entry_key"],
                name="screening_watch_entry_current",
                condition=models.Q(ended=None),
            ),
        ]


class ScreeningSetting(TenantModel):
    """How alike is a hit, and how long a screening counts; the newest row does."""

    audit = Audited("screening_settings_changed")

    thresholds = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "screening_setting"


class Check(TenantModel):
    """One screening of one party."""

    audit = Audited("party_screened", "parties_screened", "list_change_screened")

    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    occasion = models.CharField(max_length=12, choices=[(each, each) for each in Occasion])
    versions = models.JSONField()
    subjects = models.IntegerField()
    hits = models.IntegerField()
    screened_at = models.DateTimeField()

    class Meta:
        db_table = "screening_check"
        indexes = [models.Index(fields=["tenant", "party", "-id"], name="screening_check_newest")]


class Sweep(TenantModel):
    """All parties screened before were compared with what lists had changed by ``versions``."""

    audit = Audited("list_change_screened")

    versions = models.JSONField()
    parties = models.IntegerField()
    affected = models.IntegerField()
    swept_at = models.DateTimeField()

    class Meta:
        db_table = "screening_sweep"


class Hit(TenantModel):
    """A subject of a party that is like one version of an entry."""

    audit = Audited(
        "party_screened",
        "parties_screened",
        "list_change_screened",
        "hit_decided",
    )

    public_id = models.UUIDField(default=new_public_id, editable=False)
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    role = models.CharField(max_length=10, choices=[(each, each) for each in Role])
    subject = models.TextField()
    subject_key = models.TextField()
    list = models.CharField(max_length=10)
    entry_key = models.TextField()
    entry_hash = models.CharField(max_length=64)
    entry = models.JSONField()
    points = models.SmallIntegerField()
    fields = models.JSONField()
    state = models.CharField(max_length=10, choices=[(each, each) for each in HitState])
    occasion = models.CharField(max_length=12, choices=[(each, each) for each in Occasion])
    found_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    decided_by = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "screening_hit"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="screening_hit_public_id"),
            models.UniqueConstraint(
                fields=["tenant", "party", "subject_key", "list", "entry_key", "entry_hash"],
                name="screening_hit_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "-id"], name="screening_hit_state"),
            models.Index(fields=["tenant", "list", "entry_key"], name="screening_hit_entry"),
        ]


class HitOpinion(TenantModel):
    """What somebody proposed to decide about a hit, and why; a second person approves it."""

    audit = Audited("hit_decision_proposed")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    hit = models.ForeignKey(
        Hit, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    decision = models.CharField(max_length=10, choices=[(each, each) for each in HitState])
    reason = models.TextField()
    proposed_at = models.DateTimeField()

    class Meta:
        db_table = "screening_hit_opinion"
        indexes = [models.Index(fields=["tenant", "hit", "-id"], name="screening_opinion_hit")]
