"""The tree hash of RFC 9162: published roots, and the definition itself as a property."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.kernel.merkle import leaf_hash, merkle_root, node_hash

# The eight leaves and the roots published with the Certificate Transparency reference code.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_definition(entries: list[bytes]) -> bytes:
    """MTH exactly as section 2.1.1 writes it."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return leaf_hash(entries[0])
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return node_hash(by_definition(entries[:split]), by_definition(entries[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    assert merkle_root(LEAVES[:size]).hex() == ROOTS[size - 1]


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_stream_gives_the_defined_root(entries: list[bytes]) -> None:
    assert merkle_root(iter(entries)) == by_definition(entries)


def test_many_leaves_have_the_root_of_the_definition() -> None:
    """Long streams are hashed in chunks; the definition splits at the largest power of two."""

    def defined(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaf_hash(leaves[0])
        split = 1 << ((len(leaves) - 1).bit_length() - 1)
        return node_hash(defined(leaves[:split]), defined(leaves[split:]))

    for count in (4095, 4096, 4097, 8192, 13000):
        leaves = [str(n).encode() for n in range(count)]
        assert merkle_root(iter(leaves)) == defined(leaves)
