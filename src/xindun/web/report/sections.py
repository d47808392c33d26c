"""The sections of a credit report, each from what the buyer's tabs show.

What a reader would get wrong: a section that has nothing says so. A report that leaves out what is
not known would read as if all were well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xindun.control.monitoring import reads as monitoring
from xindun.prevention.scoring import reads as scoring
from xindun.prevention.scoring.values import CompanyGrade
from xindun.record.company_file import reads as files
from xindun.record.exposure.reads import exposure_of_group
from xindun.record.parties import reads as parties
from xindun.record.parties.values import BuyerValue, PartyValue
from xindun.record.statements import reads as statements
from xindun.web import formats
from xindun.web.facts import words as facts
from xindun.web.grade.drawing import waterfall
from xindun.web.grade.words import TEXTS, change_text, reason_name
from xindun.web.group.shown import group_rows
from xindun.web.identity.shown import scheme_name
from xindun.web.own_credit.today import today_here
from xindun.web.statements import comparing
from xindun.web.templatetags.xindun import country

MOST_YEARS = 3
MOST_HISTORY = 12

Section = dict[str, Any]


def sections_of(buyer: BuyerValue) -> list[Section]:
    """Every section as the layout takes it: title, note, tables of texts."""
    now = timezone.now()
    party = parties.party_of(buyer.id)
    return [
        _identity(buyer, party),
        *_group(party, now),
        *_grade(buyer),
        _account(buyer),
        *_statements(party, now),
        _facts(party, now),
        _events(party, now),
    ]


def _section(title: str, note: str, *tables: Section) -> Section:
    return {"title": title, "note": note, "tables": [each for each in tables if each["rows"]]}


def _table(
    head: Sequence[str], rows: Sequence[Sequence[Any]], *, figures: int | None = None
) -> Section:
    """Rows as texts; the last ``figures`` columns (None: all but the first) stand to the right."""
    texts = [[formats.DASH if each in (None, "") else str(each) for each in row] for row in rows]
    right = len(head) - 1 if figures is None else figures
    return {"head": list(head), "rows": texts, "figures": right}


def _pairs(*rows: tuple[str, Any]) -> Section:
    return _table((_("What"), _("Value")), rows, figures=0)


def _identity(buyer: BuyerValue, party: PartyValue | None) -> Section:
    numbers = parties.identifiers_of(party.id) if party else ()
    where = country(buyer.country) if buyer.country else ""
    return _section(
        _("Who the buyer is"),
        "" if party else _("Not matched to a company: statements and facts are unknown."),
        _pairs(
            (_("Name in the ledger"), buyer.name),
            (_("Customer number"), buyer.buyer_key),
            (_("Country"), where),
            (_("Company"), party.name if party else ""),
            *((scheme_name(each.scheme), f"{each.value} ({each.source})") for each in numbers),
        ),
    )


def _group(party: PartyValue | None, now: datetime) -> list[Section]:
    """Only where the company belongs to a group: its buyers, the nearest to the head first."""
    if party is None:
        return []
    today = today_here()
    found = exposure_of_group(parties.group_of(party.id, as_of=today, known_at=now))
    if len(found.companies) == 1:
        return []
    rows = [
        (row.name, row.share, row.why, _owed(row.said.owed))
        for row in group_rows(found, party)
        if row.said.buyers or row.level == 0
    ]
    note = _("Structure as of {day}, money as recorded now. Companies in all: {number}.").format(
        day=formats.day(today), number=len(found.companies)
    )
    head = (_("Company"), _("Shareholding"), _("Why"), _("Owes"))
    owed = (_("The group owes"), _owed(found.totals) or _("nothing"))
    return [
        _section(
            _("Company group"),
            note,
            _pairs((_("Ultimate parent"), found.group.head.name), owed),
            _table(head, rows, figures=1),
        )
    ]


def _owed(pairs: Sequence[tuple[str, Decimal]]) -> str:
    return "; ".join(formats.money_with_code(amount, code) for code, amount in pairs)


def _grade(buyer: BuyerValue) -> list[Section]:
    found = scoring.grade_of(buyer.id, as_of=today_here())
    if found is None or found.in_force is None:
        return [_section(_("Company grade"), _("Not graded yet"))]
    note = _("As of {day}, as known at {at} UTC; model {model}, policy {policy}.").format(
        day=formats.day(found.as_of),
        at=f"{found.known_at:%Y-%m-%d %H:%M}",
        model=found.model_version,
        policy=found.policy_version,
    )
    if not found.calibrated:
        note += " " + _("Uncalibrated: the model was fitted on companies of other countries.")
    return [
        _section(_("Company grade"), note, _figures(found)),
        _section(
            _("Why this grade"),
            _("Each reason in log-odds; together they are the grade's. Above zero is riskier."),
            _table(
                (_("Reason"), _("Dimension"), _("Adds"), _("Sum")),
                [
                    (each.name, each.dimension, f"{each.log_odds:+.2f}", f"{each.after:+.2f}")
                    for each in waterfall(found.reasons)
                ],
                figures=2,
            ),
            _table(
                (_("What would lift it"), _("Grade")),
                [
                    (
                        _(" and ").join(
                            change_text(change.code, change.from_value, change.to_value)
                            for change in lift.changes
                        ),
                        lift.reaches_grade,
                    )
                    for lift in found.lifts[:6]
                ],
            ),
        ),
        _history(buyer),
    ]


def _figures(found: CompanyGrade) -> Section:
    interval = f"{formats.share(found.pd_low, 2)} – {formats.share(found.pd_high, 2)}"
    rows: list[tuple[str, Any]] = [
        (_("Grade (1 is best, 10 is worst)"), found.in_force),
        (_("Probability of failure within 12 months"), formats.share(found.pd_12m, 2)),
        (_("Its interval (80 per cent, stated by policy)"), interval),
        (
            _("Within 180 days (derived by a constant hazard, not estimated)"),
            formats.share(found.pd_180d, 2),
        ),
        (_("Health score (0 to 100, higher is safer)"), formats.number(found.health_score, 1)),
        (_("Confidence"), TEXTS.get(found.confidence or "")),
    ]
    if found.cap:
        rows.append((_("Capped by"), reason_name(found.cap)))
    if found.override:
        rows.append((_("Grade of the model, overridden by people"), found.grade))
        rows.append((_("Reason of the override"), found.override.reason))
    return _pairs(*rows)


def _history(buyer: BuyerValue) -> Section:
    past = scoring.grade_history(buyer.id, as_of=today_here())[:MOST_HISTORY]
    rows = [
        (formats.day(each.as_of), each.grade, formats.share(each.pd_12m, 2), each.model_version)
        for each in past
    ]
    head = (_("As of"), _("Grade"), _("Within 12 months"), _("Model"))
    return _section(_("History of the grade"), "", _table(head, rows))


def _account(buyer: BuyerValue) -> Section:
    found = monitoring.buyer_file(buyer.public_id)
    if found is None or not found.accounts:
        return _section(_("What it owes us"), _("No review of the portfolio contains it yet."))
    rows = [
        (
            each.row.currency,
            formats.money(each.row.open_total, each.row.currency),
            formats.money(each.row.overdue, each.row.currency),
            each.row.max_days_overdue,
            formats.number(each.row.days_beyond_terms, 1),
            each.row.grade,
        )
        for each in found.accounts
    ]
    head = (
        *(_("Currency"), _("Open"), _("Overdue"), _("Oldest, days")),
        *(_("Days beyond terms"), _("Payment grade")),
    )
    note = _("By the review as of {day}, from our own ledger.").format(
        day=formats.day(found.run.as_of)
    )
    return _section(_("What it owes us"), note, _table(head, rows))


def _statements(party: PartyValue | None, now: datetime) -> list[Section]:
    found = statements.statements_of(party.id, **comparing.known_now(now)) if party else ()
    if not found:
        return [_section(_("Financial statements"), _("None is on file."))]
    basis = comparing.bases_of(found)[0]
    columns = comparing.columns_of(found, basis)[:MOST_YEARS]
    days = [each.ends_on.isoformat() for each in columns]
    lines = [
        (row.name, *row.cells)
        for _part, rows in comparing.line_rows(columns, common_size=False)
        for row in rows
    ]
    ratios = [
        (row.name, *row.cells)
        for _group, rows in comparing.ratio_rows(columns)
        for row in rows
        if any(value is not None for value in row.values)
    ]
    models, _parted, _year = comparing.models_of(columns)
    scores = [
        (each.name, formats.number(each.value.score, 4), each.zone, each.direction)
        for each in models
    ]
    sources = "; ".join(dict.fromkeys(each.source for each in columns))
    return [
        _section(
            _("Financial statements"),
            f"{basis.name} · {sources}",
            _table((_("Line"), *days), lines),
        ),
        _section(_("Ratios"), "", _table((_("Ratio"), *days), ratios)),
        _section(
            _("Distress models"),
            _("Indicators on the newest accounts, not probabilities of default for this buyer."),
            _table((_("Model"), _("Score"), _("Zone"), _("Direction")), scores),
        ),
    ]


def _facts(party: PartyValue | None, now: datetime) -> Section:
    found = files.conflicts_of(party.id, as_of=today_here(), known_at=now) if party else ()
    rows = [
        (
            str(facts.KINDS[each.kind]),
            facts.value_text(said.fact.value),
            said.fact.source,
            formats.day(said.fact.as_of),
            str(facts.VERDICTS[each.verdict][0]),
        )
        for each in found
        for said in each.statements
    ]
    head = (_("Fact"), _("Value"), _("Source"), _("As of"), _("Sources compared"))
    note = "" if rows else _("None is on file.")
    return _section(_("Facts and who states them"), note, _table(head, rows, figures=0))


def _events(party: PartyValue | None, now: datetime) -> Section:
    found = files.event_history_of(party.id, as_of=today_here(), known_at=now) if party else ()
    rows = [
        (
            str(facts.KINDS[each.kind]),
            formats.day(each.effective_on),
            str(facts.STATES[each.state]),
            each.case_number,
            each.source,
        )
        for each in found
    ]
    head = (_("Public event"), _("Since"), _("State"), _("Case"), _("Source"))
    note = "" if rows else _("None is on file.")
    return _section(_("Public events"), note, _table(head, rows, figures=0))
