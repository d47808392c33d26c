"""The review in the terminal: what matters first, within the width there is.

What a reader would get wrong: piped output has no width of its own and no colours; it is written
for 110 columns so that a file or another program's log stays readable.
"""

from __future__ import annotations

import os
from decimal import Decimal
from typing import Any, TextIO

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from xindun.cli.review.document import Document, by_account
from xindun.cli.review.figures import grouped, number, percent, with_currency
from xindun.cli.review.methods import KPIS
from xindun.cli.review.names import Names
from xindun.cli.review.sentences import Speaker

Row = dict[str, Any]
PIPED_WIDTH = 110
WIDE = 96
NAME_WIDTH = 22
ALWAYS = ("open_total", "overdue", "credits", "unapplied", "net")
BAR = 24
SHOWN_BUYERS = 15
SHOWN_ACTIONS = 10
SHOWN_REJECTS = 8
STYLES = ("green", "yellow", "yellow", "dark_orange", "dark_orange", "red", "red", "bold red")


def console_for(out: TextIO) -> Console:
    """A console as wide as the terminal, or PIPED_WIDTH where there is none."""
    if out.isatty() or os.environ.get("COLUMNS"):
        return Console(file=out, highlight=False)
    return Console(file=out, highlight=False, width=PIPED_WIDTH)


def show(document: Document, console: Console, top: int | None = None) -> None:
    """Print the review."""
    for part in (_opening, _totals, _ageing, _actions):
        console.print(part(document))
    console.print(_buyers(document, console.width, top or SHOWN_BUYERS))
    console.print(_control(document))


def _opening(document: Document) -> Group:
    head, say = document.head, document.say
    title = Text(say("Receivables review as of {day}", day=head["as_of"]), style="bold")
    ledger = head["ledger"]
    facts = " · ".join(
        [
            ", ".join(ledger["files"]),
            say("{rows} rows read", rows=number(ledger["rows_read"], 0)),
            say("{count} buyers", count=number(head["summary"]["buyers"], 0)),
            say("model {version}", version=head["model_version"]),
        ]
    )
    lines: list[Any] = [Text(), title, Text(facts, style="dim"), *_recognised(document)]
    lines += [Text(f"! {n['sentence']}", style="yellow") for n in _warnings(head)]
    return Group(*lines)


def _recognised(document: Document) -> list[Any]:
    """How the files were read: styles in one line, then column → field."""
    lines: list[Any] = []
    for table in document.head["ledger"]["tables"]:
        lines += recognised_lines(table, document.say)
    return lines


def recognised_lines(table: Row, say: Speaker) -> list[Any]:
    """One recognised table."""
    pairs = ", ".join(f"{column['header']} → {column['label']}" for column in table["columns"])
    lines: list[Any] = [
        Text(f"{table['table']}: {' · '.join(table['styles'])}", style="dim"),
        Text(say("Recognised: {pairs}", pairs=pairs), style="dim"),
    ]
    if table["not_used"]:
        names = ", ".join(name or "–" for name in table["not_used"])
        lines.append(Text(say("Not used: {columns}", columns=names), style="dim"))
    return lines


def _warnings(head: Row) -> list[Row]:
    return [*head["notices"], *head["coverage"]["flags"]]


