"""Somebody else's text never runs as a formula in a spreadsheet."""

from __future__ import annotations

import pytest

from xindun.kernel.spreadsheets import guarded


@pytest.mark.parametrize("text", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_could_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Acme", "3-2", "a=b", "甲公司"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
