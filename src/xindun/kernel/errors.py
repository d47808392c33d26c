"""The one base class of everything Xindun refuses on purpose.

An error carries a stable code and parameters; the sentence is English source text with named
placeholders, which edges translate. It never knows HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar


class DomainError(Exception):
    """A refusal with a stable ``code`` and ``params``; ``sentence`` is the English template.

    Subclasses stand beside the function that raises them:

    >>> class TooLate(DomainError):
    ...     code = "too_late"
    ...     sentence = "The claim came on {day}, after the deadline."
    >>> str(TooLate(day="2025-01-02"))
    'The claim came on 2025-01-02, after the deadline.'
    """

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "This is not possible."

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.say())

    def say(self, translate: Callable[[str], str] = lambda text: text) -> str:
        """The sentence in the language of ``translate`` (a gettext function), filled in."""
        return translate(self.sentence).format_map(self.params)
