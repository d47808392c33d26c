"""What is wrong with a credit policy: where it stands, and a sentence to mend it by.

What a reader would get wrong: all problems are found at once, so that a form or a file is mended in
one go. The sentences are English templates; edges translate them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xindun.kernel.errors import DomainError

SENTENCES: Final[dict[str, str]] = {
    "missing": "It is missing.",
    "unknown_field": "There is no such field.",
    "unknown_word": "Use one of {expected}.",
    "not_a_number": "Use a number.",
    "not_whole": "Use a whole number.",
    "not_yes_or_no": "Use true, false or null.",
    "not_readable": "It has the wrong form.",
    "out_of_bounds": "Use {least} to {most}.",
    "below_zero": "Use 0 or more.",
    "too_fine": "Use at most {digits} decimals.",
    "not_a_code": "Use 1 to {length} letters, digits, - or _.",
    "twice": "{name} stands here more than once.",
    "no_tier": "At least one tier is needed.",
    "range_turned": "The best grade of a tier is not worse than its worst.",
    "grade_in_two_tiers": "Grade {grade} is in more than one tier.",
    "grade_in_no_tier": "Grade {grade} is in no tier.",
    "better_gets_less": "A better tier cannot get less than the worse tier {worse}.",
    "half_a_discount": "A discount needs a percentage and days, or neither.",
    "discount_too_late": "A discount ends before the payment terms do.",
    "unknown_currency": "{currency} is not an ISO 4217 currency code.",
    "no_last_segment": "The last segment has no code and no conditions, so that it fits everybody.",
    "segment_unreachable": "Nobody reaches this segment: {earlier} fits them first.",
    "needs": "This rule needs {field}.",
    "has_no": "This rule has no {field}.",
    "unknown_country": "{code} is not an ISO 3166-1 country code.",
    "unknown_sector": "{code} is not a NACE section from A to U.",
    "reaction_none": "A rule that does nothing is left out.",
    "milder_is_stricter": "{hard} would stop orders that {mild} still lets pass.",
    "nobody_decides": "Nobody may decide on limits; name at least one role.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        path: leads there, by names and positions from 0: ``("tiers", "0", "terms_days")``.
        code: a key of :data:`SENTENCES`.
    """

    path: tuple[str, ...]
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def say(self, translate: Callable[[str], str] = lambda text: text) -> str:
        """The sentence, filled in."""
        return translate(SENTENCES[self.code]).format_map(self.params)


class UnsoundCreditPolicy(DomainError):
    """The policy cannot be meant; ``problems`` says all that is wrong."""

    code = "unsound_credit_policy"
    sentence = "The credit policy is not sound. {problems}"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        named = ("{}: {}".format(".".join(each.path), each.code) for each in self.problems)
        super().__init__(problems="; ".join(named))

    def say(self, translate: Callable[[str], str] = lambda text: text) -> str:
        """Every problem with its place, in the language of ``translate``."""
        said = [f"{'.'.join(each.path)}: {each.say(translate)}" for each in self.problems]
        return translate(self.sentence).format(problems=" ".join(said))
