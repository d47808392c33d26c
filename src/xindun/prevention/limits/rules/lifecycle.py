"""The life of a request and of the limit it grants: the one table of what may follow what.

What a reader would get wrong: a limit that was reduced can still be reviewed, reduced and
withdrawn; only refusal, taking back, withdrawal, expiry and replacement are ends. The diagram in
docs/explanation/limits.md is made from this table, and a test compares them.
"""

from __future__ import annotations

from xindun.kernel.errors import DomainError
from xindun.prevention.limits.values import RequestState, Step

_OPEN = (RequestState.REQUESTED, RequestState.RECOMMENDED)
_AGREED = (RequestState.APPROVED, RequestState.PARTLY_APPROVED)
_STANDS = (RequestState.EFFECTIVE, RequestState.REVIEWED, RequestState.REDUCED)

TRANSITIONS: dict[tuple[RequestState, Step], RequestState] = {
    (RequestState.REQUESTED, Step.RECOMMEND): RequestState.RECOMMENDED,
    **{(state, Step.ESCALATE): state for state in _OPEN},
    **{(state, Step.APPROVE): RequestState.APPROVED for state in _OPEN},
    **{(state, Step.APPROVE_PART): RequestState.PARTLY_APPROVED for state in _OPEN},
    **{(state, Step.REFUSE): RequestState.REFUSED for state in _OPEN},
    **{(state, Step.TAKE_BACK): RequestState.TAKEN_BACK for state in _OPEN},
    **{(state, Step.TAKE_EFFECT): RequestState.EFFECTIVE for state in _AGREED},
    **{(state, Step.REVIEW): RequestState.REVIEWED for state in _STANDS},
    **{(state, Step.REDUCE): RequestState.REDUCED for state in _STANDS},
    **{(state, Step.WITHDRAW): RequestState.WITHDRAWN for state in (*_AGREED, *_STANDS)},
    **{(state, Step.EXPIRE): RequestState.EXPIRED for state in _STANDS},
    **{(state, Step.REPLACE): RequestState.REPLACED for state in (*_AGREED, *_STANDS)},
}


class NotPossibleNow(DomainError):
    """The step does not fit where the request stands, often because somebody was quicker."""

    code = "limit_step_not_possible"
    sentence = "Somebody has decided or changed this meanwhile; look at it again."


def after(state: RequestState, step: Step) -> RequestState:
    """Where a step leads from a state.

    Raises:
        NotPossibleNow: nowhere.

    >>> after(RequestState.RECOMMENDED, Step.APPROVE).value
    'approved'
    """
    found = TRANSITIONS.get((state, step))
    if found is None:
        raise NotPossibleNow(state=state.value)
    return found


def diagram() -> str:
    """The table as a Mermaid state diagram, for the docs."""
    lines = ["stateDiagram-v2", "    [*] --> requested"]
    lines += [f"    {start} --> {end}: {step}" for (start, step), end in TRANSITIONS.items()]
    left = {start for start, _step in TRANSITIONS}
    lines += [f"    {state} --> [*]" for state in RequestState if state not in left]
    return "\n".join(lines)
