"""What the record needs from outside: somebody who turns a file into a ledger folder.

What a reader would get wrong: the record never imports a connector. ``config/wiring.py`` says
which one reads; a test hands in its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from xindun.record.receivables.values import LedgerFolder

Progress = Callable[[int, int, int], None]
"""Called with rows done, bytes done and bytes in all."""


class LedgerReader(Protocol):
    """Reads one ledger file into ``out``; options are those the person confirmed, as JSON."""

    def __call__(
        self,
        path: Path,
        options: Mapping[str, Any],
        out: Path,
        progress: Progress | None = None,
    ) -> LedgerFolder: ...


def ledger_reader() -> LedgerReader:
    """The reader that the wiring names in ``settings.XINDUN_LEDGER_READER``."""
    return cast(LedgerReader, import_string(settings.XINDUN_LEDGER_READER))
