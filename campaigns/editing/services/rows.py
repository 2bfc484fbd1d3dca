"""From the document to rows, touching only those that say something else. `campaigns.notice.rows` reads them back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Manager, Model, ProtectedError

from accounts.models import School
from campaigns import models
from campaigns.calendar.services.planning import drop_runs
from campaigns.document.schema import (
    Assessment,
    CampaignDocument,
    DocumentRequirement,
    Milestone,
    Outcome,
    Pool,
    Programme,
    Route,
    Search,
    Speciality,
    StatedRule,
)
from campaigns.models import Campaign
from common.journal import Actor
from common.refusals import DomainError
from common.rules import Refusal

Guard = Callable[[Campaign], Sequence[Refusal]]
_guards: dict[str, Guard] = {}


def register_guard(name: str, guard: Guard) -> None:
    """Have `guard(campaign)` asked once rows are written, in the same transaction: any reason undoes the change."""
    _guards[name] = guard


def ask_guards(campaign: Campaign) -> None:
    """Raises DomainError with every reason against what the rows of the campaign now say."""
    refusals = [refusal for guard in _guards.values() for refusal in guard(campaign)]
    if refusals:
        raise DomainError(*refusals)


Row = TypeVar("Row", bound=Model)


@dataclass(slots=True)
class Sync:
    """One pass over rows: whether it changed any, and those that the document no longer has."""

    changed: bool = False
    obsolete: list[Model] = field(default_factory=list)

    def rows(
        self,
        manager: Manager[Row],
        parent: Mapping[str, int],
        wanted: Mapping[Any, Mapping[str, Any]],
        by: str,
    ) -> dict[Any, Row]:
        """Have under `parent` one row per key of `wanted` (in column `by`), in that order, with those fields."""
        found = {getattr(row, by): row for row in manager.filter(**parent)}
        self.obsolete += [row for key, row in found.items() if key not in wanted]
        fresh: dict[Any, Row] = {}
        for position, (key, fields) in enumerate(wanted.items()):
            placed = {**fields, "position": position}
            if key in found:
                self.fields(found[key], placed)
            else:
                fresh[key] = manager.model(**parent, **{by: key}, **placed)
        if fresh:
            self.changed = True
            manager.bulk_create(fresh.values())
        return {key: found.get(key) or fresh[key] for key in wanted}

    def fields(self, row: Model, fields: Mapping[str, Any]) -> None:
        """Write those fields that differ."""
        differing = [name for name, value in fields.items() if getattr(row, name) != value]
        if differing:
            self.changed = True
            for name in differing:
                setattr(row, name, fields[name])
            row.save(update_fields=differing)

    def remove_obsolete(self) -> None:
        """Delete what the document no longer has, last written first.

        Raises DomainError with every row that is in use.
        """
        in_use = [refusal for row in reversed(self.obsolete) for refusal in self._remove(row)]
        if in_use:
            raise DomainError(*in_use)

    def _remove(self, row: Model) -> list[Refusal]:
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError as error:
            only_by_others_that_go = all(user in self.obsolete for user in error.protected_objects)
            return (
                []
                if only_by_others_that_go
                else [Refusal("notice_part_in_use", {"part": str(row)})]
            )
        self.changed = True
        return []


Fields = dict[str, Any]


def write(
    campaign: models.Campaign | None, document: CampaignDocument, *, by: Actor, now: datetime
) -> models.Campaign:
    """Have the rows say what the document says.

    Raises DomainError if a row that the document no longer has is in use, or if a guard holds something against it.
    """
    sync = Sync()
    schools = _schools(sync, document)
    campaign = _campaign(sync, campaign, document, schools)
    owner = {"campaign_id": campaign.pk}
    calendar = {key: _milestone(document, key, part) for key, part in document.calendar.items()}
    milestones = sync.rows(models.Milestone.objects, owner, calendar, "key")
    pools = sync.rows(
        models.Pool.objects,
        owner,
        _pools(campaign, document),
        "key",
    )
    specialities = _specialities(sync, owner, document)
    selections = _selections(sync, owner, document, milestones)
    programmes = {
        part.code: _programme(part, schools[part.school or document.campaign.organiser])
        | {"admission": document.admission_of(part)}
        | {"speciality_id": specialities[part.speciality].pk}
        | {"pool_id": pools[part.pool].pk, "selection_id": selections[part.selection].pk}
        for part in document.programmes
    }
    sync.rows(models.Programme.objects, owner, programmes, "code")
    _rules(sync, owner, document, milestones)
    drop_runs([row for row in sync.obsolete if isinstance(row, models.Milestone)], by=by, now=now)
    sync.remove_obsolete()
    ask_guards(campaign)
    return campaign


def _schools(sync: Sync, document: CampaignDocument) -> dict[str, School]:
    known = {row.slug: row for row in School.objects.filter(slug__in=document.schools)}
    for slug, part in document.schools.items():
        fields = {"name": part.name, "website": part.website}
        if slug in known:
            sync.fields(known[slug], fields)
        else:
            known[slug] = School.objects.create(slug=slug, **fields)
    return known


def _campaign(
    sync: Sync,
    campaign: models.Campaign | None,
    document: CampaignDocument,
    schools: Mapping[str, School],
) -> models.Campaign:
    header = document.campaign
    fields: Fields = {
        "organiser_id": schools[header.organiser].pk,
        "title": header.title,
        "summary": header.summary or {},
        "session": header.session,
        "zone": header.zone,
        "announce_at": header.announce_at,
        "opens_at": document.opens_at,
        "last_second": document.last_second,
        "year_from": header.academic_year[0],
        "year_until": header.academic_year[1],
        "state": header.state,
        "contact": header.contact.model_dump(mode="json", exclude_defaults=True),
        "central": header.central.model_dump(mode="json", exclude_defaults=True)
        if header.central
        else {},
        "school_office": header.school_office,
        "fees_article": document.fees.article or "",
        "admission": dict(document.admission),
        "grants": document.fees.grants,
    }
    if campaign is None:
        return models.Campaign.objects.create(slug=header.slug, **fields)
    sync.fields(campaign, fields)
    return campaign


def _milestone(document: CampaignDocument, key: str, part: Milestone) -> Fields:
    window = document.window(key)
    return {
        "title": part.title,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "all_day": window.all_day,
        "status": part.status,
        "about": part.about.said if part.about else {},
        "ours": part.ours,
        "relative_to": part.relative.to if part.relative else "",
        "relative_hours": part.relative.by if part.relative else None,
        "action": part.action or "",
        "scope": list(part.scope),
    }


def _pools(campaign: models.Campaign, document: CampaignDocument) -> dict[str, Fields]:
    """What staff opened stays, within what the notice now gives: a guard refuses fewer than are held."""
    opened = dict(
        models.Pool.objects.filter(campaign=campaign, opened__isnull=False).values_list(
            "key", "opened"
        )
    )
    return {
        key: _pool(part) | {"opened": _still_open(part, opened.get(key))}
        for key, part in document.pools.items()
    }


def _still_open(part: Pool, opened: int | None) -> int | None:
    if opened is None or opened <= part.floor:
        return None
    bound = not part.more_may_open or part.floor < part.ceiling
    return min(opened, part.ceiling) if bound else opened


def _pool(part: Pool) -> Fields:
    return {
        "title": part.title or {},
        "floor": part.floor,
        "ceiling": part.ceiling,
        "provisional": part.provisional,
        "seats_public": part.seats_public,
        "more_may_open": part.more_may_open,
    }


def _specialities(
    sync: Sync, owner: Mapping[str, int], document: CampaignDocument
) -> dict[str, models.Speciality]:
    diplomas = dict(models.Diploma.objects.values_list("code", "pk"))
    titles = {key: {"title": part.title} for key, part in document.specialities.items()}
    rows = sync.rows(models.Speciality.objects, owner, titles, "key")
    for key, part in document.specialities.items():
        sync.rows(
            models.ListedDiploma.objects,
            {"speciality_id": rows[key].pk},
            _lines(part, diplomas),
            "diploma_id",
        )
    return rows


def _lines(part: Speciality, diplomas: Mapping[str, int]) -> dict[Any, Fields]:
    return {
        diplomas[line.diploma]: {
            "printed": line.printed,
            "predecessors": line.predecessors,
            "years": list(line.years),
        }
        for line in part.listed
    }


def _selections(
    sync: Sync,
    owner: Mapping[str, int],
    document: CampaignDocument,
    milestones: Mapping[str, models.Milestone],
) -> dict[str, models.Selection]:
    graphs: dict[Any, Fields] = {
        key: {"title": part.title, "body": part.body or {}, "first": part.first}
        | {"at_most": document.choose[key].at_most if key in document.choose else None}
        for key, part in document.selections.items()
    }
    rows = sync.rows(models.Selection.objects, owner, graphs, "key")
    for key, part in document.selections.items():
        wanted: dict[Any, Fields] = {
            name: {
                "label": stage.label,
                "body": stage.body or {},
                "announce_id": milestones[stage.announce].pk,
            }
            for name, stage in part.stages.items()
        }
        stages = sync.rows(models.Stage.objects, {"selection_id": rows[key].pk}, wanted, "key")
        for name, stage in part.stages.items():
            outcomes = {code: _outcome(outcome, stages) for code, outcome in stage.outcomes.items()}
            sync.rows(models.Outcome.objects, {"stage_id": stages[name].pk}, outcomes, "key")
            assessments = {
                code: _assessment(test, milestones) for code, test in stage.assessments.items()
            }
            tests = sync.rows(
                models.Assessment.objects, {"stage_id": stages[name].pk}, assessments, "key"
            )
            for code, test in stage.assessments.items():
                sync.fields(
                    tests[code], {"sat_with_id": tests[test.sat_with].pk if test.sat_with else None}
                )
    return rows


def _outcome(part: Outcome, stages: Mapping[str, models.Stage]) -> Fields:
    return {
        "label": part.label,
        "kind": part.kind,
        "next_stage_id": stages[part.to].pk if part.to else None,
    }


def _assessment(part: Assessment, milestones: Mapping[str, models.Milestone]) -> Fields:
    return {
        "label": part.label,
        "minutes": part.minutes,
        "precision": part.precision,
        "medium": part.medium,
        "also": list(part.also),
        "who": part.who,
        "several": part.several,
        "at_least": part.at_least,
        "window_id": milestones[part.window].pk,
        "called_with_id": milestones[part.called_with].pk,
        "booking": part.booking,
        "rebook": part.rebook,
        "takes": part.takes,
        "platform": part.platform or "",
        "recorded_until": part.recording.until if part.recording else {},
        "rates_french": part.rates_french,
        "scale": part.scale,
        "eliminates_at": part.eliminates_at,
    }


def _programme(part: Programme, school: School) -> Fields:
    return {
        "title": part.title,
        "school_id": school.pk,
        "track": part.track or {},
        "entry_year": part.entry_year,
        "status": part.status,
        "intake": part.intake,
    }


def _rules(
    sync: Sync,
    owner: Mapping[str, int],
    document: CampaignDocument,
    milestones: Mapping[str, models.Milestone],
) -> None:
    routes = {key: _route(part) for key, part in document.routes.items()}
    sync.rows(models.Route.objects, owner, routes, "key")
    ages = {
        key: {
            "under": part.under,
            "at": part.at,
            "milestone_id": milestones[part.milestone].pk,
            "months_earlier": part.months_earlier,
            "source": part.source,
            "scope": list(part.scope),
        }
        for key, part in document.ages.items()
    }
    sync.rows(models.AgeRule.objects, owner, ages, "key")
    tiers = {
        tier.value: {"first_cents": part.first, "further_cents": part.further}
        for tier, part in document.fees.tiers.items()
    }
    sync.rows(models.FeeTier.objects, owner, tiers, "key")
    asked = {key: _requirement(part) for key, part in document.documents.items()}
    sync.rows(models.DocumentRequirement.objects, owner, asked, "key")
    _search(sync, owner, document.search)
    stated = {key: _stated(part) for key, part in document.rules.items()}
    sync.rows(models.StatedRule.objects, owner, stated, "key")


def _route(part: Route) -> Fields:
    return {
        "label": part.label,
        "article": part.article,
        "verdict": part.verdict,
        "titles": [
            title.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for title in part.titles
        ],
        "technician_years": part.technician_years,
        "employer_agrees": bool(part.employer_agrees),
        "scope": list(part.scope),
    }


def _requirement(part: DocumentRequirement) -> Fields:
    return {
        "title": part.title,
        "help": part.help or {},
        "per": part.per,
        "needed": part.needed,
        "when": part.when.model_dump(mode="json", exclude_defaults=True),
        "formats": [known.value for known in part.formats],
        "max_bytes": part.max_bytes,
        "max_pixels": part.max_pixels,
        "max_files": part.max_files,
        "ours": part.ours,
        "scope": list(part.scope),
    }


def _stated(part: StatedRule) -> Fields:
    return {
        "section": part.section,
        "title": part.title,
        "text": part.text,
        "article": part.article if isinstance(part.article, str) else list(part.article),
        "ours": part.ours,
        "scope": list(part.scope),
    }


def _search(sync: Sync, owner: Mapping[str, int], part: Search) -> None:
    extra, told = part.supplementary, part.seats_told
    fields: Fields = {
        "firm_commitment": part.firm_commitment,
        "company_shown_to_jury": part.company_shown_to_jury,
        "seats_told_days": told.every_days if told else None,
        "seats_told_ours": told.ours if told else False,
        "supplementary_article": (extra.article or "") if extra else "",
        "supplementary_days": extra.days_before if extra else None,
        "supplementary_months": extra.months_after if extra else None,
        "supplementary_only_if_short": extra.only_if_short if extra else False,
    }
    row = models.SearchRule.objects.filter(**owner).first()
    if row:
        sync.fields(row, fields)
    else:
        models.SearchRule.objects.create(**owner, **fields)
