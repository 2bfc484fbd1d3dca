"""From rows to the document: what `campaigns.editing.services.rows` writes, read back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import School
from campaigns import models
from campaigns.document.schema import CampaignDocument


def document_of(campaign: models.Campaign) -> CampaignDocument:
    """The notice as its rows stand now.

    Raises pydantic.ValidationError if a row holds what no file may say.
    """
    return CampaignDocument.model_validate(data_of(campaign))


def data_of(campaign: models.Campaign) -> dict[str, Any]:
    """The rows in the file's form, good or not."""
    programmes = list(
        campaign.programmes.select_related("school", "speciality", "pool", "selection")
    )
    zone = ZoneInfo(campaign.zone)
    return {
        "campaign": _header(campaign),
        "schools": _schools([campaign.organiser, *(programme.school for programme in programmes)]),
        "calendar": {row.key: _milestone(row, zone) for row in campaign.milestones.all()},
        "pools": {row.key: _pool(row) for row in campaign.pools.all()},
        "specialities": {
            row.key: _speciality(row)
            for row in campaign.specialitys.prefetch_related("listed__diploma")
        },
        "programmes": [_programme(row, campaign) for row in programmes],
        "selections": {row.key: _selection(row) for row in _graphs(campaign)},
        "choose": _choose(campaign),
        "admission": campaign.admission,
        "routes": {row.key: _route(row) for row in campaign.routes.all()},
        "ages": {row.key: _age(row) for row in campaign.agerules.select_related("milestone")},
        "fees": _fees(campaign),
        "documents": {row.key: _requirement(row) for row in campaign.documentrequirements.all()},
        "search": _search(models.SearchRule.objects.filter(campaign=campaign).first()),
        "rules": {row.key: _stated(row) for row in campaign.statedrules.all()},
    }


def _said(**parts: Any) -> dict[str, Any]:
    """Without what was left out of the file."""
    return {name: value for name, value in parts.items() if value not in (None, "", {}, [])}


def _header(row: models.Campaign) -> dict[str, Any]:
    return _said(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        organiser=row.organiser.slug,
        session=row.session,
        zone=row.zone,
        announce_at=row.announce_at,
        academic_year=[row.year_from, row.year_until],
        state=row.state,
        contact=row.contact,
        central=row.central,
        school_office=row.school_office,
    )


def _schools(schools: Iterable[School]) -> dict[str, Any]:
    return {row.slug: _said(name=row.name, website=row.website) for row in schools}


def _milestone(row: models.Milestone, zone: ZoneInfo) -> dict[str, Any]:
    words = _said(title=row.title, status=row.status, about=row.about, action=row.action)
    words |= {"ours": row.ours, "for": row.scope}
    return words | _dates(row, zone)


def _dates(row: models.Milestone, zone: ZoneInfo) -> dict[str, Any]:
    if row.relative_to:
        return {"relative": {"to": row.relative_to, "by": f"{row.relative_hours}h"}}
    start, end = (
        _local(moment, zone, all_day=row.all_day) for moment in (row.starts_at, row.ends_at)
    )
    return {"on": start} if start == end else _said(**{"from": start, "until": end})


def _local(moment: datetime | None, zone: ZoneInfo, *, all_day: bool) -> date | datetime | None:
    if moment is None:
        return None
    local = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    return local.date() if all_day else local


def _pool(row: models.Pool) -> dict[str, Any]:
    return _said(
        title=row.title,
        floor=row.floor,
        ceiling=row.ceiling,
        provisional=row.provisional,
        seats_public=row.seats_public,
        more_may_open=row.more_may_open,
    )


def _speciality(row: models.Speciality) -> dict[str, Any]:
    listed = [
        {
            "diploma": line.diploma.code,
            "printed": line.printed,
            "predecessors": line.predecessors,
            "years": line.years or [],
        }
        for line in row.listed.all()
    ]
    return {"title": row.title, "listed": listed}


def _programme(row: models.Programme, campaign: models.Campaign) -> dict[str, Any]:
    return _said(
        code=row.code,
        title=row.title,
        school=None if row.school == campaign.organiser else row.school.slug,
        speciality=row.speciality.key,
        track=row.track,
        entry_year=row.entry_year,
        status=row.status,
        pool=row.pool.key,
        selection=row.selection.key,
        intake=row.intake,
    )


