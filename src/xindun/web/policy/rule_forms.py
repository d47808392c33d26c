"""The check rules of a segment as one form: a row a rule, a column a reaction.

What a reader would get wrong: a rule with figures has a field a reaction and figure, and stands for
each reaction that has any; a rule without is told its reaction only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from xindun.prevention.credit_policy.reads import PARAMETERS
from xindun.prevention.credit_policy.values import (
    CheckRule,
    CreditPolicy,
    Reaction,
    RuleCode,
    Segment,
)
from xindun.web.policy import words
from xindun.web.policy.forms import (
    SELECT,
    CodesField,
    FactorField,
    PercentField,
    SegmentForm,
    whole,
)
from xindun.web.policy.shown import STEPS

_FIELDS: dict[str, Any] = {
    "amount": lambda _code: FactorField(words.FIELDS["amount"], required=False),
    "days": lambda _code: whole(words.FIELDS["days"], required=False),
    "share": lambda _code: PercentField(_("Share, per cent"), required=False),
    "level": lambda _code: whole(words.FIELDS["level"], required=False),
    "grade": lambda _code: whole(words.FIELDS["grade"], required=False),
    "codes": lambda code: CodesField(
        words.FIELDS["codes"], "F, L" if code is RuleCode.SECTOR_STOP else "RU, KP"
    ),
}

_STEP_CHOICES = [(step.value, words.REACTIONS[step]) for step in STEPS]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule on the form: a field for the reaction alone, or fields a reaction."""

    title: Any
    text: Any
    reaction: BoundField | None
    steps: list[tuple[Any, list[BoundField]]]


class RulesForm(forms.Form):
    """All check rules of a segment."""

    def __init__(self, segment: Segment, data: Any) -> None:
        super().__init__(data, initial=_first(segment))
        for code, step, name in _places():
            if name:
                self.fields[f"{code.value}-{step.value}-{name}"] = _FIELDS[name](code)
            else:
                self.fields[code.value] = forms.ChoiceField(
                    label=words.FIELDS["reaction"],
                    required=False,
                    choices=[
                        ("", _("not checked")),
                        *((s.value, words.REACTIONS[s]) for s in STEPS),
                    ],
                    widget=forms.Select(attrs=SELECT),
                )

    def table(self) -> list[RuleRow]:
        """The rows, in the order of the rules."""
        return [
            RuleRow(
                title=words.RULES[code],
                text=words.FAILS_WHEN[code],
                reaction=None if names else self[code.value],
                steps=[
                    (
                        words.REACTIONS[step],
                        [self[f"{code.value}-{step.value}-{name}"] for name in names],
                    )
                    for step in STEPS
                    if names
                ],
            )
            for code, names in PARAMETERS.items()
        ]

    def rules(self) -> tuple[CheckRule, ...]:
        """What was said."""
        found = []
        for code, names in PARAMETERS.items():
            if not names and self.cleaned_data[code.value]:
                found.append(CheckRule(code, Reaction(self.cleaned_data[code.value])))
            for step in STEPS if names else ():
                told = {
                    name: self.cleaned_data[f"{code.value}-{step.value}-{name}"] for name in names
                }
                if any(value not in (None, ()) for value in told.values()):
                    found.append(CheckRule(code, step, **told))
        return tuple(found)


class OneSegmentForm:
    """A segment: whom it is for (except the last, for everybody else) and its rules."""

    def __init__(self, policy: CreditPolicy, place: int, data: Any) -> None:
        self.place, self.segment = place, policy.segments[place]
        last = place == len(policy.segments) - 1
        self.whom = None if last else SegmentForm(self.segment, data)
        self.rules = RulesForm(self.segment, data)

    def is_valid(self) -> bool:
        """Whether both parts can be read."""
        both = [self.rules.is_valid(), self.whom is None or self.whom.is_valid()]
        return all(both)

    def changed(self, policy: CreditPolicy) -> CreditPolicy:
        """The policy with this segment."""
        said = self.whom.said() if self.whom else {}
        segments = list(policy.segments)
        segments[self.place] = replace(self.segment, rules=self.rules.rules(), **said)
        return replace(policy, segments=tuple(segments))


def _places() -> Iterator[tuple[RuleCode, Reaction, str]]:
    """Code, reaction and figure of each field; one without a figure for a rule without any."""
    for code, names in PARAMETERS.items():
        if not names:
            yield code, Reaction.NONE, ""
        for step in STEPS if names else ():
            for name in names:
                yield code, step, name


def _first(segment: Segment) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for rule in segment.rules:
        if not PARAMETERS[rule.code]:
            found[rule.code.value] = rule.reaction.value
        for name in PARAMETERS[rule.code]:
            found[f"{rule.code.value}-{rule.reaction.value}-{name}"] = getattr(rule, name)
    return found
