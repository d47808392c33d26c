"""The Merkle tree of RFC 9162, section 2.1: hashes of leaves, of nodes, and the root.

A batch of a million rows is proved by one root in its evidence record; a single row proves by
its path. Leaf and node hashes carry different prefixes (0x00, 0x01), so that an inner node can
never be passed off as a leaf.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice

LEAF, NODE = b"\x00", b"\x01"
CHUNK_LEVEL = 12
"""Full subtrees of 2**12 entries are hashed level by level."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of 0x00 followed by the entry."""
    return sha256(LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 followed by both children."""
    return sha256(NODE + left + right).digest()


def _push(frontier: list[tuple[int, bytes]], level: int, digest: bytes) -> None:
    """Add a finished subtree, joining equals on the way up."""
    while frontier and frontier[-1][0] == level:
        digest = node_hash(frontier.pop()[1], digest)
        level += 1
    frontier.append((level, digest))


def _full_tree(entries: list[bytes]) -> bytes:
    """The root over a power of two of entries, level by level: twice as fast as one by one."""
    level = [sha256(LEAF + entry).digest() for entry in entries]
    while len(level) > 1:
        pairs = iter(level)
        level = [
            sha256(NODE + left + right).digest() for left, right in zip(pairs, pairs, strict=True)
        ]
    return level[0]


def merkle_root(entries: Iterable[bytes]) -> bytes:
    """The root over ``entries`` in their order; the empty tree's root is SHA-256 of nothing.

    Works in one pass with a frontier of at most log2(n) hashes, so entries may be a stream.
    """
    frontier: list[tuple[int, bytes]] = []
    stream = iter(entries)
    while chunk := list(islice(stream, 1 << CHUNK_LEVEL)):
        if len(chunk) == 1 << CHUNK_LEVEL:
            _push(frontier, CHUNK_LEVEL, _full_tree(chunk))
        else:
            for entry in chunk:
                _push(frontier, 0, leaf_hash(entry))
    if not frontier:
        return sha256(b"").digest()
    root = frontier.pop()[1]
    while frontier:
        root = node_hash(frontier.pop()[1], root)
    return root


class GrowingTree:
    """A tree that grows leaf by leaf and keeps only its right edge: log2(size) hashes.

    Args:
        size: leaves so far.
        edge: hashes of the finished subtrees at the right edge, largest first: one for each bit
            of ``size`` that is set.
    """

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        self.size = size
        levels = [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]
        self._edge = list(zip(levels, edge, strict=True))

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf's hash; the nodes this finished, as (level, index in the level, hash)."""
        edge, digest, level = self._edge, leaf, 0
        finished: list[tuple[int, int, bytes]] = []
        index = self.size
        while edge and edge[-1][0] == level:
            digest = sha256(NODE + edge.pop()[1] + digest).digest()
            level += 1
            index >>= 1
            finished.append((level, index, digest))
        edge.append((level, digest))
        self.size += 1
        return finished

    def root(self) -> bytes:
        """The root over the leaves so far."""
        if not self._edge:
            return sha256(b"").digest()
        root = self._edge[-1][1]
        for _, left in reversed(self._edge[:-1]):
            root = node_hash(left, root)
        return root


def edge_nodes(size: int) -> list[tuple[int, int]]:
    """Level and index of the finished subtrees at the right edge of a tree, largest first.

    >>> edge_nodes(7)
    [(2, 0), (1, 2), (0, 6)]
    """
    return range_nodes(0, size)


def range_nodes(start: int, end: int) -> list[tuple[int, int]]:
    """Level and index of the finished subtrees that make up the leaves ``start`` to ``end``.

    ``start`` must be where a subtree of that length begins, as in every range that the
    definition of the tree splits off.
    """
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes
