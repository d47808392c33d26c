"""How often a key may ask: a share that refills evenly, counted in the database for all processes.

What a reader would get wrong: counting is a statement and transaction of its own, before the
request's. Inside the request's transaction the row of a busy key would stay locked until the
request ends, and its requests would wait for each other. The table is unlogged, so counting
writes nothing to the log of the database and waits for no disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.db import connection

WINDOW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Share:
    """What is left of a key's share after one more request.

    Attributes:
        limit: requests a window.
        remaining: requests that could be made at once.
        reset_seconds: until the whole share is there again.
        wait_seconds: until the next request is taken; 0 when this one was.
    """

    limit: int
    remaining: int
    reset_seconds: int
    wait_seconds: int

    @property
    def refused(self) -> bool:
        """Whether this request came too early."""
        return self.wait_seconds > 0

    def headers(self) -> dict[str, str]:
        """The headers that tell a program where it stands."""
        found = {
            "RateLimit-Policy": f"{self.limit};w={WINDOW_SECONDS}",
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_seconds),
        }
        return {**found, "Retry-After": str(self.wait_seconds)} if self.refused else found


def take(tenant_id: int, key: str) -> Share:
    """Count one request of a key; call it outside any transaction of the request's."""
    limit = settings.XINDUN_API_REQUESTS_PER_MINUTE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT allowed, remaining, reset_seconds, wait_seconds FROM api_take(%s, %s, %s, %s)",
            [tenant_id, key, limit, WINDOW_SECONDS],
        )
        allowed, remaining, reset, wait = cursor.fetchone()
    return Share(limit, remaining, ceil(reset), 0 if allowed else max(1, ceil(wait)))
