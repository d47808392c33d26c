"""A ledger file in, its tables out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.unit.connectors.tables import Read, Reader, as_csv, tables
from xindun.connectors.ledger_files import Options, read_ledger


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Read a text, bytes, rows or paths as a ledger with options."""

    def reader(
        content: str | bytes | Sequence[Sequence[object]] | Path | list[Path], **options: Any
    ) -> Read:
        paths = content if isinstance(content, list) and isinstance(content[0], Path) else None
        if isinstance(content, Path):
            paths = [content]
        if paths is None:
            path = tmp_path / "ledger.csv"
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif isinstance(content, str):
                path.write_text(content, encoding="utf-8", newline="")
            else:
                path.write_text(as_csv(content), encoding="utf-8", newline="")  # type: ignore[arg-type]
            paths = [path]
        out = tmp_path / "out"
        return tables(read_ledger(paths, Options(**options), out))  # type: ignore[arg-type]

    return reader
