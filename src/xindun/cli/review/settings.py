"""The parameters file: what a company sets differently from the defaults.

What a reader would get wrong: a file names only what differs; every other parameter keeps its
default, and the model version changes with the content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from xindun.cli.review.buyers import RECOGNITION
from xindun.engine.parameters import Factor, Parameters
from xindun.kernel.errors import DomainError


class UnreadableParameters(DomainError):
    """The parameters file is not YAML of the form ``name: value``."""

    code = "unreadable_parameters"
    sentence = (
        "{file} is not a parameters file: write one line per parameter, like 'hold_days: 20'."
    )


class UnknownParameter(DomainError):
    """The file names a parameter that does not exist."""

    code = "unknown_parameter"
    sentence = "{name} is not a parameter; the parameters are {names}."


class WrongParameter(DomainError):
    """A parameter's value is not of its kind."""

    code = "wrong_parameter"
    sentence = "The parameter {name} cannot be {value}."


def load_parameters(path: Path | None) -> Parameters:
    """The defaults, changed by the YAML file ``path`` where there is one.

    Raises:
        UnreadableParameters: not a YAML mapping.
        UnknownParameter: a name that is no parameter.
        WrongParameter: a value of the wrong kind.
        UnsoundParameters: a value out of its bounds.
    """
    defaults = Parameters()
    if path is None:
        return defaults
    try:
        loaded = yaml.load(path.read_text("utf-8-sig"), Loader=_TextLoader)  # noqa: S506
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableParameters(file=path) from error
    if not isinstance(loaded, dict):
        raise UnreadableParameters(file=path)
    known = [field.name for field in fields(Parameters)]
    for name in loaded:
        if name not in known:
            raise UnknownParameter(name=name, names=", ".join(known))
    return replace(defaults, **{name: _read(defaults, name, loaded[name]) for name in loaded})


class _TextLoader(yaml.BaseLoader):
    """Leaves every value as text, so that 0.1 never passes through a float."""


def _read(defaults: Parameters, name: str, given: Any) -> Any:
    try:
        if name == "factors":
            return _factors(defaults.factors, given)
        if name in ("starter_caps", "loss_rates"):
            found = {str(key): Decimal(value) for key, value in given.items()}
            if name == "loss_rates" and set(found) != set(RECOGNITION):
                raise KeyError(set(RECOGNITION) - set(found))
            return found
        if name == "action_weights":
            return {**defaults.action_weights, **{k: float(v) for k, v in given.items()}}
        return _like(getattr(defaults, name), given)
    except (TypeError, ValueError, KeyError, AttributeError, InvalidOperation) as error:
        raise WrongParameter(name=name, value=given) from error


def _like(default: Any, given: Any) -> Any:
    """``given`` as the type of ``default``."""
    if isinstance(default, tuple):
        return tuple(Decimal(value) for value in given)
    if not isinstance(given, str):
        raise TypeError(given)
    return type(default)(given)


def _factors(defaults: tuple[Factor, ...], given: Mapping[str, Any]) -> tuple[Factor, ...]:
    """The factors with new tables where the file gives them: ``code: {table: [[x, y], …]}``."""
    codes = {factor.code for factor in defaults}
    if set(given) - codes:
        raise KeyError(sorted(set(given) - codes))
    found = []
    for factor in defaults:
        change = given.get(factor.code, {})
        table = change.get("table")
        found.append(
            replace(
                factor,
                table=tuple((float(x), Decimal(y)) for x, y in table) if table else factor.table,
                missing=Decimal(change.get("missing", factor.missing)),
                step=float(change.get("step", factor.step)),
            )
        )
    return tuple(found)
