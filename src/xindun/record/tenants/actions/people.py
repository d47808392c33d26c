"""Verbs: open a tenant, create a user, join the two, set a password or a language.

What a reader would get wrong: creating a user writes no evidence, because evidence belongs to a
tenant and a user belongs to none until ``add_member``, which does write it.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from xindun.kernel.errors import DomainError
from xindun.kit.outbox import publish
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.tenants import values
from xindun.record.tenants.models import Membership, Tenant, User
from xindun.record.tenants.reads import tenant_value, user_value
from xindun.record.tenants.rules import check_name, check_tenant, normal_email
from xindun.record.tenants.values import Language, NewTenant, Role


class EmailTaken(DomainError):
    """A user with this address exists."""

    code = "email_taken"
    sentence = "{email} has a login already."


class NoSuchUser(DomainError):
    """No user with this address."""

    code = "no_such_user"
    sentence = "Nobody signs in as {email}."


class PasswordTooWeak(DomainError):
    """The password does not meet the rules."""

    code = "password_too_weak"
    sentence = "This password is too weak: {reasons}"


def create_tenant(new: NewTenant, *, actor: str, now: datetime) -> values.Tenant:
    """Open a tenant; needs no scope, it makes its own.

    The id is drawn first: row-level security lets the app insert a tenant's row only as that
    tenant.
    """
    check_tenant(new)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('tenants_tenant', 'id'))")
            tenant_id: int = cursor.fetchone()[0]
        with tenant_scope(tenant_id):
            row = Tenant.objects.create(
                id=tenant_id,
                name=new.name.strip(),
                kind=new.kind.value,
                base_currency=new.base_currency,
                time_zone=new.time_zone,
                country=new.country,
                language=new.language.value,
            )
            append(
                kind="tenant_created",
                subject=Subject("tenant", str(row.public_id)),
                actor=actor,
                occurred_at=now,
                inputs={},
                result={
                    "name": row.name,
                    "kind": row.kind,
                    "base_currency": row.base_currency,
                    "time_zone": row.time_zone,
                    "country": row.country,
                },
                versions={},
            )
    return tenant_value(row)


def create_user(
    *, email: str, password: str, name: str, language: Language = Language.ENGLISH
) -> values.User:
    """Create a login.

    Raises:
        EmailTaken: the address has one.
        PasswordTooWeak: by Django's validators.
        BadEmail, NameMissing: as named.
    """
    address = normal_email(email)
    check_name(name)
    row = User(email=address, name=name.strip(), language=language.value)
    _set_password(row, password)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise EmailTaken(email=address) from error
    return user_value(row)


def set_password(*, email: str, password: str) -> None:
    """Replace a user's password; sessions signed in with the old one end.

    Raises:
        NoSuchUser, PasswordTooWeak: as named.
    """
    row = _user(email)
    _set_password(row, password)
    row.save(update_fields=["password"])


def set_language(*, user_id: int, language: Language) -> None:
    """Keep a user's choice of language."""
    User.objects.filter(id=user_id).update(language=language.value)


def close_login(user_id: int, *, email: str) -> None:
    """Replace a login's particulars for good: nobody can sign in with it or is named by it.

    Writes no evidence, which the caller does, in the scope of each company concerned.
    """
    row = User.objects.select_for_update().get(id=user_id)
    row.email, row.name, row.is_active = email, "—", False
    row.last_login = None
    row.set_unusable_password()
    row.save(update_fields=["email", "name", "is_active", "last_login", "password"])


def add_member(*, email: str, actor: str, now: datetime, role: Role = Role.OWNER) -> values.User:
    """Let a user into the current tenant; an active member keeps their role, a former one comes
    back in this one.

    Raises:
        NoSuchUser: nobody has this address.
    """
    user = _user(email)
    with transaction.atomic():
        row, added = Membership.objects.get_or_create(
            tenant_id=current_tenant_id(), user_id=user.id, defaults={"role": role.value}
        )
        if row.ended_at is not None:
            row.role, row.ended_at, added = role.value, None, True
            row.save(update_fields=["role", "ended_at"])
        if added:
            append(
                kind="member_added",
                subject=Subject("user", str(user.public_id)),
                actor=actor,
                occurred_at=now,
                inputs={},
                result={"role": role.value},
                personal={"email": user.email},
                versions={},
            )
            publish(
                "member.added",
                f"user:{user.public_id}",
                {"role": role.value},
                occurred_at=now,
            )
    return user_value(user)


def _user(email: str) -> User:
    row = User.objects.filter(email=normal_email(email)).first()
    if row is None:
        raise NoSuchUser(email=email)
    return row


def _set_password(row: User, password: str) -> None:
    try:
        validate_password(password, row)
    except ValidationError as error:
        raise PasswordTooWeak(reasons=" ".join(error.messages)) from error
    row.set_password(password)
