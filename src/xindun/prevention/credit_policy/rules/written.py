"""A credit policy as YAML that people keep, compare and mail.

What a reader would get wrong: this is a small part of YAML, read without surprises. Numbers are
read as written, ``NO`` is Norway, a key that stands twice is refused, and so are aliases (a few
lines of them grow to gigabytes), tags, and files that are too long or too deep.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

import yaml

from xindun.kernel.errors import DomainError
from xindun.prevention.credit_policy.rules.checking import check
from xindun.prevention.credit_policy.rules.default import DEFAULT_MOMENT
from xindun.prevention.credit_policy.rules.stored import json_of, policy_of
from xindun.prevention.credit_policy.values import CreditPolicy

LONGEST_BYTES: Final = 256 * 1024
DEEPEST: Final = 10


class UnreadablePolicy(DomainError):
    """The file is no YAML, or more YAML than a policy needs."""

    code = "unreadable_policy"
    sentence = (
        "The file is not a credit policy in YAML (line {line}). Use UTF-8, at most {size} KB, each"
        " name once, and no anchors, aliases or tags."
    )


def policy_in(content: bytes) -> CreditPolicy:
    """The policy in a YAML file, checked to be sound; it has number 0 until it is approved.

    Raises:
        UnreadablePolicy, UnsoundCreditPolicy: as named.
    """
    if len(content) > LONGEST_BYTES:
        raise _unreadable(0)
    try:
        plain = yaml.load(content.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        raise _unreadable(error.problem_mark.line + 1 if error.problem_mark else 0) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _unreadable(0) from error
    return check(policy_of(plain, number=0, effective_from=DEFAULT_MOMENT))


def yaml_of(policy: CreditPolicy) -> str:
    """The policy as YAML that ``policy_in`` reads back to the same rules."""
    return yaml.dump(
        _numbers(json_of(policy)), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100
    )


def _unreadable(line: int) -> UnreadablePolicy:
    return UnreadablePolicy(line=line, size=LONGEST_BYTES // 1024)


class _Loader(yaml.SafeLoader):
    """Text, null, true and false; lists and mappings; nothing else."""

    yaml_implicit_resolvers: Any = {}
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call] # PyYAML types no events
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)
        if getattr(event, "tag", None) is not None:
            raise yaml.composer.ComposerError(None, None, "tag", event.start_mark)
        if self.depth >= DEEPEST:
            raise yaml.composer.ComposerError(None, None, "depth", event.start_mark)
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        if len(names) != len(node.value) or len(set(names)) != len(names):
            raise yaml.constructor.ConstructorError(None, None, "key", node.start_mark)
        return super().construct_mapping(node, deep=deep)


_YAML: Final = "tag:yaml.org,2002:"
_Loader.add_implicit_resolver(f"{_YAML}null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver(f"{_YAML}bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


class _Dumper(yaml.SafeDumper):
    """Numbers without quotation marks, no aliases for equal parts."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value, "f")
    return dumper.represent_scalar(f"{_YAML}{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(Decimal, _number)
_TEXTS: Final = ("code", "codes", "countries", "sectors", "currency", "knockouts")


def _numbers(plain: Any, name: str = "") -> Any:
    """Numbers, which the stored form writes as text, as numbers; a code "12" stays text."""
    if isinstance(plain, dict):
        return {key: _numbers(value, key) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_numbers(each, name) for each in plain]
    if isinstance(plain, str) and name not in _TEXTS and re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    return plain
