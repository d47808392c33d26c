"""What a public event is on a day: in force, over, lifted, or about somebody else.

What a reader would get wrong: an event whose source states another credit code than the party's
never counts, whatever its name says. Names of Chinese companies repeat; the code does not.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from xindun.kernel.errors import DomainError
from xindun.record.company_file.values import (
    KINDS,
    EventRule,
    EventState,
    Fact,
    Json,
    NewEvent,
    NewFact,
    PublicEvent,
)


class NotAnEvent(DomainError):
    """A kind of fact that a company has rather than one that happens to it."""

    code = "not_an_event"
    sentence = "{kind} is no public event; record it as a fact."


def fact_of(new: NewEvent) -> NewFact:
    """The fact that states an event; ``check_fact`` judges it.

    Raises:
        NotAnEvent: as the name says.
    """
    if KINDS[new.kind].event is None:
        raise NotAnEvent(kind=new.kind.value)
    day = new.published_on.isoformat() if new.published_on else ""
    texts: dict[str, str] = {
        "case_number": new.case_number,
        "authority": new.authority,
        "published_on": day,
        "expires_on": new.expires_on.isoformat() if new.expires_on else "",
        "lifted_on": new.lifted_on.isoformat() if new.lifted_on else "",
        "uscc": new.uscc,
        "ground": new.ground,
        "detail": new.detail,
    }
    value: dict[str, Json] = {name: text for name, text in texts.items() if text.strip()}
    if new.amount is not None or new.currency:
        value["amount"] = {"amount": str(new.amount), "currency": new.currency}
    return NewFact(
        kind=new.kind,
        value=value,
        source=new.source,
        source_key=new.case_number or day,
        as_of=new.as_of,
        retrieved_at=new.retrieved_at,
        document_sha256=new.document_sha256,
    )


def event_of(fact: Fact, own_codes: Set[str], *, as_of: date) -> PublicEvent | None:
    """A fact as the event it states; None for facts of other kinds.

    Args:
        own_codes: the credit codes that are the party's; empty while none is known, and then
            a stated code contradicts nothing.
    """
    rule = KINDS[fact.kind].event
    if rule is None or not isinstance(fact.value, dict):
        return None
    said = cast("dict[str, Any]", fact.value)
    effective = _day(said, "published_on") or fact.as_of
    lifted = _day(said, "lifted_on")
    expires = _day(said, "expires_on")
    if expires is None and rule.expires_after_days is not None and _has_term(rule, said):
        expires = effective + timedelta(days=rule.expires_after_days)
    money = said.get("amount") or {}
    uscc = said.get("uscc", "")
    state = EventState.IN_FORCE
    if uscc and own_codes and uscc not in own_codes:
        state = EventState.OTHER_COMPANY
    elif lifted is not None and lifted <= as_of:
        state = EventState.LIFTED
    elif expires is not None and expires <= as_of:
        state = EventState.EXPIRED
    return PublicEvent(
        public_id=fact.public_id,
        party_id=fact.party_id,
        kind=fact.kind,
        effective_on=effective,
        expires_on=min((each for each in (lifted, expires) if each), default=None),
        source=fact.source,
        severity=rule.severity,
        state=state,
        case_number=said.get("case_number", "") or _reference(fact, said),
        authority=said.get("authority", ""),
        amount=Decimal(money["amount"]) if money else None,
        currency=money.get("currency", ""),
        uscc=uscc,
        ground=said.get("ground", ""),
        detail=said.get("detail", ""),
        as_of=fact.as_of,
        recorded_at=fact.recorded_at,
    )


def _reference(fact: Fact, said: dict[str, Any]) -> str:
    """The key, where it is more than the day that told the event apart."""
    return "" if fact.source_key == said.get("published_on") else fact.source_key


def _has_term(rule: EventRule, said: dict[str, Any]) -> bool:
    """Whether the provision's term is for the grounds that the source states."""
    stated = frozenset(said["ground"].split(",")) if "ground" in said else frozenset()
    return not rule.term_grounds or (bool(stated) and stated <= rule.term_grounds)


def _day(said: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(said[name]) if name in said else None
