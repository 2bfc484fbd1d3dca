"""What the rules need of a notice, as plain data."""

from campaigns.conditions.rules import terms
from campaigns.conditions.rules.asked import Requirement, TierPrices
from campaigns.document.schema import CampaignDocument, DocumentRequirement, Route, TitleCondition
from campaigns.document.schema import Programme as NoticeProgramme
from campaigns.vocabulary import Tier
from common.rules import Cents


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
            terms.ListedLine(line.diploma, line.printed, line.predecessors) for line in listed
        ),
        year_until=notice.campaign.academic_year[1],
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
            assumed = not notice.is_firm(rule.milestone)
            rules.append(terms.AgeCondition(under=rule.under, on=start.date(), assumed=assumed))
    return tuple(rules)


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
