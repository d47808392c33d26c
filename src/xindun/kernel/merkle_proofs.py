"""Inclusion and consistency proofs of RFC 9162, sections 2.1.3 and 2.1.4.

Making a proof means naming ranges of leaves; each is the fold of a few finished subtrees, which
whoever keeps the tree has stored. Verifying needs no tree at all: the two algorithms below are
the RFC's, step by step. What a reader would get wrong: a proof that is too long or too short is
as false as one with a wrong hash.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xindun.kernel.errors import DomainError
from xindun.kernel.merkle import node_hash, range_nodes

Range = tuple[int, int]
Node = tuple[int, int]


class NoSuchProof(DomainError):
    """A proof was asked for a leaf or a tree that the tree does not hold."""

    code = "no_such_proof"
    sentence = "A log of {size} records holds no proof for {wanted}."


def inclusion_ranges(number: int, size: int) -> list[Range]:
    """Ranges whose hashes prove leaf ``number`` (from 0) in a tree of ``size``, lowest first.

    Raises:
        NoSuchProof: the tree has no such leaf.

    >>> inclusion_ranges(5, 7)
    [(4, 5), (6, 7), (0, 4)]
    """
    if not 0 <= number < size:
        raise NoSuchProof(size=size, wanted=number)
    start, end = 0, size
    ranges: list[Range] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if number < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(earlier: int, size: int) -> list[Range]:
    """Ranges whose hashes prove that the tree of ``earlier`` leaves begins the tree of ``size``.

    Raises:
        NoSuchProof: the earlier tree is empty or larger.
    """
    if not 0 < earlier <= size:
        raise NoSuchProof(size=size, wanted=earlier)
    start, end, whole = 0, size, True
    ranges: list[Range] = []
    while earlier != end:
        middle = start + _split(end - start)
        if earlier <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    if not whole:
        ranges.append((start, end))
    return ranges[::-1]


def nodes_of(ranges: Sequence[Range]) -> set[Node]:
    """The finished subtrees that must be fetched to hash the ranges."""
    return {node for start, end in ranges for node in range_nodes(start, end)}


def hashes_of(ranges: Sequence[Range], node: Callable[[Node], bytes]) -> list[bytes]:
    """The proof: one hash a range, folded from its finished subtrees."""
    return [_fold([node(each) for each in range_nodes(start, end)]) for start, end in ranges]


def includes(leaf: bytes, number: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether ``path`` proves leaf hash ``leaf`` as number ``number`` of the tree with ``root``.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= number < size:
        return False
    place, last, digest = number, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            digest = node_hash(sibling, digest)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            digest = node_hash(digest, sibling)
        place >>= 1
        last >>= 1
    return last == 0 and digest == root


def is_consistent(
    earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether ``proof`` shows that the earlier tree is the beginning of the later one.

    RFC 9162, section 2.1.4.2. Equal sizes need equal roots and an empty proof.
    """
    if earlier == size:
        return not proof and earlier_root == root
    if not 0 < earlier < size or not proof:
        return False
    path = list(proof)
    if earlier & (earlier - 1) == 0:
        path.insert(0, earlier_root)
    place, last = earlier - 1, size - 1
    while place & 1:
        place >>= 1
        last >>= 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            new = node_hash(new, sibling)
        place >>= 1
        last >>= 1
    return last == 0 and old == earlier_root and new == root


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def _fold(subtrees: Sequence[bytes]) -> bytes:
    digest = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        digest = node_hash(left, digest)
    return digest
