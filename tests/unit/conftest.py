"""The folder of real data, which tests read and the project never holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data: ``XINDUN_DATA``, else beside the project."""
    folder = Path(os.environ.get("XINDUN_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        message = f"no folder of real ledgers at {folder}; set XINDUN_DATA"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder
