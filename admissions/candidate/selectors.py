"""What a candidate follows of a dossier: from its calendar and what was announced, never from what is sealed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from admissions.announcing.selectors.announced import Announcement, announcements
from admissions.candidate.rules import (
    CalendarDate,
    CallDate,
    Moment,
    ProgressFacts,
    Stay,
    ToldOutcome,
    timeline,
)
from admissions.dossier.selectors.read_model import ANSWERED, Dossier, Localized, ProgrammeRow
from admissions.models import ACCEPTED, SEARCHING, Application, Candidacy
from admissions.places.rules import Checklist
from admissions.places.selectors.checklist import checklists
from admissions.sittings.selectors import Call, calls
from admissions.states import CandidacyState
from campaigns.document.schema import DEADLINE, OPENING, CampaignDocument, Selection, Stage
from campaigns.notice.selectors import notice
from campaigns.vocabulary import AdmissionWay, MilestoneAction, MilestoneStatus

LAST_SECOND = time(23, 59, 59)
NOT_TOLD = {MilestoneAction.REMIND_DRAFTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCandidacy:
    """A candidacy, with what its candidate was told of it."""

    candidacy: Candidacy
    told: Sequence[Announcement]
    calls: Sequence[Call]  # at the stage where it is

    @property
    def answer(self) -> Announcement | None:
        """The last outcome told, as long as it says where the candidacy stands."""
        return self.told[-1] if self.told and self.candidacy.state in ANSWERED else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedProgramme:
    """A programme applied to: what was answered, the tests to sit, and by when the next answer comes."""

    code: str
    title: Localized
    candidacy: Candidacy
    answer: Announcement | None
    calls: Sequence[Call]
    stay: Stay | None
    checklist: Checklist | None  # once selected: what leads to the admission


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Where each programme of a dossier stands, and its dates past and to come."""

    programmes: tuple[FollowedProgramme, ...]
    progress: tuple[Moment, ...]

    @property
    def answered(self) -> tuple[FollowedProgramme, ...]:
        """Those of which the candidate was told something that still holds."""
        return tuple(row for row in self.programmes if row.answer)

    @property
    def admitted(self) -> tuple[FollowedProgramme, ...]:
        return tuple(row for row in self.programmes if row.checklist and row.checklist.admitted)


def following(dossier: Dossier) -> Following:
    """All that its candidate is told, as the notice in force dates it."""
    version = dossier.campaign.current_version_id
    assert version, "a dossier is of a campaign with a notice"
    current, standings = notice(version), _standings(dossier.candidacies)
    facts = progress_facts(dossier.application, list(standings.values()), current, dossier.now)
    leading = checklists(row for row in dossier.candidacies if row.state in ACCEPTED)
    return Following(
        programmes=tuple(
            _followed(row, standings[row.candidacy.pk], current, leading.get(row.candidacy.pk))
            for row in dossier.programmes
            if row.candidacy
        ),
        progress=timeline(facts, dossier.now),
    )


def _standings(candidacies: Sequence[Candidacy]) -> dict[int, ToldCandidacy]:
    judged = [row.pk for row in candidacies if row.received_at]  # handed to a jury, now or before
    told, called = announcements(judged), calls(judged)
    return {
        row.pk: ToldCandidacy(
            candidacy=row,
            told=told.get(row.pk, ()),
            calls=[call for call in called.get(row.pk, ()) if call.stage_id == row.stage_id],
        )
        for row in candidacies
    }


def _followed(
    row: ProgrammeRow,
    standing: ToldCandidacy,
    current: CampaignDocument,
    checklist: Checklist | None,
) -> FollowedProgramme:
    return FollowedProgramme(
        code=row.code,
        title=row.title,
        candidacy=standing.candidacy,
        answer=standing.answer,
        calls=standing.calls,
        stay=stay_of(standing.candidacy, current),
        checklist=checklist,
    )


def progress_facts(
    application: Application,
    standings: Sequence[ToldCandidacy],
    document: CampaignDocument,
    now: datetime,
) -> ProgressFacts:
    known = {programme.code for programme in document.programmes}
    concerned = [row for row in standings if row.candidacy.programme.code in known]
    stays = _stays(document, concerned)
    return ProgressFacts(
        state=application.state,
        started_at=application.started_at,
        received_at=application.received_at,
        ended_at=application.ended_at,
        asked_until=_pieces_due(application),
        completed_at=application.completed_at,
        handed_over_at=application.handed_over_at,
        studied_by=document.studied_by([row.candidacy.programme.code for row in concerned]),
        deadline=application.last_second,
        stays=tuple(stays.values()),
        told=tuple(_told(concerned)),
        calls=tuple(_calls(concerned)),
        searching=tuple(_title(row, concerned) for row in concerned if _searches(row.candidacy)),
        later=_later(document, concerned, {announce for announce, _ in stays}, now),
    )


def _searches(candidacy: Candidacy) -> bool:
    """Whether a company is still looked for: neither where admitted nor where the admission needs no contract."""
    by_contract = candidacy.programme.admission is AdmissionWay.CONTRACT
    return by_contract and candidacy.state in SEARCHING


def _pieces_due(application: Application) -> datetime | None:
    """Of the day by which pieces are awaited (domain-model.md §2.1)."""
    day, zone = application.pieces_due_on, ZoneInfo(application.campaign.zone)
    return datetime.combine(day, LAST_SECOND, zone) if day else None