def _graphs(campaign: models.Campaign) -> Iterable[models.Selection]:
    return campaign.selections.prefetch_related(
        "stages__announce",
        "stages__outcomes__next_stage",
        "stages__assessments__window",
        "stages__assessments__called_with",
        "stages__assessments__sat_with",
    )


def _selection(row: models.Selection) -> dict[str, Any]:
    return _said(
        title=row.title,
        body=row.body,
        first=row.first,
        stages={stage.key: _stage(stage) for stage in row.stages.all()},
    )


def _choose(campaign: models.Campaign) -> dict[str, Any]:
    limited = campaign.selections.exclude(at_most=None)
    return {row.key: {"at_most": row.at_most} for row in limited}


def _stage(row: models.Stage) -> dict[str, Any]:
    return _said(
        label=row.label,
        body=row.body,
        announce=row.announce.key,
        outcomes={outcome.key: _outcome(outcome) for outcome in row.outcomes.all()},
        assessments={
            assessment.key: _assessment(assessment) for assessment in row.assessments.all()
        },
    )


def _outcome(row: models.Outcome) -> dict[str, Any]:
    return _said(label=row.label, kind=row.kind, to=row.next_stage and row.next_stage.key)


def _assessment(row: models.Assessment) -> dict[str, Any]:
    return _said(
        label=row.label,
        minutes=row.minutes,
        precision=row.precision,
        medium=row.medium,
        also=row.also,
        who=row.who,
        several=row.several,
        at_least=row.at_least,
        window=row.window.key,
        called_with=row.called_with.key,
        booking=row.booking,
        rebook=row.rebook,
        **{"with": row.sat_with and row.sat_with.key},
        takes=row.takes,
        platform=row.platform,
        recording={"until": row.recorded_until} if row.recorded_until else None,
        rates_french=row.rates_french,
        scale=row.scale,
        eliminates_at=row.eliminates_at,
    )


def _route(row: models.Route) -> dict[str, Any]:
    return {
        "label": row.label,
        "article": row.article,
        "verdict": row.verdict,
        "titles": row.titles,
        "technician_years": row.technician_years,
        "employer_agrees": row.employer_agrees or None,
        "for": row.scope,
    }


def _age(row: models.AgeRule) -> dict[str, Any]:
    return {
        "under": row.under,
        "at": row.at,
        "milestone": row.milestone.key,
        "months_earlier": row.months_earlier,
        "source": row.source,
        "for": row.scope,
    }


def _fees(campaign: models.Campaign) -> dict[str, Any]:
    tiers: Mapping[str, Any] = {
        row.key: {"first": _euros(row.first_cents), "further": _euros(row.further_cents)}
        for row in campaign.feetiers.all()
    }
    return _said(article=campaign.fees_article, grants=campaign.grants, tiers=tiers)


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _requirement(row: models.DocumentRequirement) -> dict[str, Any]:
    return _said(
        title=row.title,
        help=row.help,
        per=row.per,
        needed=row.needed,
        when=row.when,
        formats=row.formats,
        max_bytes=row.max_bytes,
        max_pixels=row.max_pixels,
        max_files=row.max_files,
        ours=row.ours,
    ) | {"for": row.scope}


def _stated(row: models.StatedRule) -> dict[str, Any]:
    return _said(
        section=row.section, title=row.title, text=row.text, article=row.article, ours=row.ours
    ) | {"for": row.scope}


def _search(row: models.SearchRule | None) -> dict[str, Any]:
    if row is None:
        return {}
    supplementary = _said(
        article=row.supplementary_article,
        days_before=row.supplementary_days,
        months_after=row.supplementary_months,
        only_if_short=row.supplementary_only_if_short,
    )
    told = {"every_days": row.seats_told_days, "ours": row.seats_told_ours}
    return _said(
        firm_commitment=row.firm_commitment,
        company_shown_to_jury=row.company_shown_to_jury,
        seats_told=told if row.seats_told_days is not None else None,
        supplementary=supplementary if row.supplementary_days is not None else None,
    )
