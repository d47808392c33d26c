"""A foreign context is entered by its doors only, and foreign keys never point to a later phase."""

from __future__ import annotations

import grimp
import pytest

PHASES = ("record", "prevention", "control", "recovery", "improvement")
DOORS = {"values", "reads", "actions", "events", "ports"}
# These work without a database, which the doors of a context would open: an outsider verifies an
# export, a small company reads a statement file, and a policy is checked where it is written.
OFFLINE = {
    "xindun.cli.evidence.verify": {"rules"},
    "xindun.cli.policy": {"rules"},
    "xindun.cli.ratios": {"rules"},
    "xindun.cli.statements": {"rules"},
    "xindun.connectors.statement_files.reading": {"rules"},
    "xindun.connectors.statement_files.stating": {"rules"},
}
EDGES = {"web", "api", "cli", "config", "connectors"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("xindun")


def context_of(module: str) -> tuple[str, str, str] | None:
    """(phase, context, part) of a module inside a phase, else None."""
    parts = module.split(".")
    if len(parts) < 3 or parts[1] not in PHASES:
        return None
    return parts[1], parts[2], parts[3] if len(parts) > 3 else ""


def wrong_entries(graph: grimp.ImportGraph) -> list[str]:
    found = []
    for imported in sorted(graph.modules):
        target = context_of(imported)
        if target is None or not target[2]:
            continue
        for importer in sorted(graph.find_modules_that_directly_import(imported)):
            source = context_of(importer)
            foreign = source is None or source[:2] != target[:2]
            # The wiring room hands tasks to the worker; nobody else sees them.
            allowed = DOORS | ({"tasks"} if importer.startswith("xindun.config") else set())
            allowed |= OFFLINE.get(importer, set())
            if foreign and target[2] not in allowed:
                found.append(f"{importer} -> {imported}")
    return found


def test_contexts_are_entered_by_their_doors_only(graph: grimp.ImportGraph) -> None:
    assert wrong_entries(graph) == []


def test_the_walk_sees_contexts_at_all(graph: grimp.ImportGraph) -> None:
    contexts = {context_of(module)[:2] for module in graph.modules if context_of(module)}
    assert ("record", "receivables") in contexts
    assert ("record", "evidence") in contexts


def test_phases_hold_no_code_of_their_own(graph: grimp.ImportGraph) -> None:
    for phase in PHASES:
        assert graph.find_modules_directly_imported_by(f"xindun.{phase}") == set()
