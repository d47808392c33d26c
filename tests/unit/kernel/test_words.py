"""The Chinese catalogue says everything that the pure layers and the report say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from xindun.api import fields, problems, reference
from xindun.cli.review.ledger_facts import words_of
from xindun.cli.review.methods import FIGURES, KPIS
from xindun.cli.review.sheets import HEADERS
from xindun.connectors.ledger_files.fields import FIELDS
from xindun.connectors.ledger_files.options import Anchor
from xindun.connectors.ledger_files.output import REASONS
from xindun.connectors.ledger_files.values import NOTICES, QUESTIONS
from xindun.connectors.webhooks.values import TOPICS
from xindun.control.gate.values import SENTENCES as ORDER_GATE
from xindun.engine.phrases import PHRASES
from xindun.kernel import words
from xindun.kernel.words import CATALOGUES, language_of, translate
from xindun.prevention.credit_policy.rules import SENTENCES as POLICY_PROBLEMS
from xindun.prevention.securities.rules import PROVISIONS

PACKAGE = CATALOGUES.parent
REPORTS = (PACKAGE / "cli" / "review", PACKAGE / "cli" / "model")
TABLES = {
    "phrases": PHRASES.values(),
    "notices": NOTICES.values(),
    "questions": QUESTIONS.values(),
    "reject reasons": REASONS.values(),
    "fields": [words_of(name) for name in FIELDS],
    "key figures": KPIS.values(),
    "figures": [text for pair in FIGURES.values() for text in pair],
    "workbook": HEADERS,
    "problems of a credit policy": POLICY_PROBLEMS.values(),
    "rules of the order gate": ORDER_GATE.values(),
    "topics of webhooks": TOPICS.values(),
    "provisions on guarantees": [each.says for each in PROVISIONS.values()],
    "the API's reference": reference.sentences(),
    "titles of problems": problems.TITLES.values(),
    "errors of fields": [*fields.SENTENCES.values(), fields.OTHERWISE],
    "words in questions and notices": [
        *("the customer", "the amount", "the date of issue"),
        *get_args(Anchor),
    ],
}


def literals(tree: ast.AST, function: str) -> Iterator[str]:
    """First arguments of the calls of ``function``, where they are literals."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        first = node.args[0] if node.args else None
        if name in (function, f"_{function}") and isinstance(first, ast.Constant):
            yield str(first.value)


def of_the_report() -> set[str]:
    found: set[str] = set()
    for path in (each for report in REPORTS for each in report.glob("*.py")):
        found |= set(literals(ast.parse(path.read_text("utf-8")), "say"))
    for path in (each for report in REPORTS for each in (report / "page").glob("*.html")):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"""\b_\("([^"]+)\"""", text))
        found |= set(re.findall(r"""\b_\('([^']+)'""", text))
    return found


def of_the_errors() -> set[str]:
    """The sentence of every refusal in the package, wherever it is raised."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            for line in node.body:
                named = isinstance(line, ast.Assign) and any(
                    isinstance(target, ast.Name) and target.id == "sentence"
                    for target in line.targets
                )
                if named and isinstance(line.value, ast.Constant):
                    found.add(str(line.value.value))
    return {text for text in found if not re.fullmatch(r"\{\w+\}", text)}


def catalogue() -> dict[str, str]:
    source = CATALOGUES / "zh_Hans" / "LC_MESSAGES" / "xindun.po"
    with source.open("rb") as file:
        return {
            str(message.id): str(message.string)
            for message in read_po(file)
            if message.id and not message.fuzzy
        }


def everything() -> set[str]:
    return {text for table in TABLES.values() for text in table} | of_the_report() | of_the_errors()


@pytest.mark.parametrize("table", TABLES)
def test_every_sentence_of_a_table_is_in_chinese(table: str) -> None:
    known = catalogue()
    assert [text for text in TABLES[table] if not known.get(text)] == []


def test_every_sentence_of_the_report_is_in_chinese() -> None:
    known, said = catalogue(), of_the_report()
    assert len(said) > 100
    assert sorted(text for text in said if not known.get(text)) == []


def test_every_refusal_is_in_chinese() -> None:
    known, said = catalogue(), of_the_errors()
    assert len(said) > 10
    assert sorted(text for text in said if not known.get(text)) == []


def test_placeholders_agree() -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    assert [text for text, said in catalogue().items() if names(text) != names(said)] == []


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    assert sorted(set(catalogue()) - everything()) == []


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh", "zh"), ("zh-hans", "zh"), ("zh_CN", "zh"), ("ZH-TW", "zh"), ("en", "en"), ("de", "en")],
)
def test_any_tag_of_chinese_gives_chinese(tag: str, language: str) -> None:
    assert language_of(tag) == language


def test_a_sentence_without_a_translation_comes_back_in_english() -> None:
    assert translate("zh")("Nobody has said this yet.") == "Nobody has said this yet."
    assert translate("zh")("Open total") == "应收余额"
    assert translate("en")("Open total") == "Open total"


def test_the_source_is_read_where_nothing_was_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = CATALOGUES / "zh_Hans" / "LC_MESSAGES" / "xindun.po"
    (folder / "xindun.po").write_bytes(source.read_bytes())
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    words._catalogue.cache_clear()
    try:
        assert translate("zh")("Open total") == "应收余额"
    finally:
        words._catalogue.cache_clear()
