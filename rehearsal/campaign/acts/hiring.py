"""From the search for a company to an approved project: who invites, who writes, who decides. Seats follow."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from accounts.models import SignedLink
from admissions.models import ACCEPTED, SEARCHING, Candidacy, Seat
from admissions.states import CandidacyState, SeatState
from apprenticeship.models import Commitment, Contract, JobProject, PlacesNews
from apprenticeship.projects.services.deciding import (
    approve_job_project,
    ask_changes,
    refuse_job_project,
)
from apprenticeship.projects.services.inviting import invite_employer
from apprenticeship.projects.services.locking import PURPOSE
from apprenticeship.projects.services.seats import commit_to_project
from apprenticeship.projects.services.writing import submit_job_project
from apprenticeship.search.selectors import search_over_on, searching
from apprenticeship.search.services.opening import tell_those_selected_since
from apprenticeship.search.services.places import tell_places_left
from apprenticeship.states import SIGNED_CONTRACTS, CommitmentState, ProjectState
from campaigns.models import Milestone
from campaigns.vocabulary import MilestoneAction
from rehearsal.campaign import behaviour
from rehearsal.campaign.acts import contracting
from rehearsal.campaign.acts.dates import LATE
from rehearsal.campaign.acts.judging import draw_of, hour
from rehearsal.campaign.behaviour import address_of, sheet_of
from rehearsal.campaign.season import Season

JOINED = timedelta(hours=2)  # after the search opens, or what was told late
PLACES = "Places left, told to those who search"
MINUTE = timedelta(minutes=1)
SINCE = "Told of the search since it began"
BEFORE_TERM = timedelta(days=40)  # the last search begins
WRITES, DECIDES = timedelta(days=9), timedelta(days=5)  # at most
WORKED = timedelta(hours=5)  # at least
SOON = timedelta(days=14)  # after the sheet, if the course has begun
REMARKS = "Les missions du deuxième semestre manquent. Décrivez leur progression."
UNFIT = "Les missions ne relèvent pas de la spécialité."


def plan(season: Season) -> None:
    """All those selected by then look for a company once the search opens, and those told late after them."""
    for milestone in Milestone.objects.filter(
        campaign=season.campaign, action=MilestoneAction.START_SEARCH
    ):
        for at in (hour(milestone) + JOINED, hour(milestone) + LATE + JOINED):
            season.agenda.plan(at, "search", SINCE, partial(_begin, season, milestone))
    _plan_places(season)
    contracting.plan(season)


def _plan_places(season: Season) -> None:
    """On each day of the rhythm, a minute after its hour."""
    rhythm, over_on = season.notice.search.seats_told, search_over_on(season.notice)
    begins = Milestone.objects.filter(
        campaign=season.campaign, action=MilestoneAction.START_SEARCH
    ).order_by("starts_at")
    first = begins.first()
    if rhythm is None or over_on is None or first is None:
        return
    at = hour(first) + MINUTE
    while (at := at + timedelta(days=rhythm.every_days)).date() <= over_on:
        season.agenda.plan(at, "places", PLACES, partial(_tell_places, season))


def _tell_places(season: Season, at: datetime) -> int:
    """Twice, as two schedulers would: the second finds the day done."""
    tell_places_left(at)
    tell_places_left(at)
    told = PlacesNews.objects.filter(campaign=season.campaign, at=at)
    return sum(told.values_list("people", flat=True))


def _begin(season: Season, milestone: Milestone, at: datetime) -> int:
    """Who will find an employer, and when: more of them early."""
    tell_those_selected_since(at)
    last = max(at, contracting.term(season) - BEFORE_TERM)
    for candidacy in searching(milestone):
        if candidacy.ref in season.searching:
            continue
        season.searching.add(candidacy.ref)
        draw = draw_of(season, candidacy, "search")
        fate = season.fate_of(candidacy.application)
        found = draw.random() < behaviour.FINDS_A_COMPANY
        if fate.finds_company if fate else found:
            moment = at + (last - at) * draw.random() ** 2
            season.agenda.plan(
                moment, "invite", "Employers invited", partial(invite, season, candidacy)
            )
    return 0


def invite(season: Season, candidacy: Candidacy, at: datetime) -> int:
    user = candidacy.application.person.user
    assert user
    if not _still_searches(candidacy):
        return 0
    draw = draw_of(season, candidacy, "employer")
    project = invite_employer(
        candidacy_ref=candidacy.ref, email=address_of(draw, candidacy.pk), actor=user, now=at
    )
    if draw.random() >= behaviour.EMPLOYER_SILENT:
        written = at + WORKED + WRITES * draw.random()
        season.agenda.plan(
            written, "write", "Job projects submitted", partial(_write, season, project, draw)
        )
    return 1


def leave_to_judge(season: Season, count: int, now: datetime) -> None:
    """Sheets that employers have sent in the last days, and that nobody has judged yet."""
    rows = Candidacy.objects.filter(
        programme__campaign=season.campaign, state=CandidacyState.SELECTED
    )
    free = rows.filter(job_projects__isnull=True).exclude(application__email__in=season.fates)
    for candidacy in free.select_related("application__person__user", "programme").order_by("pk")[
        :count
    ]:
        draw = draw_of(season, candidacy, "employer")
        user, at = candidacy.application.person.user, now - DECIDES * (1 + draw.random()) / 2
        assert user
        project = invite_employer(
            candidacy_ref=candidacy.ref, email=address_of(draw, candidacy.pk), actor=user, now=at
        )
        _write(season, project, draw, at + WORKED)


def _write(season: Season, project: JobProject, draw: Random, at: datetime) -> int:
    project.refresh_from_db(fields=["state"])
    if not _still_searches(project.candidacy) or project.state not in {
        ProjectState.DRAFT,
        ProjectState.CHANGES_ASKED,
    }:
        return 0
    link = SignedLink.objects.filter(purpose=PURPOSE, subject_ref=project.ref).latest("pk")
    starts_on = max(contracting.term(season), at + SOON).date()
    submit_job_project(link_id=link.pk, content=sheet_of(draw, starts_on), now=at)
    decided = at + WORKED + DECIDES * draw.random()
    season.agenda.plan(
        decided, "decide_project", "Job projects judged", partial(_decide, season, project, draw)
    )
    return 1


def _decide(season: Season, project: JobProject, draw: Random, at: datetime) -> int:
    """Approved, or sent back once, or refused; an approved one takes a seat or queues for one."""
    if not _still_searches(project.candidacy):
        return 0
    head, chosen = season.cast.head, draw.random()
    first = project.versions.count() == 1
    if first and chosen < behaviour.PROJECT_SENT_BACK:
        ask_changes(project_ref=project.ref, reason=REMARKS, actor=head, now=at)
        again = at + WORKED + WRITES * draw.random()
        season.agenda.plan(
            again, "write", "Job projects submitted", partial(_write, season, project, draw)
        )
    elif chosen > 1 - behaviour.PROJECT_REFUSED:
        refuse_job_project(project_ref=project.ref, reason=UNFIT, actor=head, now=at)
    else:
        approve_job_project(project_ref=project.ref, actor=head, now=at)
        contracting.count_seats(season)
        contracting.plan_contract(season, project, draw, at)
        if season.notice.search.firm_commitment:
            agreed = at + WORKED + DECIDES * draw.random()
            season.agenda.plan(
                agreed, "commit", "Firm commitments", partial(_commit, season, project)
            )
    return 1


def _commit(_season: Season, project: JobProject, at: datetime) -> int:
    """The candidate agrees last, if a place is held by then."""
    candidacy = project.candidacy
    candidacy.refresh_from_db(fields=["state"])
    held = Seat.objects.filter(candidacy=candidacy, state=SeatState.HELD).exists()
    user = candidacy.application.person.user
    if not (user and held and candidacy.state in ACCEPTED):
        return 0
    commit_to_project(project_ref=project.ref, actor=user, now=at)
    return 1


def _still_searches(candidacy: Candidacy) -> bool:
    """Whoever has committed firmly or signed a contract for one programme lets the employers of the others go."""
    firm = Commitment.objects.filter(
        application=candidacy.application_id, state=CommitmentState.FIRM
    )
    signed = Contract.objects.filter(
        application=candidacy.application_id, state__in=SIGNED_CONTRACTS
    )
    searching = Candidacy.objects.filter(pk=candidacy.pk, state__in=SEARCHING)
    return searching.exists() and not firm.exists() and not signed.exists()
