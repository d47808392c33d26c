"""A row that is lost, doubled or replaced on the way stops the reading."""

from __future__ import annotations

import pytest

from xindun.connectors.ledger_files.control import RowsUnaccounted, check_accounted
from xindun.connectors.ledger_files.staging import TABLE_STEP, Staging

STAGED = [3, 2]
ROWS = [0, 1, 2, TABLE_STEP, TABLE_STEP + 1]


def check(numbers: list[int], items: int) -> None:
    with Staging() as staging:
        staging.run("CREATE TABLE typed AS SELECT unnest(?) AS rn", numbers)
        staging.run("CREATE TABLE documents AS SELECT rn FROM typed LIMIT 4")
        staging.run("CREATE TABLE overpaid AS SELECT rn FROM typed LIMIT 1")
        check_accounted(staging, STAGED, items)


def test_every_row_once_is_accounted_for() -> None:
    check(ROWS, items=5)


@pytest.mark.parametrize(
    "numbers",
    [ROWS[:-1], [*ROWS, 2], [0, 1, 1, *ROWS[3:]]],
    ids=["lost", "doubled", "replaced"],
)
def test_a_row_that_went_astray_is_refused(numbers: list[int]) -> None:
    with pytest.raises(RowsUnaccounted, match="5 rows were read"):
        check(numbers, items=5)


def test_a_document_that_went_astray_is_refused() -> None:
    with pytest.raises(RowsUnaccounted):
        check(ROWS, items=4)
