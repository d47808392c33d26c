"""A buyer's credit report as PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.edges.web.conftest import Company
from xindun.kit.typesetting import CannotTypeset, typeset
from xindun.web.report.views import LAYOUT

CONTENT = {"lang": "zh", "subtitle": "", "notice": "", "made": "", "sections": []}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_report_is_made_in_both_languages(company: Company, language: str) -> None:
    buyer = next(iter(company.buyers.values()))
    answer = company.client.get(f"/buyers/{buyer}/report.pdf?lang={language}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfaid:part>2<" in answer.content  # PDF/A: every character has a glyph
    lang = b"zh" if language == "zh-hans" else b"en"
    assert b"<dc:language><rdf:Bag><rdf:li>" + lang in answer.content


def test_a_character_that_no_font_has_is_refused_not_printed_as_a_box(tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert typeset(LAYOUT, {**CONTENT, "title": "华信 Huaxin"}, now=now).startswith(b"%PDF-")
    with pytest.raises(CannotTypeset, match="could not be displayed"):
        typeset(LAYOUT, {**CONTENT, "title": "\U0001f600"}, now=now)
