"""Proofs of RFC 9162: published vectors, every size up to 64, and proofs that must fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.kernel.test_merkle import LEAVES, ROOTS
from xindun.kernel.merkle import GrowingTree, edge_nodes, leaf_hash, merkle_root
from xindun.kernel.merkle_proofs import (
    NoSuchProof,
    consistency_ranges,
    hashes_of,
    includes,
    inclusion_ranges,
    is_consistent,
    nodes_of,
)

# Published with the Certificate Transparency reference code, for the eight leaves of test_merkle:
# (leaf from 0, tree size) → path, and (earlier size, size) → proof.
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
G = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
H = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
I = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"  # noqa: E741
INCLUSION = {
    (0, 1): [],
    (0, 8): [A, B, C],
    (5, 8): [D, E, F],
    (2, 3): [G],
    (1, 5): [H, B, D],
}
CONSISTENCY = {(1, 1): [], (1, 8): [A, B, C], (6, 8): [I, E, F], (2, 5): [B, D]}

HASHES = [leaf_hash(str(number).encode()) for number in range(64)]


def grown(leaves: list[bytes]) -> tuple[dict[tuple[int, int], bytes], list[bytes]]:
    """All finished subtrees of a tree, and its root at every size from 0."""
    tree, nodes = GrowingTree(), {}
    roots = [tree.root()]
    for number, leaf in enumerate(leaves):
        nodes[0, number] = leaf
        nodes |= {(level, index): digest for level, index, digest in tree.add(leaf)}
        roots.append(tree.root())
    return nodes, roots


NODES, ROOT_AT = grown(HASHES)


def path(number: int, size: int) -> list[bytes]:
    return hashes_of(inclusion_ranges(number, size), NODES.__getitem__)


def proof(earlier: int, size: int) -> list[bytes]:
    return hashes_of(consistency_ranges(earlier, size), NODES.__getitem__)


@pytest.mark.parametrize(("number", "size"), INCLUSION)
def test_published_inclusion_paths(number: int, size: int) -> None:
    leaves = [leaf_hash(leaf) for leaf in LEAVES]
    nodes, _ = grown(leaves)
    ranges = inclusion_ranges(number, size)
    made = hashes_of(ranges, {node: nodes[node] for node in nodes_of(ranges)}.__getitem__)
    assert [each.hex() for each in made] == INCLUSION[number, size]
    assert includes(leaves[number], number, size, made, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("earlier", "size"), CONSISTENCY)
def test_published_consistency_proofs(earlier: int, size: int) -> None:
    nodes, _ = grown([leaf_hash(leaf) for leaf in LEAVES])
    made = hashes_of(consistency_ranges(earlier, size), nodes.__getitem__)
    assert [each.hex() for each in made] == CONSISTENCY[earlier, size]
    roots = [bytes.fromhex(ROOTS[each - 1]) for each in (earlier, size)]
    assert is_consistent(earlier, roots[0], size, roots[1], made)


def test_a_tree_that_grows_has_the_root_of_the_definition_and_starts_from_its_edge() -> None:
    for size in range(65):
        entries = [str(number).encode() for number in range(size)]
        assert ROOT_AT[size] == merkle_root(entries)
        again = GrowingTree(size, [NODES[node] for node in edge_nodes(size)])
        assert again.root() == ROOT_AT[size]


def test_every_leaf_of_every_size_is_proved() -> None:
    for size in range(1, 65):
        for number in range(size):
            assert includes(HASHES[number], number, size, path(number, size), ROOT_AT[size])


def test_every_earlier_tree_is_proved() -> None:
    for size in range(1, 65):
        for earlier in range(1, size + 1):
            made = proof(earlier, size)
            assert is_consistent(earlier, ROOT_AT[earlier], size, ROOT_AT[size], made)


@given(st.data())
def test_a_changed_inclusion_proof_fails(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 64))
    number = data.draw(st.integers(0, size - 1))
    made, root = path(number, size), ROOT_AT[size]
    other = data.draw(st.integers(0, size - 1).filter(lambda each: each != number))
    spot = data.draw(st.integers(0, len(made) - 1))
    flipped = [*made[:spot], bytes([made[spot][0] ^ 1, *made[spot][1:]]), *made[spot + 1 :]]
    assert not includes(HASHES[other], number, size, made, root)
    assert not includes(HASHES[number], other, size, made, root)
    assert not includes(HASHES[number], number, size, flipped, root)
    assert not includes(HASHES[number], number, size, made[:-1], root)
    assert not includes(HASHES[number], number, size, [*made, root], root)
    assert not includes(HASHES[number], number, size, made, ROOT_AT[size - 1])


@given(st.data())
def test_a_changed_consistency_proof_fails(data: st.DataObject) -> None:
    size = data.draw(st.integers(3, 64))
    earlier = data.draw(st.integers(1, size - 1))
    made, old, new = proof(earlier, size), ROOT_AT[earlier], ROOT_AT[size]
    spot = data.draw(st.integers(0, len(made) - 1))
    flipped = [*made[:spot], bytes([made[spot][0] ^ 1, *made[spot][1:]]), *made[spot + 1 :]]
    assert not is_consistent(earlier, old, size, new, flipped)
    assert not is_consistent(earlier, old, size, new, made[:-1])
    assert not is_consistent(earlier, old, size, new, [*made, new])
    assert not is_consistent(earlier, new, size, new, made)
    assert not is_consistent(earlier, old, size, old, made)
    assert not is_consistent(size, new, earlier, old, made)


@pytest.mark.parametrize(("wanted", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_what_the_tree_does_not_hold_has_no_proof(wanted: int, size: int) -> None:
    with pytest.raises(NoSuchProof):
        inclusion_ranges(wanted, size)
    assert not includes(HASHES[0], wanted, size, [], ROOT_AT[size])


@pytest.mark.parametrize(("earlier", "size"), [(0, 3), (4, 3)])
def test_an_empty_or_later_tree_is_no_earlier_one(earlier: int, size: int) -> None:
    with pytest.raises(NoSuchProof):
        consistency_ranges(earlier, size)
    assert not is_consistent(earlier, ROOT_AT[earlier], size, ROOT_AT[size], [])
