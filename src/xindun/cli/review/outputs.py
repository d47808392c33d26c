"""Where a review goes: the terminal, four files, or one clear refusal.

What a reader would get wrong: standard output carries the review alone; progress, notices about
it and refusals go to standard error.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TextIO

from rich.console import Console
from xlsxwriter.exceptions import FileCreateError

from xindun.cli.review import terminal
from xindun.cli.review.html import write_html
from xindun.cli.review.ledger_facts import recognised
from xindun.cli.review.run import Progress, Reviewed
from xindun.cli.review.sentences import Speaker
from xindun.cli.review.workbook import write_workbook
from xindun.connectors.ledger_files import NeedsAnswer, recognise, rejects_csv
from xindun.kernel.errors import DomainError


class OutNotWritable(DomainError):
    """The folder for the reports cannot be made or written."""

    code = "out_not_writable"
    sentence = "The reports cannot be written to {out} ({reason}); give --out another folder."


PROGRESS_ROWS = 100_000
"""A shorter ledger is read before a line of progress would help."""


def show(found: Reviewed, out: TextIO, top: int | None) -> None:
    """Print the review."""
    terminal.show(found.document, terminal.console_for(out), top)


def write_reports(found: Reviewed, out: Path, top: int | None) -> list[Path]:
    """Write report.html, report.xlsx, report.json and rejects.csv into ``out``.

    Raises:
        OutNotWritable: the folder cannot be made or written.
    """
    try:
        return _write(found, out, top)
    except (OSError, FileCreateError) as error:
        raise OutNotWritable(out=out, reason=error) from error


def _write(found: Reviewed, out: Path, top: int | None) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    page, book, data, rejects = (
        out / name for name in ("report.html", "report.xlsx", "report.json", "rejects.csv")
    )
    write_html(page, found.document, top)
    write_workbook(book, found.document)
    with data.open("w", encoding="utf-8") as file:
        found.document.write_json(file)
    rejects_csv(found.ledger.folder, rejects)
    return [page, book, data, rejects]


def progress_line(out: TextIO, say: Speaker) -> Progress | None:
    """A line that counts rows on a terminal; nothing when output is piped."""
    if not out.isatty():
        return None
    last = 0

    def tell(rows: int, done: int, whole: int) -> None:
        nonlocal last
        if rows - last < PROGRESS_ROWS:
            return
        last = rows
        share = f" ({100 * done // whole} %)" if whole else ""
        out.write("\r" + say("{rows} rows read", rows=f"{rows:,}") + share)
        out.flush()

    return tell


def refusal(error: DomainError, paths: list[Path], say: Speaker) -> str:
    """What stops the review, in one or more lines; open questions come with the columns."""
    if not isinstance(error, NeedsAnswer):
        return f"xindun: {say.error(error)}\n"
    text = StringIO()
    console = Console(file=text, width=terminal.PIPED_WIDTH, highlight=False)
    try:
        for table in recognised(recognise(paths), say):
            console.print(*terminal.recognised_lines(table, say), sep="\n")
    except DomainError:
        # The questions below say more than a preview that cannot be made.
        pass
    for question in error.questions:
        sentence = say(
            question.sentence,
            table=question.table,
            column=say(question.column),
            examples=", ".join(question.examples),
            option=question.option,
        )
        text.write(f"xindun: {sentence}\n")
    return text.getvalue()