def stay_of(candidacy: Candidacy, document: CampaignDocument) -> Stay | None:
    """The stage where a candidacy is, with the date of its results; the first one from its submission on."""
    stage = _stage_of(candidacy, document)
    if stage is None:
        return None
    window = document.window(stage.announce)
    results_at = window.starts_at or window.ends_at
    assert results_at, "what announces has a date"
    milestone = document.calendar[stage.announce]
    return Stay(
        label=stage.label,
        results_at=results_at,
        results_title=milestone.title,
        firm=milestone.status is MilestoneStatus.FIRM,
        open_ended=window.open_ended,
    )


def _stage_of(candidacy: Candidacy, document: CampaignDocument) -> Stage | None:
    if candidacy.programme.code not in {programme.code for programme in document.programmes}:
        return None
    selection = _selection(candidacy, document)
    if candidacy.state == CandidacyState.SUBMITTED:
        return selection.stages[selection.first]
    return selection.stages[candidacy.stage.key] if candidacy.stage else None


def _selection(candidacy: Candidacy, document: CampaignDocument) -> Selection:
    return document.selections[document.programme(candidacy.programme.code).selection]


def _stays(
    document: CampaignDocument, standings: Sequence[ToldCandidacy]
) -> dict[tuple[str, str], Stay]:
    """One for all the candidacies that are at a stage of the same name and wait for the same day."""
    stays = {}
    for row in standings:
        stage, stay = _stage_of(row.candidacy, document), stay_of(row.candidacy, document)
        if stage and stay:
            stays[stage.announce, str(stay.label)] = stay
    return stays


def _told(standings: Sequence[ToldCandidacy]) -> Iterator[ToldOutcome]:
    for row in standings:
        for announcement in row.told:
            yield ToldOutcome(
                label=announcement.outcome, programme=_title(row, standings), at=announcement.at
            )


def _calls(standings: Sequence[ToldCandidacy]) -> Iterator[CallDate]:
    for row in standings:
        for call in row.calls:
            timed, window = call.starts_at, call.window
            yield CallDate(
                label=call.label,
                programme=_title(row, standings),
                starts_at=timed or window.starts_at,
                ends_at=timed or window.ends_at,
                all_day=timed is None and window.all_day,
                about={} if timed else window.about,
            )


def _title(row: ToldCandidacy, standings: Sequence[ToldCandidacy]) -> Localized:
    """The programme's, if there are several to tell apart."""
    return row.candidacy.programme.title if len(standings) > 1 else {}


def _later(
    document: CampaignDocument,
    standings: Sequence[ToldCandidacy],
    results: Collection[str],
    now: datetime,
) -> tuple[CalendarDate, ...]:
    wanted = {key for row in standings for key in _dates_of(document, row.candidacy, now)}
    dates = []
    for key, milestone in document.calendar.items():
        if (
            key not in wanted
            or key in {OPENING, DEADLINE, *results}
            or milestone.action in NOT_TOLD
            or milestone.ours
        ):
            continue
        window = document.window(key)
        dates.append(
            CalendarDate(
                title=milestone.title,
                starts_at=window.starts_at,
                ends_at=window.ends_at,
                all_day=window.all_day,
                firm=milestone.status is MilestoneStatus.FIRM,
                about=window.about,
            )
        )
    return tuple(dates)


def _dates_of(document: CampaignDocument, candidacy: Candidacy, now: datetime) -> set[str]:
    """The milestones that still concern a candidacy, as far as was announced."""
    programme, selection = (
        document.programme(candidacy.programme.code),
        _selection(candidacy, document),
    )
    concerned = {
        key for key, row in document.calendar.items() if programme in document.concerned(row.scope)
    }
    if candidacy.state in ACCEPTED:
        last = max(_begins(document, stage.announce) for stage in selection.stages.values())
        return {
            key
            for key in concerned
            if (
                _searches(candidacy)
                if document.calendar[key].action is MilestoneAction.START_SEARCH
                else _begins(document, key) > last
            )
        }
    stage = _stage_of(candidacy, document)
    if stage is None:
        return set()
    ahead = _ahead(selection, stage)
    behind = [row for row in selection.stages.values() if row not in ahead]
    return concerned - (_keys(behind) - _keys(ahead)) - _already_told(document, stage, now)


def _ahead(selection: Selection, stage: Stage) -> list[Stage]:
    """The stage and those that its outcomes lead to, near or far."""
    reached: list[Stage] = []
    to_see = [stage]
    while to_see:
        seen = to_see.pop()
        if seen not in reached:
            reached.append(seen)
            to_see += [
                selection.stages[outcome.to] for outcome in seen.outcomes.values() if outcome.to
            ]
    return reached


def _keys(stages: Sequence[Stage]) -> set[str]:
    windows = {test.window for stage in stages for test in stage.assessments.values()}
    calls = {test.called_with for stage in stages for test in stage.assessments.values()}
    return windows | calls | {stage.announce for stage in stages}


def _already_told(document: CampaignDocument, stage: Stage, now: datetime) -> set[str]:
    """The windows of tests to which whoever sits them has been called: they read their own call."""
    tests = stage.assessments.values()
    return {test.window for test in tests if _begins(document, test.called_with) <= now}


def _begins(document: CampaignDocument, key: str) -> datetime:
    window = document.window(key)
    begins = window.starts_at or window.ends_at
    assert begins, "a milestone has a date"
    return begins


def own_applications(user: User) -> QuerySet[Application]:
    """The user's own dossiers, the latest first, each with the candidacies that were `answered`."""
    standing = {*ANSWERED, CandidacyState.ADMITTED}
    told = Candidacy.objects.filter(told_at__isnull=False, state__in=standing)
    answered = Prefetch(
        "candidacies", told.select_related("programme", "outcome"), to_attr="answered"
    )
    mine = Application.objects.filter(person__user=user).select_related("campaign__organiser")
    return mine.prefetch_related(answered).order_by("-started_at")
