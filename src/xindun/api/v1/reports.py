"""Reports as files: every account of a review in one CSV.

What a reader would get wrong: the file is sent while it is read, in batches with a transaction
each, and belongs to one review throughout.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from ninja import Query, Router

from xindun.api.operations import CSV, operation
from xindun.api.v1.accounts import AMOUNTS, FIGURES, PLAIN, account_shape, run_of
from xindun.api.v1.customers import DayAsked
from xindun.control.monitoring import reads
from xindun.control.monitoring.values import BUCKET_COLUMNS, BuyerRow
from xindun.kernel.spreadsheets import guarded
from xindun.record.tenants.values import Permission

router = Router(tags=["Reports"])
COLUMNS = ("customer", *PLAIN, *AMOUNTS, "limit_recommended", "over_limit", *FIGURES)


@router.get("/reports/accounts", summary="All accounts as CSV")
@operation(Permission.PORTFOLIO_READ, offers=CSV)
def get_accounts_report(request: HttpRequest, params: Query[DayAsked]) -> HttpResponseBase:
    """Every account of the current review, or of that of a day, by name; UTF-8 with a mark."""
    run = run_of(params.as_of)
    rows = reads.iter_buyers(sort="name", as_of=params.as_of)
    response = StreamingHttpResponse(_lines(rows), content_type=f"{CSV}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="accounts-{run.as_of}.csv"'
    return response


class _Echo:
    """A file whose writes come back as values: csv.writer then feeds a stream."""

    def write(self, text: str) -> str:
        return text


def _lines(rows: Iterator[BuyerRow]) -> Iterator[str]:
    write = csv.writer(cast("Any", _Echo())).writerow
    # The mark tells spreadsheets that the file is UTF-8; without it Chinese turns to noise.
    yield "\ufeff" + cast(str, write([*COLUMNS, *(label for _name, label in BUCKET_COLUMNS)]))
    for row in rows:
        told = account_shape(row)
        cells = [getattr(told, name) for name in COLUMNS]
        amounts = [each.amount for each in told.buckets]
        yield cast(str, write([*map(_cell, cells), *amounts]))


def _cell(value: Any) -> str:
    """A text that a spreadsheet could run as a formula gets an apostrophe; figures stay."""
    if value is None:
        return ""
    text = str(value)
    return text if text.removeprefix("-").replace(".", "", 1).isdigit() else guarded(text)
