"""What is missing before a dossier may be submitted, step by step. Everything is said at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from campaigns.vocabulary import Needed, VerdictKind
from common.rules.refusals import Refusal


class Step(StrEnum):
    IDENTITY = "identity"
    STUDIES = "studies"
    PROGRAMMES = "programmes"
    DOCUMENTS = "documents"
    REVIEW = "review"


IDENTITY_FIELDS = (
    "birth_name",
    "first_names",
    "born_on",
    "nationality",
    "french_mother_tongue",
    "phone",
    "street",
    "postcode",
    "city",
    "country",
)
STUDIES_FIELDS = ("baccalaureate", "baccalaureate_year")


class PieceStatus(StrEnum):
    MISSING = "missing"
    GIVEN = "given"
    AWAITED = "awaited"
    ACCEPTED = "accepted"
    REFUSED = "refused"


SUPPLIED = (PieceStatus.GIVEN, PieceStatus.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenFact:
    code: str
    title: Mapping[str, object]
    verdict: VerdictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceFact:
    key: str
    subject_key: str
    title: Mapping[str, object]
    subject: Mapping[str, object] | None
    needed: Needed
    status: PieceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a dossier holds. `filled` names the identity and studies fields that have a value."""

    filled: frozenset[str]
    titles: int
    chosen: tuple[ChosenFact, ...]
    grant_declared: bool
    pieces: tuple[PieceFact, ...]
    unsubmitted: bool


@dataclass(frozen=True, slots=True)
class StepState:
    step: Step
    missing: tuple[Refusal, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


def steps(content: Content) -> tuple[StepState, ...]:
    """Every step with what it lacks. The review only lacks the submission itself."""
    return (
        StepState(Step.IDENTITY, _fields(content, IDENTITY_FIELDS)),
        StepState(Step.STUDIES, _fields(content, STUDIES_FIELDS) + _titles(content)),
        StepState(Step.PROGRAMMES, _programmes(content)),
        StepState(Step.DOCUMENTS, _pieces(content)),
        StepState(Step.REVIEW, (Refusal("missing_submission"),) if content.unsubmitted else ()),
    )


def missing(content: Content) -> tuple[Refusal, ...]:
    """Everything that keeps the dossier from being submitted."""
    return tuple(
        refusal
        for state in steps(content)
        if state.step is not Step.REVIEW
        for refusal in state.missing
    )


def _fields(content: Content, names: tuple[str, ...]) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(f"missing_{name}", {"field": name}) for name in names if name not in content.filled
    )


def _titles(content: Content) -> tuple[Refusal, ...]:
    return () if content.titles else (Refusal("missing_title"),)


def _programmes(content: Content) -> tuple[Refusal, ...]:
    chosen = () if content.chosen else (Refusal("missing_programme"),)
    closed = tuple(
        Refusal("programme_not_eligible", {"programme": fact.title, "key": fact.code})
        for fact in content.chosen
        if content.titles and fact.verdict is VerdictKind.NOT_ELIGIBLE
    )
    grant = (
        ()
        if content.grant_declared
        else (Refusal("missing_grant_holder", {"field": "grant_holder"}),)
    )
    return chosen + closed + grant


def _pieces(content: Content) -> tuple[Refusal, ...]:
    return tuple(
        about_piece(
            "refused_piece" if fact.status is PieceStatus.REFUSED else "missing_piece", fact
        )
        for fact in lacking(content.pieces)
    )


def lacking(pieces: Iterable[PieceFact]) -> tuple[PieceFact, ...]:
    """What a submission cannot do without, and that is not there or was refused (R-APP-5)."""
    return tuple(
        fact for fact in pieces if fact.needed is Needed.SUBMISSION and fact.status not in SUPPLIED
    )


def about_piece(code: str, fact: PieceFact) -> Refusal:
    """A refusal that names a piece, and what it is about if it has a subject: its code then ends in `_of`."""
    params: dict[str, object] = {
        "piece": fact.title,
        "key": fact.key,
        "subject_key": fact.subject_key,
    }
    if fact.subject is None:
        return Refusal(code, params)
    return Refusal(f"{code}_of", {**params, "subject": fact.subject})
