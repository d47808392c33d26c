"""Who controls whom, and which company stands at the top.

What a reader would get wrong: control is not read off one link. What a company and the companies
that it controls hold together decides, so two shares of 30 per cent held by two subsidiaries
control, and a share of 60 per cent of 60 per cent does too, although it is 36 per cent of the
capital.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from decimal import Decimal

from xindun.record.parties.values import GroupLink

CONTROL_ABOVE = Decimal(50)
"""Per cent of the shares above which a company is taken as controlled: the majority on which
consolidated accounts rest (IFRS 10 B35) and by which the Chinese Company Law of 2023, article 265,
names a controlling shareholder. Control by contract, or with less, is not read from shares."""

ULTIMATE = "IS_ULTIMATELY_CONSOLIDATED_BY"
CONSOLIDATED = ("IS_DIRECTLY_CONSOLIDATED_BY", ULTIMATE, "IS_INTERNATIONAL_BRANCH_OF")
"""The kinds of a register's links that count as control: the parent has consolidated the child in
its accounts, or the child is its branch. A fund's manager does not owe what the fund owes."""


class Holdings:
    """Links between companies, asked who controls whom; answers are kept."""

    def __init__(self, links: Iterable[GroupLink]) -> None:
        self._down: dict[str, list[GroupLink]] = {}
        self._up: dict[str, list[GroupLink]] = {}
        self._controlled: dict[str, frozenset[str]] = {}
        for link in links:
            if link.child == link.parent:  # its two ends were merged: they are one company
                continue
            self._down.setdefault(link.parent, []).append(link)
            self._up.setdefault(link.child, []).append(link)

    def controlled_by(self, company: str) -> frozenset[str]:
        """What a company controls, and itself."""
        if company not in self._controlled:
            self._controlled[company] = frozenset(self._reach(company))
        return self._controlled[company]

    def _reach(self, company: str) -> set[str]:
        held: dict[str, Decimal] = {}
        found = {company}
        waiting = deque([company])
        while waiting:
            for link in self._down.get(waiting.popleft(), ()):
                if link.child in found:
                    continue
                held[link.child] = held.get(link.child, Decimal(0)) + (link.percent or 0)
                if link.kind or held[link.child] > CONTROL_ABOVE:
                    found.add(link.child)
                    waiting.append(link.child)
        return found

    def ancestors_of(self, company: str) -> list[str]:
        """Everybody above a company, itself not, the nearest first; safe in a circle."""
        found = {company: None}
        waiting = deque([company])
        while waiting:
            for link in self._up.get(waiting.popleft(), ()):
                if link.parent not in found:
                    found[link.parent] = None
                    waiting.append(link.parent)
        return list(found)[1:]

    def heads_of(self, company: str) -> tuple[str, ...]:
        """The companies at the top, the one to take first; the company itself without a parent.

        Several stand there only when sources contradict each other: whom the tenant's own record
        names comes first, then by key. Companies that control each other count as one, by the
        first of their keys, whichever of them is asked about.
        """
        above = [each for each in self.ancestors_of(company) if company in self.controlled_by(each)]
        asked = [company, *above]
        top = [each for each in asked if not any(self._over(other, each) for other in asked)]
        circles: dict[str, bool] = {}
        for each in top:
            first = min((other for other in top if self._both(each, other)), key=_place)
            circles[first] = circles.get(first, False) or self._recorded(each, company)
        return tuple(sorted(circles, key=lambda each: (not circles[each], *_place(each))))

    def is_circular(self, head: str) -> bool:
        """Whether something that the head controls controls the head."""
        return any(head in self.controlled_by(each) for each in self.ancestors_of(head))

    def _over(self, other: str, company: str) -> bool:
        """Whether ``other`` controls ``company`` and not the other way round."""
        return company in self.controlled_by(other) and other not in self.controlled_by(company)

    def _both(self, one: str, other: str) -> bool:
        """Whether each controls the other, as a company does itself."""
        return one in self.controlled_by(other) and other in self.controlled_by(one)

    def _recorded(self, head: str, company: str) -> bool:
        """Whether a share that the tenant recorded leads from the head's group to the company."""
        group = self.controlled_by(head)
        return any(not link.kind and link.parent in group for link in self._up.get(company, ()))

    def share_of(self, head: str, company: str) -> Decimal | None:
        """What the head's group holds of a company by recorded shares; None where none is."""
        group = self.controlled_by(head)
        shares = [
            link.percent
            for link in self._up.get(company, ())
            if link.parent in group and link.percent is not None and not link.kind
        ]
        return sum(shares, Decimal(0)) if shares else None

    def paths_from(self, head: str) -> dict[str, tuple[GroupLink, ...]]:
        """The links from a head down to each company that it controls.

        A register's word on the ultimate parent skips what stands between; it is used only for
        companies that no other link leads to.
        """
        members = self.controlled_by(head)
        paths: dict[str, tuple[GroupLink, ...]] = {head: ()}
        waiting, skipped = deque([head]), deque[tuple[str, GroupLink]]()
        while waiting or skipped:
            if not waiting:
                company, link = skipped.popleft()
                if link.child not in paths:
                    paths[link.child] = (*paths[company], link)
                    waiting.append(link.child)
                continue
            company = waiting.popleft()
            for link in self._down.get(company, ()):
                if link.child not in members or link.child in paths:
                    continue
                if link.kind == ULTIMATE:
                    skipped.append((company, link))
                else:
                    paths[link.child] = (*paths[company], link)
                    waiting.append(link.child)
        return paths


def _place(key: str) -> tuple[int, str]:
    """Where a key stands among others: of two files the one that was opened first, 9 before 10."""
    return len(key), key
