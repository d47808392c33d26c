"""The global register: legal entities, their numbers and parents, and the pieces of their names.

What a reader would get wrong: the app may only read these tables. ``xindun register load`` writes
them as the owner, a file at a time and all or nothing.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import NotAudited


class LegalEntity(models.Model):
    """One legal entity of a public register; shared by all tenants, written by register loads."""

    audit = NotAudited("A copy of a public register; a party that adopts a row has its evidence.")

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=new_public_id, editable=False, unique=True)
    register = models.TextField()
    register_key = models.TextField()
    name = models.TextField()
    name_key = models.TextField()
    search_key = models.TextField()
    country = models.TextField(null=True)
    other_names = models.JSONField(default=list)
    core_key = models.TextField(default="")
    legal_form = models.TextField(default="")
    status = models.TextField(default="")
    address = models.TextField(default="")
    city = models.TextField(default="")
    founded_on = models.DateField(null=True)
    updated_on = models.DateField(null=True)
    content_hash = models.BinaryField(default=b"")
    grams = ArrayField(models.IntegerField(), default=list)

    class Meta:
        db_table = "parties_legal_entity"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "register_key"], name="parties_legal_entity_key"
            ),
        ]
        indexes = [
            models.Index(fields=["core_key", "id"], name="parties_entity_core"),
            GinIndex(fields=["grams"], name="parties_entity_grams"),
        ]


class EntityIdentifier(models.Model):
    """A number by which a legal entity is found."""

    audit = NotAudited("A copy of a public register; a party that adopts a row has its evidence.")

    id = models.BigAutoField(primary_key=True)
    legal_entity = models.ForeignKey(
        LegalEntity, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    scheme = models.TextField()
    value = models.TextField()

    class Meta:
        db_table = "parties_entity_identifier"
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "scheme", "value"], name="parties_entity_identifier_key"
            ),
        ]
        indexes = [models.Index(fields=["value", "scheme"], name="parties_entity_number")]


class EntityLink(models.Model):
    """One entity is consolidated by another, by the register's keys: either may come later."""

    audit = NotAudited("A copy of a public register; a party's own links have their evidence.")

    id = models.BigAutoField(primary_key=True)
    register = models.TextField()
    child_key = models.TextField()
    parent_key = models.TextField()
    kind = models.TextField()
    percent = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    updated_on = models.DateField(null=True)

    class Meta:
        db_table = "parties_entity_link"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "child_key", "parent_key", "kind"],
                name="parties_entity_link_key",
            ),
        ]
        indexes = [models.Index(fields=["register", "parent_key"], name="parties_entity_parent")]


class Gram(models.Model):
    """How many entities hold a piece: a search asks for the rarest pieces of a question first."""

    audit = NotAudited("Counts of a public register's names decide nothing.")

    gram = models.IntegerField(primary_key=True)
    entities = models.BigIntegerField()

    class Meta:
        db_table = "parties_gram"
