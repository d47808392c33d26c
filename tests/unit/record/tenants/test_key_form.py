"""The form of an API key: parts come back, a mistyped one is told from an unknown one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.record.tenants.rules import keys
from xindun.record.tenants.values import Permission

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
# Its CRC-32 is 837,016, which is 3·62³ + 31·62² + 46·62 + 16.
SAMPLE = "xd_abcdefghij_" + "0" * 43


def test_a_new_key_has_256_bits_and_its_parts_come_back() -> None:
    prefix, secret = keys.new_prefix(), keys.new_secret()
    token = keys.token_of(prefix, secret)
    assert token.startswith(f"xd_{prefix}_")
    assert len(secret) == 43 >= 256 / 5.9542
    assert keys.parts_of(token) == (prefix, secret)
    assert keys.new_secret() != secret


def test_the_checksum_is_the_crc_in_base_62() -> None:
    assert keys.token_of("abcdefghij", "0" * 43) == f"{SAMPLE}003VkG"


def test_only_a_plain_hash_of_the_secret_is_kept() -> None:
    assert keys.secret_hash("abc") == sha256(b"abc").digest()


@given(st.integers(0, 62), st.sampled_from("0aZ_-é\n"))
def test_one_wrong_character_is_seen_without_a_database(place: int, other: str) -> None:
    token = keys.token_of("abcdefghij", "0" * 43)
    wrong = token[:place] + other + token[place + 1 :]
    if wrong == token:
        return
    with pytest.raises(keys.MistypedKey):
        keys.parts_of(wrong)


@pytest.mark.parametrize("text", ["", "xd_", "xd__", "xd_a_b", "__", "Bearer x", SAMPLE])
def test_what_is_no_key_is_called_so(text: str) -> None:
    with pytest.raises(keys.MistypedKey):
        keys.parts_of(text)


def test_a_key_reaches_as_far_as_its_maker_and_never_to_people_and_keys() -> None:
    mine = frozenset({Permission.LEDGER_READ, Permission.KEYS_MANAGE})
    keys.check_scopes(frozenset({Permission.LEDGER_READ}), mine)
    for wanted in (Permission.LEDGER_IMPORT, Permission.KEYS_MANAGE):
        with pytest.raises(keys.ScopeTooWide, match=wanted.value):
            keys.check_scopes(frozenset({Permission.LEDGER_READ, wanted}), mine)
    with pytest.raises(keys.NoScopes):
        keys.check_scopes(frozenset(), mine)


def test_a_key_ends_after_a_year_and_within_two() -> None:
    assert keys.end_of_life(None, NOW) == NOW + timedelta(days=365)
    last = NOW + timedelta(days=730)
    assert keys.end_of_life(last, NOW) == last
    for wrong in (NOW, last + timedelta(seconds=1)):
        with pytest.raises(keys.BadKeyLife):
            keys.end_of_life(wrong, NOW)
