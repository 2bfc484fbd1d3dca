"""What may be done with a dossier, and what it still lacks."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from admissions.states import (
    APPLICATION_MOVES,
    APPLIED_STATES,
    CHECKED_STATES,
    LIVE_STATES,
    ApplicationAction,
    ApplicationState,
    CandidacyState,
)
from campaigns.conditions.rules.asked import FeeLine
from campaigns.vocabulary import Needed, VerdictKind
from common.rules import ALLOWED, Cents, Refusal, Verdict, refused, sources


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
EXPERIENCE_FIELDS = {  # by the code that a verdict misses them with
    "technician_years_unknown": "technician_years",
    "employer_agreement_unknown": "employer_agrees",
}
TITLE_FIELDS = ("diploma", "kind", "name", "institution", "country", "ects", "year", "status", "on")


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
    unknown: frozenset[str] = frozenset()  # codes of what the verdict misses


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
class StepProgress:
    step: Step
    missing: tuple[Refusal, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


def steps(content: Content) -> tuple[StepProgress, ...]:
    """Every step with what it lacks. The review only lacks the submission itself."""
    return (
        StepProgress(Step.IDENTITY, _fields(content, IDENTITY_FIELDS)),
        StepProgress(Step.STUDIES, _fields(content, STUDIES_FIELDS) + _titles(content)),
        StepProgress(Step.PROGRAMMES, _programmes(content)),
        StepProgress(Step.DOCUMENTS, _pieces(content)),
        StepProgress(Step.REVIEW, (Refusal("missing_submission"),) if content.unsubmitted else ()),
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
    return chosen + closed + _experience(content) + grant


def _experience(content: Content) -> tuple[Refusal, ...]:
    """What a route to a programme that was chosen looks at, and that was not said (R-ELI-4)."""
    unknown = {code for fact in content.chosen for code in fact.unknown}
    return tuple(
        Refusal(f"missing_{name}", {"field": name})
        for code, name in EXPERIENCE_FIELDS.items()
        if code in unknown
    )


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


UNDER_CHECK = (ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE)
UNDER_STUDY = (*UNDER_CHECK, *CHECKED_STATES)
AWAITING_OFFICE = sources(APPLICATION_MOVES, ApplicationAction.HAND_OVER)
UNSENT = (ApplicationState.DRAFT, *sources(APPLICATION_MOVES, ApplicationAction.REOPEN))


@dataclass(frozen=True, slots=True)
class Situation:
    state: ApplicationState
    open: bool


def may_edit(situation: Situation) -> Verdict:
    """Identity, studies, titles, grant: before the deadline; once submitted, what is changed is received at once."""
    return _when(situation, ApplicationState.DRAFT, *UNDER_CHECK) and _while_open(situation)


def may_choose(situation: Situation) -> Verdict:
    """Programmes: also once submitted, before the deadline, for a further submission."""
    return may_edit(situation)


def may_give(situation: Situation, needed: Needed, status: PieceStatus) -> Verdict:
    """A piece: before the deadline; while under study also one refused, asked for, or that may come later (R-APP-5)."""
    if situation.state in UNDER_STUDY and _is_expected(situation, needed, status):
        return ALLOWED
    if status is PieceStatus.ACCEPTED:
        return ALLOWED if may_choose(situation) else refused("piece_is_accepted")
    return may_choose(situation)


def _is_expected(situation: Situation, needed: Needed, status: PieceStatus) -> bool:
    if status in {PieceStatus.REFUSED, PieceStatus.ACCEPTED}:
        return status is PieceStatus.REFUSED
    is_asked = situation.state is ApplicationState.INCOMPLETE and status is PieceStatus.MISSING
    return needed is Needed.ADMISSION or (is_asked and needed is Needed.SUBMISSION)


def may_replace(situation: Situation, status: PieceStatus) -> Verdict:
    """Put a file in the place of one given: before the deadline, then only of one refused; the rest stays as it is."""
    if status is PieceStatus.REFUSED and situation.state in UNDER_STUDY:
        return ALLOWED
    return ALLOWED if may_choose(situation) else refused("piece_stays")


def may_await(situation: Situation, needed: Needed, status: PieceStatus) -> Verdict:
    if needed is not Needed.ADMISSION:
        return refused("piece_cannot_wait")
    return refused("piece_is_given") if status in SUPPLIED else may_give(situation, needed, status)


def may_check(situation: Situation, needed: Needed) -> Verdict:
    """Accept a piece, refuse it or undo that; once the dossier is complete, only what was not needed to submit it."""
    if situation.state in CHECKED_STATES and needed is not Needed.SUBMISSION:
        return ALLOWED
    return _when(situation, *UNDER_CHECK)


def may_remove_file(situation: Situation) -> Verdict:
    """Once submitted, a piece is replaced, never taken back."""
    return _when(situation, ApplicationState.DRAFT) and _while_open(situation)


def may_submit(situation: Situation) -> Verdict:
    return may_choose(situation)


def live_candidacies(situation: Situation) -> frozenset[CandidacyState]:
    """Those applied to, or about to be: what was added to a submitted dossier and not submitted in time is neither."""
    applied = frozenset(APPLIED_STATES)
    if situation.state in UNDER_STUDY and not situation.open:
        return applied
    return applied | {CandidacyState.DRAFT}


def may_withdraw(situation: Situation) -> Verdict:
    return _when(situation, *sources(APPLICATION_MOVES, ApplicationAction.WITHDRAW))


def may_withdraw_candidacy(situation: Situation, candidacy: CandidacyState) -> Verdict:
    """Of one programme submitted. A draft one is simply not chosen any more."""
    if candidacy is CandidacyState.DRAFT or candidacy not in LIVE_STATES:
        return refused(f"candidacy_is_{candidacy}")
    return _when(situation, *UNDER_STUDY)


def may_reopen(situation: Situation) -> Verdict:
    return _when(situation, ApplicationState.WITHDRAWN, ApplicationState.LAPSED) and _while_open(
        situation
    )


def may_refuse(situation: Situation) -> Verdict:
    return _when(situation, *sources(APPLICATION_MOVES, ApplicationAction.REFUSE))


def may_correct(situation: Situation) -> Verdict:
    """By the central service, with a reason: what was received and is not ended, whatever the day."""
    return _when(situation, *UNDER_STUDY)


def may_recompose(situation: Situation) -> Verdict:
    """Which titles and programmes there are, by the central service: until the jury has them."""
    return _when(situation, *UNDER_CHECK)


def may_hand_over(situation: Situation) -> Verdict:
    """By the school's office, to the jury; or back to the central service."""
    return _when(situation, *AWAITING_OFFICE)


