"""What may enter the registry, what counts as a validation, which promotion makes sense."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from xindun.engine.additive import AdditiveModel, UnsoundModel, model_of
from xindun.engine.default_risk.inputs import CODES, InputSet
from xindun.engine.late_payment.artefact import LateModel, read_model
from xindun.engine.validation.drift import WATCH, Drift
from xindun.kernel.errors import DomainError
from xindun.prevention.models.values import (
    CheckedModel,
    DriftFigure,
    DriftVerdict,
    ModelRole,
    ModelVersion,
    Purpose,
)

LARGEST: Final = 50_000_000
NOT_ON_THE_CARD: Final = frozenset(
    {"terms", "profiles", "intercept", "calibration", "trees", "columns"}
)
NAME_LENGTH, VERSION_LENGTH = 100, 64
READABLE: Final = {
    Purpose.DEFAULT_RISK: frozenset(CODES[InputSet.PRIVATE]),
    Purpose.LISTED: frozenset(CODES[InputSet.LISTED]),
}


class NotReadByGrades(DomainError):
    """The model wants inputs that nobody gives it."""

    code = "model_inputs_not_known"
    sentence = "Nothing gives these inputs of the model: {codes}"


class ReportOfAnother(DomainError):
    """A validation belongs to one model."""

    code = "report_of_another_model"
    sentence = "This validation is of another model."


class NoRealTest(DomainError):
    """A validation on the rows that taught, or without a base rate, shows nothing."""

    code = "no_real_test"
    sentence = "This is no test: {why}"


class NotValidated(DomainError):
    """Nobody knows how good it is."""

    code = "model_not_validated"
    sentence = "This model has no validation on rows that it did not learn from."


class AlreadyChampion(DomainError):
    """Nothing would change."""

    code = "already_champion"
    sentence = "This model is in use already."


def checked(purpose: Purpose, content: bytes) -> CheckedModel:
    """What a file holds, if it is a model for the purpose.

    Raises:
        UnsoundModel, NotALateModel, NotReadByGrades: as named.
    """
    if len(content) > LARGEST:
        raise UnsoundModel(why="the file is too large")
    if purpose is Purpose.LATE_PAYMENT:
        late = late_model(content)
        stored = json.loads(late.as_bytes())
        return CheckedModel("late-payment", late.version[:12], late.version, card_of(stored))
    model = default_risk_model(purpose, content)
    return CheckedModel(model.model_id, model.version, model.digest, card_of(model.body))


def late_model(content: bytes) -> LateModel:
    """The late-payment model in a file.

    Raises:
        NotALateModel: as the name says.
    """
    return read_model(content, "The file")


def default_risk_model(purpose: Purpose, content: bytes) -> AdditiveModel:
    """The default-risk model in a file.

    Raises:
        UnsoundModel, NotReadByGrades: as named.
    """
    try:
        body = json.loads(content)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnsoundModel(why="the file is not JSON") from error
    if not isinstance(body, dict):
        raise UnsoundModel(why="the file is not a JSON object")
    model = model_of(body)
    if len(model.model_id) > NAME_LENGTH or len(model.version) > VERSION_LENGTH:
        raise UnsoundModel(why="its id or version is too long")
    strange = sorted(set(model.codes) - READABLE[purpose])
    if strange:
        raise NotReadByGrades(codes=", ".join(strange))
    return model


def card_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What the registry shows of a model: everything but the numbers that make it."""
    return {name: each for name, each in body.items() if name not in NOT_ON_THE_CARD}


def check_report(version: ModelVersion, report: Mapping[str, Any]) -> None:
    """Refuse a validation that says nothing about the version.

    Raises:
        ReportOfAnother, NoRealTest: as named.
    """
    if version.purpose is Purpose.LATE_PAYMENT:
        same = report.get("model") == version.digest
        tested = [each["base_rate"] for each in report.get("chances", ())]
    else:
        named = (report.get("model"), report.get("version"))
        same = named == (version.name, version.version)
        tested = [report["base_rate"]] if report.get("events") else []
    if not same:
        raise ReportOfAnother
    if not tested:
        raise NoRealTest(why="nothing of what the model tells happened in it.")
    if report.get("overlaps_training"):
        raise NoRealTest(why="its years overlap those that the model learnt from.")


def check_promotion(wanted: ModelVersion) -> None:
    """Refuse what would change nothing, and what nobody has tested.

    A retired version may come back: its validation still stands.

    Raises:
        AlreadyChampion, NotValidated: as named.
    """
    if wanted.role is ModelRole.CHAMPION:
        raise AlreadyChampion
    if wanted.report is None:
        raise NotValidated


def drift_figures(moved: Sequence[Drift]) -> tuple[DriftFigure, ...]:
    """Each movement with its verdict, the largest first.

    The bounds are the usual ones of the index (mechanics 5.14): quiet below 0.10, watch up to
    0.25, act above. Where chance alone reaches 0.10 the rows are too few to say anything.
    """
    figures = [
        DriftFigure(
            each.name,
            each.psi,
            each.noise,
            DriftVerdict.TOO_FEW if each.noise >= WATCH else DriftVerdict(each.state.value),
        )
        for each in moved
    ]
    return tuple(sorted(figures, key=lambda each: -each.psi))


def worst(figures: Sequence[DriftFigure]) -> DriftVerdict:
    """The verdict of a month."""
    found = {each.verdict for each in figures}
    order = (DriftVerdict.TOO_FEW, DriftVerdict.ACT, DriftVerdict.WATCH, DriftVerdict.QUIET)
    return next((each for each in order if each in found), DriftVerdict.TOO_FEW)
