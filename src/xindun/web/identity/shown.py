"""A comparison in a person's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xindun.kernel.company_schemes import SCHEMES
from xindun.record.parties.values import Band, Candidate, FieldScore, IdentifierValue

BANDS = {
    Band.SAME: (_("probably the same"), "good"),
    Band.CHECK: (_("check"), "watch"),
    Band.DIFFERENT: (_("different"), "bad"),
}
FIELDS = {
    "name": _("Name"),
    "legal_form": _("Legal form"),
    "country": _("Country"),
    "city": _("City"),
    "identifier": _("Company number"),
}
VERDICTS = {
    "equal": _("equal"),
    "similar": _("similar"),
    "different": _("different"),
}
FORMS = {
    "private": _("private limited"),
    "public": _("limited by shares"),
    "corporation": _("corporation"),
    "partnership": _("partnership"),
    "other": _("other form"),
}


@dataclass(frozen=True)
class CandidateRow:
    """A candidate as the list shows it; ``percent`` is its score."""

    candidate: Candidate
    percent: int
    band: str
    tone: str
    where: str
    fields: list[tuple[str, str, str, str]]


def candidate_row(candidate: Candidate) -> CandidateRow:
    """A candidate with its band and fields in words."""
    band, tone = BANDS[candidate.comparison.band]
    return CandidateRow(
        candidate,
        round(candidate.comparison.score * 100),
        str(band),
        tone,
        " · ".join(candidate.where),
        [_field(each) for each in candidate.comparison.fields],
    )


def scheme_name(scheme: str) -> str:
    """What a kind of number is called; a register's own number has no other name."""
    known = SCHEMES.get(scheme)
    return known.name if known else str(_("Register number"))


def number_row(number: IdentifierValue) -> tuple[str, str, IdentifierValue]:
    """A number with the name of its kind."""
    return scheme_name(number.scheme), number.value, number


def _field(each: FieldScore) -> tuple[str, str, str, str]:
    """Name, verdict and both sides of a field."""
    ours, theirs = each.ours, each.theirs
    if each.field == "legal_form":
        ours, theirs = str(FORMS.get(ours, ours)), str(FORMS.get(theirs, theirs))
    return str(FIELDS[each.field]), str(VERDICTS[each.verdict]), ours, theirs
