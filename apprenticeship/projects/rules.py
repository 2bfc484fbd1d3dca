"""What a job project must say and what may be done with it (R-JOB-2); when all parties agree, it is firm (R-JOB-4)."""

from collections.abc import Collection, Mapping
from datetime import date

from admissions.places.rules import Item, WhoseTurn
from admissions.states import SEARCHING_STATES, CandidacyState, SeatState
from apprenticeship.states import OPEN_PROJECTS, CommitmentState, ProjectState
from campaigns.vocabulary import AdmissionWay
from common.drafts.rules import Content
from common.rules import ALLOWED, Refusal, Verdict, refused

FRANCE = "FR"
MOST_INVITATIONS = (
    10  # by candidacy and day: a link goes to whoever is named, and nobody asked for it
)
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "company": ("siret", "company_name", "street", "postcode", "city", "country"),
    "contact": ("contact_name", "contact_function", "contact_email", "contact_phone"),
    "master": (
        "master_name",
        "master_function",
        "master_years",
        "master_diploma",
        "master_email",
        "master_phone",
    ),
    "job": ("job_title", "missions", "progression", "fit", "workplace", "starts_on"),
}
FIELDS = tuple(name for names in SECTIONS.values() for name in names)
OPTIONAL = frozenset({"contact_function", "master_diploma", "master_phone", "workplace"})


def missing_fields(content: Content) -> tuple[str, ...]:
    """What the school needs and the sheet does not say, in its order. A SIRET is asked of French companies alone."""
    abroad = content.get("country", "") not in {"", FRANCE}
    optional = OPTIONAL | {"siret", "postcode"} if abroad else OPTIONAL
    return tuple(
        name for name in FIELDS if name not in optional and not content.get(name, "").strip()
    )


def may_start(starts_on: date, today: date) -> Verdict:
    """A start that is past, or more than a year and a half away, is a slip of the pen."""
    if starts_on < today:
        return refused("start_is_past", on=starts_on)
    if (starts_on - today).days > 550:  # noqa: PLR2004 (a year and a half)
        return refused("start_is_far", on=starts_on)
    return ALLOWED


def may_invite(candidacy: CandidacyState, way: AdmissionWay, invited_today: int) -> Verdict:
    """Only those selected look for a company, where the admission rests on a contract (R-JOB-1)."""
    refusals = []
    if way is not AdmissionWay.CONTRACT:
        refusals.append(Refusal("admission_takes_no_project"))
    if candidacy not in SEARCHING_STATES:
        refusals.append(Refusal("search_is_not_open"))
    if invited_today >= MOST_INVITATIONS:
        refusals.append(Refusal("too_many_invitations", {"most": MOST_INVITATIONS}))
    return Verdict(tuple(refusals))


def may_write(project: ProjectState, candidacy: CandidacyState) -> Verdict:
    """The employer writes until it is sent, and again when changes are asked for."""
    if project not in {ProjectState.DRAFT, ProjectState.CHANGES_ASKED}:
        return refused(f"project_is_{project}")
    return ALLOWED if candidacy in SEARCHING_STATES else refused("search_is_over")


def may_decide(project: ProjectState, candidacy: CandidacyState) -> Verdict:
    if project is not ProjectState.SUBMITTED:
        return refused(f"project_is_{project}")
    return ALLOWED if candidacy in SEARCHING_STATES else refused("search_is_over")


def may_abandon(project: ProjectState) -> Verdict:
    """What is approved is not abandoned: its place is given back, by the company office."""
    return ALLOWED if project in OPEN_PROJECTS else refused(f"project_is_{project}")


def project_item(projects: Collection[ProjectState], by: date | None) -> Item:
    """Where the projects of a candidacy stand on the way to the admission (R-JOB-5)."""
    if ProjectState.APPROVED in projects:
        return Item(condition="project")
    turns = (
        (ProjectState.SUBMITTED, WhoseTurn.HEAD),
        (ProjectState.CHANGES_ASKED, WhoseTurn.COMPANY),
        (ProjectState.DRAFT, WhoseTurn.COMPANY),
    )
    who = next((party for state, party in turns if state in projects), WhoseTurn.CANDIDATE)
    return Item(condition="project", lacks=(Refusal("no_approved_project"),), who=who, by=by)


def may_commit(commitment: CommitmentState | None, seat: SeatState | None) -> Verdict:
    """The candidate agrees last, to a project that holds a place."""
    if commitment is None or commitment is CommitmentState.ENDED:
        return refused("nothing_to_commit_to")
    if commitment is CommitmentState.FIRM:
        return refused("commitment_is_firm")
    return ALLOWED if seat is SeatState.HELD else refused("seat_is_queued")


def may_present_another(commitment: CommitmentState | None) -> Verdict:
    """Invite an employer, or have another project approved."""
    return refused("candidate_is_committed") if commitment is CommitmentState.FIRM else ALLOWED
