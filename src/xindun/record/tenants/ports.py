"""Who carries out what was approved: a kind of proposal → the action of the context that knows it.

What a reader would get wrong: the action runs in the transaction of the approval, as the approver.
It gets the proposal's payload and checks again what may have changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from xindun.record.tenants.values import Actor, Proposal

CarryOut = Callable[[Proposal, Actor, datetime], None]


def carrier(kind: str) -> CarryOut:
    """The action that ``settings.XINDUN_PROPOSALS`` names for a kind."""
    return cast("CarryOut", import_string(settings.XINDUN_PROPOSALS[kind]))
