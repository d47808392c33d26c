"""The names of the two database roles, known to migrations and to the room that creates them.

What a reader would get wrong: neither role may bypass row-level security. ``xindun_owner`` owns
the tables and runs migrations; everything else, tests included, runs as ``xindun_app``.
"""

from __future__ import annotations

OWNER_ROLE = "xindun_owner"
APP_ROLE = "xindun_app"