def _table(title: str, *columns: tuple[str, bool]) -> Table:
    """A table without frames; columns are (heading, whether figures)."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        header_style="dim",
        padding=(0, 2, 0, 0),
    )
    for name, figures in columns:
        table.add_column(name, justify="right" if figures else "left", no_wrap=figures)
    return table


def _totals(document: Document) -> Padding:
    """One column a currency, so that long amounts find room on any terminal."""
    say, totals = document.say, document.head["totals"]
    table = _table(say("Totals"), ("", False), *((total["currency"], True) for total in totals))
    for name, label in (
        ("open_total", "Open total"),
        ("overdue", "Overdue"),
        ("disputed", "Disputed"),
        ("under_bills", "Under bills not yet honoured"),
        ("credits", "Credit notes, open"),
        ("unapplied", "Receipts not applied"),
        ("net", "Net"),
        ("unbilled", "Shipped, not yet invoiced"),
    ):
        shown = name in ALWAYS or any(Decimal(total[name]) for total in totals)
        if shown:
            table.add_row(say(label), *(grouped(total[name]) for total in totals))
    shares = [percent(total["overdue"], total["open_total"]) for total in totals]
    table.add_row(say("Overdue share"), *(Text(share, style="red") for share in shares))
    for code, label in KPIS.items():
        table.add_row(say(label), *(_kpi(total["kpis"][code]) for total in totals))
    return Padding(table, (1, 0, 0, 0))


def _kpi(kpi: Row) -> str:
    return ("≥ " if kpi["is_lower_bound"] else "") + number(kpi["value"])


def _ageing(document: Document) -> Padding:
    """One table for a single currency with bars, one matrix for several."""
    say, totals = document.say, document.head["totals"]
    names = Names(say)
    single = len(totals) == 1
    columns = [(total["currency"], True) for total in totals]
    extra = [(say("Share"), True), ("", False)] if single else []
    title = say("Ageing by due date; the rows sum to the open total")
    table = _table(title, (say("Days past due"), False), *columns, *extra)
    labels = list(totals[0]["buckets"]) if totals else []
    for place, label in enumerate(labels):
        cells: list[Any] = [names.bucket(label)]
        cells += [grouped(total["buckets"][label]) for total in totals]
        if single:
            amount, whole = totals[0]["buckets"][label], totals[0]["open_total"]
            cells += [percent(amount, whole), _bar(amount, whole, STYLES[place])]
        table.add_row(*cells)
    totals_row = [grouped(total["open_total"]) for total in totals]
    if totals:
        table.add_row(say("Open total"), *totals_row, style="bold")
    return Padding(table, (1, 0, 0, 0))


def _bar(amount: str, whole: str, style: str) -> Text:
    share = float(Decimal(amount) / Decimal(whole)) if Decimal(whole) else 0.0
    return Text("█" * round(max(0.0, min(share, 1.0)) * BAR), style=style)


def _actions(document: Document) -> Padding:
    """One entry an account, most urgent first."""
    say, work = document.say, by_account(document.head["actions"])
    table = _table(
        say("What to do today"),
        ("", True),
        (say("Buyer"), False),
        (say("At stake"), True),
        (say("Action"), False),
    )
    table.columns[1].min_width = NAME_WIDTH
    colon = "：" if say.lang == "zh" else ": "
    for place, entry in enumerate(work[:SHOWN_ACTIONS], start=1):
        lines = [
            Text.assemble((action["title"], "bold"), colon, (action["sentence"], "dim"))
            for action in entry["actions"]
        ]
        stake = with_currency(entry["stake"], entry["currency"])
        table.add_row(str(place), Text(entry["name"]), stake, Group(*lines))
    if not work:
        table.add_row("", say("Nothing needs doing today."), "", "")
    elif len(work) > SHOWN_ACTIONS:
        more = say("and {count} more", count=len(work) - SHOWN_ACTIONS)
        table.add_row("", Text(more, style="dim"), "", "")
    return Padding(table, (1, 0, 0, 0))


def _buyers(document: Document, width: int, top: int) -> Padding:
    """The largest buyers; a narrow terminal leaves out the columns that matter least."""
    say = document.say
    wide = width >= WIDE
    columns = [(say("Buyer"), False), (say("Grade"), True), (say("Score"), True)]
    columns += [(say("Open total"), True), (say("Overdue"), True)]
    if wide:
        columns += [(say("Days late"), True), (say("Trend"), True), (say("Limit"), True)]
    title = say("Buyers, largest share of their currency first (grade 1 is best, 10 is worst)")
    table = _table(title, *columns)
    table.columns[0].min_width = NAME_WIDTH
    for buyer in document.buyers(top):
        for held in buyer["balances"]:
            table.add_row(*_buyer_cells(buyer, held, wide))
    more = document.head["summary"]["buyers"] - top
    if more > 0:
        table.add_row(Text(say("and {count} more", count=number(more, 0)), style="dim"))
    return Padding(table, (1, 0, 0, 0))


def _buyer_cells(buyer: Row, held: Row, wide: bool) -> list[Any]:
    behaviour, late = held["behaviour"], Decimal(held["overdue"]) > 0
    cells: list[Any] = [
        Text(buyer["name"]),
        _grade(held["grade"]),
        number(held["health_score"]),
        with_currency(held["open_total"], held["currency"]),
        Text(grouped(held["overdue"]), style="red" if late else ""),
    ]
    if wide:
        cells += [number(behaviour["days_beyond_terms"]), number(behaviour["trend_days"])]
        cells.append(grouped(held["limit"]["recommended"]))
    return cells


def _grade(grade: int | None) -> Text:
    if grade is None:
        return Text("–", style="dim")
    style = "green" if grade <= 3 else "cyan" if grade <= 5 else "yellow" if grade <= 7 else "red"
    return Text(str(grade), style=f"bold {style}")


def _control(document: Document) -> Group:
    say, head = document.say, document.head
    names = Names(say)
    table = _table(
        say("Control totals: file = ledger + rejects"),
        (say("Currency"), False),
        *((names.control(part), True) for part in ("file", "ledger", "rejects")),
    )
    for row in head["control"]:
        cells = [
            say(
                "{amount} in {rows} rows",
                amount=grouped(part["amount"]),
                rows=number(part["rows"], 0),
            )
            for part in (row["file"], row["ledger"], row["rejects"])
        ]
        table.add_row(row["currency"] or "–", *cells)
    lines: list[Any] = [Padding(table, (1, 0, 0, 0))]
    if head["rejects_count"]:
        count = number(head["rejects_count"], 0)
        lines.append(Text(say("Rejected rows: {count}", count=count), style="yellow"))
    for reject in head["rejects"][:SHOWN_REJECTS]:
        where = say("line {line}", line=reject["line"])
        column = f", {reject['column']}" if reject["column"] else ""
        lines.append(Text(f"  {where}{column}: {reject['reason']}"))
    return Group(*lines)
