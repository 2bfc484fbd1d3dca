"""The dates that matter to a dossier: from its notice's calendar, never from what a jury recorded."""

from collections.abc import Sequence

from admissions.models import Application, Candidacy
from admissions.rules.moves import APPLIED_STATES, ApplicationState
from admissions.rules.progress import CalendarDate, Facts, Stay
from campaigns.document.schema import DEADLINE, OPENING, CampaignDocument
from campaigns.rules.enums import MilestoneAction, MilestoneStatus

APPLIED = [state.value for state in APPLIED_STATES]
NOT_TOLD = {MilestoneAction.REMIND_DRAFTS}


def progress_facts(application: Application, candidacies: Sequence[Candidacy], document: CampaignDocument) -> Facts:
    known = {programme.code for programme in document.programmes}
    codes = [row.programme.code for row in candidacies if row.state in APPLIED]
    submitted = [code for code in codes if code in known]
    stays = _stays(document, submitted)
    return Facts(
        state=ApplicationState(application.state),
        started_at=application.started_at,
        received_at=application.received_at,
        ended_at=application.ended_at,
        deadline=application.campaign.last_second,
        stays=tuple(stays.values()),
        later=_later(document, submitted, set(stays)),
    )


def _stays(document: CampaignDocument, codes: Sequence[str]) -> dict[str, Stay]:
    """The first stage of each selection applied to, by the milestone that announces its results."""
    stays = {}
    for code in codes:
        selection = document.selections[document.programme(code).selection]
        stage = selection.stages[selection.first]
        milestone, window = document.calendar[stage.announce], document.window(stage.announce)
        results_at = window.starts_at or window.ends_at
        assert results_at, "what announces has a date"
        stays[stage.announce] = Stay(
            label=stage.label,
            results_at=results_at,
            results_title=milestone.title,
            firm=milestone.status is MilestoneStatus.FIRM,
        )
    return stays


def _later(document: CampaignDocument, codes: Sequence[str], results: set[str]) -> tuple[CalendarDate, ...]:
    dates = []
    for key, milestone in document.calendar.items():
        concerned = {programme.code for programme in document.concerned(milestone.scope)}
        if key in {OPENING, DEADLINE, *results} or milestone.action in NOT_TOLD or concerned.isdisjoint(codes):
            continue
        window = document.window(key)
        dates.append(
            CalendarDate(
                title=milestone.title,
                starts_at=window.starts_at,
                ends_at=window.ends_at,
                all_day=window.all_day,
                firm=milestone.status is MilestoneStatus.FIRM,
            )
        )
    return tuple(dates)