def may_extend(situation: Situation) -> Verdict:
    """Give it more time: a draft, or what could be one again. Once it is received it needs none."""
    return _when(situation, *UNSENT)


def _when(situation: Situation, *states: ApplicationState) -> Verdict:
    return ALLOWED if situation.state in states else refused(f"dossier_is_{situation.state}")


def _while_open(situation: Situation) -> Verdict:
    return ALLOWED if situation.open else refused("campaign_is_closed")


OBSTACLES = {
    PieceStatus.MISSING: "missing_piece",
    PieceStatus.AWAITED: "missing_piece",
    PieceStatus.REFUSED: "refused_piece",
    PieceStatus.GIVEN: "unchecked_piece",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A dossier as the central service sees it. `pieces` are those of what was submitted."""

    situation: Situation
    pieces: tuple[PieceFact, ...]
    balance: Cents  # what is left to pay

    @property
    def lacking(self) -> tuple[PieceFact, ...]:
        return lacking(self.pieces)


def may_declare_complete(checked: Checked) -> Verdict:
    """With every reason against it. Fees block the study of a dossier, never its submission (R-APP-2)."""
    return Verdict(
        (*_of_state(checked.situation), *_of_pieces(checked.pieces), *_of_fees(checked.balance))
    )


def may_ask(checked: Checked) -> Verdict:
    """Ask the candidate for what is missing or was refused; again, by another day, as long as something is."""
    state = checked.situation.state
    if state not in UNDER_CHECK:
        return refused(f"dossier_is_{state}")
    return ALLOWED if checked.lacking else refused("nothing_to_ask")


def _of_state(situation: Situation) -> Iterator[Refusal]:
    if situation.state is ApplicationState.INCOMPLETE:
        yield Refusal("pieces_are_awaited")
    elif situation.state is not ApplicationState.SUBMITTED:
        yield Refusal(f"dossier_is_{situation.state}")
    if situation.open:
        yield Refusal("candidate_may_still_change")


def _of_pieces(pieces: tuple[PieceFact, ...]) -> Iterator[Refusal]:
    for fact in pieces:
        if fact.needed is Needed.SUBMISSION and fact.status in OBSTACLES:
            yield about_piece(OBSTACLES[fact.status], fact)


def _of_fees(balance: Cents) -> Iterator[Refusal]:
    if balance > 0:
        yield Refusal("fees_are_due", {"left_cents": balance})


def due(lines: Sequence[FeeLine], charged: Cents) -> Cents:
    """The price of the whole set less what was charged, never below nothing: fees are not refunded."""
    return Cents(max(0, sum(line.cents for line in lines) - charged))


def new_charges(
    lines: Sequence[FeeLine], submitted: Collection[str], charged: Cents
) -> tuple[FeeLine, ...]:
    """What is due, shared among the programmes now submitted, each at its own price as far as that goes.

    What is due beyond their prices (reduced fees that no longer hold) goes to the first of them.
    """
    left = due(lines, charged)
    amounts: dict[str, int] = {}
    for line in lines:
        if line.programme in submitted:
            amounts[line.programme] = min(line.cents, left)
            left = Cents(left - amounts[line.programme])
    for programme in list(amounts)[:1]:
        amounts[programme] += left
    return tuple(FeeLine(programme, Cents(cents)) for programme, cents in amounts.items() if cents)
