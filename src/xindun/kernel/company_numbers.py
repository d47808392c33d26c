"""Whether a company's number can be right, and what is wrong with it otherwise.

What a reader would get wrong: a good number is well formed, nothing more. That it is the
company's own, and that the company exists, is for the register to say. The checks themselves are
python-stdnum's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from itertools import product
from typing import Any

from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidLength,
    ValidationError,
)
from stdnum.util import clean, get_cc_module

from xindun.kernel.company_schemes import SCHEMES, Scheme
from xindun.kernel.errors import DomainError

NUMBER_LENGTH = 80
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class BadIdentifier(DomainError):
    """No such number can exist; the subclasses say why."""

    code = "bad_identifier"
    sentence = "{value} is no valid {kind}: it has characters or an order that none has."


class UnknownScheme(BadIdentifier):
    """A kind of number that nobody here can check."""

    code = "unknown_identifier_scheme"
    sentence = "{kind} is no known kind of company number."


class IdentifierLength(BadIdentifier):
    """Too short or too long."""

    code = "bad_identifier_length"
    sentence = "{value} is no valid {kind}: it has {length} characters, not {lengths}."


class IdentifierPart(BadIdentifier):
    """A part of it, such as a region, a country or a court, does not exist."""

    code = "bad_identifier_part"
    sentence = "{value} is no valid {kind}: it names a region, kind or register that is not there."


class IdentifierCheckDigits(BadIdentifier):
    """Its check digits do not fit, and which would fit is not known."""

    code = "bad_identifier_check_digits"
    sentence = "{value} is no valid {kind}: its check digits do not fit. Look for a typing mistake."


class IdentifierCheckDigitsExpected(BadIdentifier):
    """Its check digits do not fit; with the rest of the number right, they would be others."""

    code = "bad_identifier_check_digits_expected"
    sentence = (
        "{value} is no valid {kind}: it ends in {found} where the check digits of the rest are "
        "{expected}. Look for a typing mistake anywhere in it."
    )


def checked(scheme: str, value: str) -> str:
    """The number in its compact form: no spaces and marks, in capitals.

    Args:
        scheme: a code of ``company_schemes.SCHEMES``.

    Raises:
        BadIdentifier: one of its subclasses, as named.

    >>> checked("lei", "2138 00KU D8LA JWSQ 9d15")
    '213800KUD8LAJWSQ9D15'
    """
    known = SCHEMES.get(scheme)
    if known is None:
        raise UnknownScheme(kind=scheme[:40], value="")
    text = clean(" ".join(value.split()))[: NUMBER_LENGTH + 1]
    said = {"value": text, "kind": known.name}
    if not text or len(text) > NUMBER_LENGTH:
        raise BadIdentifier(**said)
    if not known.module and known.code != "vat":
        return _formed(known, text, said)
    module = _module(known, text, said)
    try:
        return _stored(known, text, str(module.validate(text)))
    except InvalidLength as error:
        raise _length(known, module, text, said) from error
    except InvalidChecksum as error:
        raise _check_digits(known, module, text, said) from error
    except InvalidComponent as error:
        raise IdentifierPart(**said) from error
    except ValidationError as error:
        raise BadIdentifier(**said) from error


def is_valid(scheme: str, value: str) -> bool:
    """Whether ``checked`` takes it."""
    try:
        checked(scheme, value)
    except BadIdentifier:
        return False
    return True


def recognised(value: str) -> tuple[tuple[str, str], ...]:
    """Every scheme with check digits that a number fits, with its compact form.

    >>> recognised("91110000600037341L")
    (('uscc', '91110000600037341L'),)
    """
    if not any(sign.isdigit() for sign in value) or len(value) > NUMBER_LENGTH:
        return ()
    asked = (each for each in SCHEMES.values() if each.has_check_digits or each.code == "vat")
    return tuple(_fitting(asked, value))


def _fitting(schemes: Iterable[Scheme], value: str) -> Iterable[tuple[str, str]]:
    for each in schemes:
        if is_valid(each.code, value):
            yield each.code, checked(each.code, value)


def _module(scheme: Scheme, text: str, said: dict[str, str]) -> Any:
    """The checker of python-stdnum; a VAT number's is its country's."""
    if scheme.code != "vat":
        return import_module(f"stdnum.{scheme.module}")
    # Greece writes EL and Northern Ireland XI before its numbers.
    country = {"EL": "GR", "XI": "GB"}.get(text[:2].upper(), text[:2].upper())
    module = _vat_module(country) if country.isascii() and country.isalpha() else None
    if module is None:
        raise IdentifierPart(**said)
    return module


@cache
def _vat_module(country: str) -> Any:
    return get_cc_module(country, "vat")


def _stored(scheme: Scheme, text: str, valid: str) -> str:
    """A VAT number keeps its country: without it two countries' numbers are alike."""
    if scheme.code == "vat" and not valid.startswith(text[:2].upper()):
        return text[:2].upper() + valid
    return valid


def _formed(scheme: Scheme, text: str, said: dict[str, str]) -> str:
    compact = text if scheme.code == "ra" else re.sub(r"[ .-]", "", text)
    if scheme.lengths and len(compact) not in scheme.lengths:
        raise IdentifierLength(**said, length=len(compact), lengths=_or(scheme.lengths))
    if not re.fullmatch(scheme.form, compact.upper()):
        raise BadIdentifier(**said)
    return compact.upper()


def _length(scheme: Scheme, module: Any, text: str, said: dict[str, str]) -> BadIdentifier:
    compact = str(module.compact(text))
    if not scheme.lengths or len(compact) in scheme.lengths:
        return BadIdentifier(**said)
    return IdentifierLength(**said, length=len(compact), lengths=_or(scheme.lengths))


def _check_digits(scheme: Scheme, module: Any, text: str, said: dict[str, str]) -> BadIdentifier:
    """Which check digits would fit, found by trying them all; said when only one does."""
    compact, count = str(module.compact(text)).upper(), scheme.check_digits
    if not count:
        return IdentifierCheckDigits(**said)
    signs = _ALPHABET if count == 1 else _ALPHABET[:10]
    ends = ("".join(each) for each in product(signs, repeat=count))
    fitting = [end for end in ends if module.is_valid(compact[:-count] + end)]
    if len(fitting) != 1:
        return IdentifierCheckDigits(**said)
    return IdentifierCheckDigitsExpected(**said, found=compact[-count:], expected=fitting[0])


def _or(lengths: tuple[int, ...]) -> str:
    """Lengths as a reader lists them.

    >>> _or((9, 15)), _or((2, 3, 4))
    ('9 / 15', '2–4')
    """
    if len(lengths) > 2 and lengths == tuple(range(lengths[0], lengths[-1] + 1)):
        return f"{lengths[0]}–{lengths[-1]}"
    return " / ".join(str(each) for each in lengths)
