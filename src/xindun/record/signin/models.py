"""Tables of sign-in.

What a reader would get wrong: guesses have no tenant, because they are counted before anybody has
signed in, and no address in clear: the key is a keyed hash.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kit.models import Audited, NotAudited, TenantModel


class GuessCount(models.Model):
    """Wrong guesses in a row against one account, network address or second factor."""

    audit = NotAudited("Guesses are noted when they begin to hold somebody back, not each one.")

    key = models.BinaryField(primary_key=True, max_length=32)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="signin_guess_last")]


class SignInRule(TenantModel):
    """What a company asks of everybody who signs in; no row asks for nothing."""

    audit = Audited("sign_in_rule_changed")

    second_factor = models.BooleanField()
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="signin_rule_tenant")]
