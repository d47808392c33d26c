"""What two credit policies say differently, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xindun.prevention.credit_policy import reads
from xindun.prevention.credit_policy.values import (
    Authority,
    CreditPolicy,
    Reaction,
    RuleCode,
    Segment,
    Tier,
)
from xindun.record.tenants.values import Role
from xindun.web import formats
from xindun.web.granting import ROLES
from xindun.web.policy import words


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: where, what it was, what it becomes."""

    where: str
    before: str
    after: str


def compared(before: CreditPolicy, after: CreditPolicy) -> list[Row]:
    """One row a difference; a dash where one of the two says nothing of it."""
    return [
        Row(
            place_name(each.path),
            _text(each.path, each.before, before.currency),
            _text(each.path, each.after, after.currency),
        )
        for each in reads.differences(before, after)
    ]


def _text(path: Sequence[str], value: object, currency: str) -> str:
    if value is None and path[-1] != "new_customers":
        return formats.DASH
    return words.value_text(path[-1], value, currency)


def place_name(path: Sequence[str]) -> str:
    """A path of names, such as ``("tiers", "A", "terms_days")``, in words."""
    match tuple(path):
        case ("tiers", code):
            return _("Tier {code}").format(code=code)
        case ("tiers", code, field):
            return _("Tier {code}: {field}").format(code=code, field=words.FIELDS[field])
        case ("segments",):
            return _("Order of the segments")
        case ("segments", code, field):
            return _("{segment}: {field}").format(
                segment=words.segment_name(code), field=words.FIELDS[field]
            )
        case ("segments", code, rule, reaction):
            return _("{segment}: {rule}, {reaction}").format(
                segment=words.segment_name(code),
                rule=words.RULES[RuleCode(rule)],
                reaction=words.REACTIONS[Reaction(reaction)],
            )
        case ("authorities", role, _number):
            return _("Authority: {role}").format(role=ROLES[Role(role)])
        case ("starter", field):
            return str(words.FIELDS[field])
    return str(words.FIELDS.get(path[0], path[0]))


def problem_text(policy: CreditPolicy, path: Sequence[str], sentence: str) -> str:
    """What is wrong, with its place in words: problems count by position, people by name."""
    where = " · ".join(_steps(policy, list(path)))
    return f"{where}: {sentence}" if where else sentence


def _steps(policy: CreditPolicy, path: list[str]) -> list[str]:
    if not path:
        return []
    first, rest = path[0], path[1:]
    if first not in words.PARTS:
        return [str(words.FIELDS.get(first, first))]
    steps = [str(words.PARTS[first])]
    named: Sequence[object] = getattr(policy, first) if first != "starter" else ()
    if rest and rest[0].isdigit() and int(rest[0]) < len(named):
        steps = [_name_of(named[int(rest[0])])]
        if rest[1:2] == ["rules"] and isinstance(named[int(rest[0])], Segment):
            return steps + _rule_steps(policy.segments[int(rest[0])], rest[2:])
        rest = rest[1:]
    return steps + [str(words.FIELDS.get(each, each)) for each in rest]


def _rule_steps(segment: Segment, path: Sequence[str]) -> list[str]:
    if not path:
        return [str(words.FIELDS["rules"])]
    if not path[0].isdigit():
        return [str(words.RULES[RuleCode(path[0])])]
    rule = segment.rules[int(path[0])]
    names = [str(words.RULES[rule.code]), str(words.REACTIONS[rule.reaction])]
    return names + [str(words.FIELDS.get(each, each)) for each in path[1:]]


def _name_of(thing: object) -> str:
    match thing:
        case Tier():
            return _("Tier {code}").format(code=thing.code)
        case Segment():
            return words.segment_name(thing.code)
        case Authority():
            return _("Authority: {role}").format(role=ROLES[thing.role])
    return ""
