"""Tables of tenants, users and memberships.

What a reader would get wrong: ``Tenant`` is guarded by its own id, ``User`` by nothing, because
signing in comes before a tenant is known.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, NotAudited, TenantModel
from xindun.record.tenants.rules import NAME_LENGTH, normal_email
from xindun.record.tenants.values import Language, Role, TenantKind


def choices_of(enum: type[TenantKind] | type[Language] | type[Role]) -> list[tuple[str, str]]:
    """The values of an enum as Django's choices."""
    return [(member.value, member.value) for member in enum]


class Tenant(models.Model):
    """A company that uses Xindun; the app sees the row of the current tenant only."""

    audit = Audited("tenant_created")

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=10, choices=choices_of(TenantKind))
    base_currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=64)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=10, choices=choices_of(Language))
    created_at = models.DateTimeField(db_default=Now(), editable=False)


class UserManager(BaseUserManager["User"]):
    """Finds a user by e-mail in any case, as Django's login does by this name."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of an e-mail address."""
        return self.get(email=normal_email(username or ""))


class User(AbstractBaseUser):
    """A person who signs in by e-mail; without a tenant until a membership says which."""

    audit = NotAudited("A login alone may do nothing; who joins a company is a membership.")

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    language = models.CharField(max_length=10, choices=choices_of(Language))
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]


class Membership(TenantModel):
    """A user belongs to a tenant, in one role; ``ended_at`` is when they ceased to.

    ``previous_role`` is the most that the member could do before ``changed_at``: who was an
    approver a moment ago still counts as one, so that nobody removes the second pair of eyes and
    approves alone.
    """

    audit = Audited(
        "member_added", "member_role_changed", "member_deactivated", "member_reactivated"
    )

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=choices_of(Role))
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)
    previous_role = models.CharField(max_length=20, choices=choices_of(Role), blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="tenants_membership_uniq"),
        ]
