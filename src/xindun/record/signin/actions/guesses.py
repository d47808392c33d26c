"""Count guesses in PostgreSQL, where every process sees them.

What a reader would get wrong: a guess is counted as wrong before it is looked at, and forgiven
when it was right. Counted afterwards, a hundred tries at once would all find the count at zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from xindun.record.signin.models import GuessCount
from xindun.record.signin.rules import FORGOTTEN_AFTER, counted, delay_after
from xindun.record.signin.values import Guess, GuessOf, Held


def count_guess(guesses: Iterable[Guess], *, now: datetime) -> Held:
    """Count one try against each of ``guesses``, unless one of them must still wait.

    Commits on its own when no transaction is open. A try that is held back counts for nothing,
    so waiting is never made longer by trying.
    """
    by_key = {_key(guess): guess for guess in guesses}
    with transaction.atomic():
        new = [GuessCount(key=key) for key in by_key]
        GuessCount.objects.bulk_create(new, ignore_conflicts=True)
        # In the order of the keys: two tries that share one must not wait for each other.
        rows = list(GuessCount.objects.select_for_update().filter(key__in=by_key).order_by("key"))
        waits = [row.held_until for row in rows if row.held_until and row.held_until > now]
        if waits:
            return Held(max(waits), max(row.failures for row in rows), None)
        locks: list[datetime] = []
        account = 0
        for row in rows:
            of = by_key[bytes(row.key)].of
            row.failures = counted(row.failures, row.last_at, now) + 1
            row.last_at = now
            delay = delay_after(of, row.failures)
            row.held_until = now + delay if delay else None
            if row.held_until:
                locks.append(row.held_until)
            if of is not GuessOf.ADDRESS:
                account = row.failures
        GuessCount.objects.bulk_update(rows, ["failures", "last_at", "held_until"])
    return Held(None, account, max(locks, default=None))


def forgive(guesses: Iterable[Guess]) -> None:
    """Take a right guess back: the account starts anew, the network address loses this one try.

    An address that could clear itself by signing in once would let its owner guess on.
    """
    with transaction.atomic():
        for guess in sorted(guesses, key=_key):
            row = GuessCount.objects.select_for_update().filter(key=_key(guess)).first()
            if row is None:
                continue
            if guess.of is not GuessOf.ADDRESS or row.failures <= 1:
                row.delete()
                continue
            row.failures -= 1
            row.held_until = None
            row.save(update_fields=["failures", "held_until"])


def forget_old(now: datetime) -> int:
    """Delete counts that count no more; how many."""
    gone, _ = GuessCount.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
    return gone


def _key(guess: Guess) -> bytes:
    """SHA-256 keyed with the installation's secret: a copied table names nobody."""
    text = f"{guess.of.value}:{guess.name}"
    return salted_hmac(
        "xindun.signin.guess", text, settings.SECRET_KEY, algorithm="sha256"
    ).digest()
