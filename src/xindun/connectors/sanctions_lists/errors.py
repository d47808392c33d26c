"""What a list file is refused for."""

from __future__ import annotations

from xindun.kernel.errors import DomainError


class WrongListFile(DomainError):
    """A file of another kind."""

    code = "wrong_list_file"
    sentence = "{file} is not {wanted}; check that it is the right file."


class BrokenListFile(DomainError):
    """The file ends early or cannot be decoded."""

    code = "broken_list_file"
    sentence = "{file} is incomplete or damaged: {detail}. Download it again."


class UnsafeListFile(DomainError):
    """XML with a document type or entities, which none of the publishers uses."""

    code = "unsafe_list_file"
    sentence = "{file} declares a document type or entities, which no list needs; it was not read."


class ListFileTooLarge(DomainError):
    """Larger than any list."""

    code = "list_file_too_large"
    sentence = (
        "{file} is larger than {megabytes} MB, and no list is; check that it is the right file."
    )


class ListCountWrong(DomainError):
    """Fewer or more entries than the file itself says."""

    code = "list_count_wrong"
    sentence = "{file} says that it holds {said} entries but holds {found}. Download it again."
