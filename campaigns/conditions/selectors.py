"""What the rules need of a notice, as plain data."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from campaigns.conditions.rules import terms
from campaigns.conditions.rules.asked import Requirement, TierPrices
from campaigns.document.schema import (
    AgeRule,
    CampaignDocument,
    DocumentRequirement,
    Route,
    TitleCondition,
)
from campaigns.document.schema import Programme as NoticeProgramme
from campaigns.vocabulary import Intake, Tier
from common.rules import Cents, months_later


def requirements(notice: CampaignDocument) -> tuple[Requirement, ...]:
    return tuple(_requirement(notice, key, asked) for key, asked in notice.documents.items())


def fee_tier(notice: CampaignDocument, tier: Tier) -> TierPrices:
    prices = notice.fees.tiers[tier]
    return TierPrices(Cents(prices.first), Cents(prices.further))


def programme_to_judge(
    notice: CampaignDocument, programme: NoticeProgramme
) -> terms.JudgedProgramme:
    listed = notice.specialities[programme.speciality].listed
    return terms.JudgedProgramme(
        code=programme.code,
        listed=tuple(
            terms.ListedLine(line.diploma, line.printed, line.predecessors, line.years)
            for line in listed
        ),
        year_until=notice.campaign.academic_year[1],
        office=notice.campaign.contact.email if programme.intake is Intake.OFFICE else "",
        body=notice.body_of(programme.selection),
    )


def routes_to(notice: CampaignDocument, programme: NoticeProgramme) -> tuple[terms.RouteRule, ...]:
    return tuple(
        terms.RouteRule(
            key=key,
            article=_article(route, programme),
            verdict=route.verdict,
            conditions=tuple(_condition(condition) for condition in route.titles),
            technician_years=route.technician_years,
            employer_agrees=bool(route.employer_agrees),
        )
        for key, route in notice.routes.items()
        if programme in notice.concerned(route.scope)
    )


def age_rules_of(
    notice: CampaignDocument, programme: NoticeProgramme
) -> tuple[terms.AgeCondition, ...]:
    rules = []
    for rule in notice.ages.values():
        window = notice.window(rule.milestone)
        start = window.starts_at or window.ends_at
        if start and programme in notice.concerned(rule.scope):
            rules.append(
                terms.AgeCondition(
                    under=rule.under,
                    on=start.date(),
                    assumed=not notice.is_firm(rule.milestone),
                    earliest=earliest_start(notice, rule),
                )
            )
    return tuple(rules)


def earliest_start(notice: CampaignDocument, rule: AgeRule) -> date | None:
    """The first day on which a contract may start, where the notice lets it start before the training."""
    window = notice.window(rule.milestone)
    start = window.starts_at or window.ends_at
    if start is None or rule.months_earlier is None:
        return None
    return months_later(start.date(), -rule.months_earlier)


def above_the_most(notice: CampaignDocument, codes: Collection[str]) -> Mapping[str, int]:
    """The selections of which these are more programmes than one may choose, with how many one may (R-PLA-3)."""
    chosen = Counter(
        programme.selection for programme in notice.programmes if programme.code in codes
    )
    return {
        key: choice.at_most for key, choice in notice.choose.items() if chosen[key] > choice.at_most
    }


def most_at_once(notice: CampaignDocument, programmes: Iterable[NoticeProgramme]) -> int:
    """How many of these one application may be for, without those that the office takes."""
    online = (programme for programme in programmes if programme.intake is Intake.ONLINE)
    counts = Counter(programme.selection for programme in online)
    return sum(
        min(count, notice.choose[key].at_most) if key in notice.choose else count
        for key, count in counts.items()
    )


def _article(route: Route, programme: NoticeProgramme) -> str:
    return route.article if isinstance(route.article, str) else route.article[programme.speciality]


def _condition(condition: TitleCondition) -> terms.Condition:
    return terms.Condition(
        listed=bool(condition.listed),
        diplomas=frozenset(condition.diplomas),
        kinds=frozenset(condition.kinds),
        excluded=frozenset(condition.excluded),
        scientific=bool(condition.scientific),
        origin=condition.origin,
        ects=condition.ects,
        expected=condition.expected,
    )


def _requirement(notice: CampaignDocument, key: str, asked: DocumentRequirement) -> Requirement:
    title = asked.when.title
    return Requirement(
        key=key,
        per=asked.per,
        needed=asked.needed,
        programmes=frozenset(programme.code for programme in notice.concerned(asked.scope)),
        everyone=not asked.scope,
        grant_holder=bool(asked.when.grant_holder),
        nationality=asked.when.nationality,
        under=asked.when.under,
        of_titles=title is not None,
        kinds=frozenset(title.kinds) if title else frozenset(),
        status=title.status if title else None,
        origin=title.origin if title else None,
    )
