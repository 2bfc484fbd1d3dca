"""Campaigns, the notice as it stands in a version, and what the rules say of it."""

from collections import defaultdict
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from campaigns.conditions.rules import eligibility, terms
from campaigns.conditions.rules.asked import DossierFacts, Piece, pieces
from campaigns.conditions.selectors import age_rules_of, programme_to_judge, requirements, routes_to
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign, Diploma, NoticeVersion
from campaigns.states import phase
from campaigns.vocabulary import CampaignState, DiplomaKind, Phase

SHOWN = [CampaignState.PUBLISHED, CampaignState.ARCHIVED]


def published() -> QuerySet[Campaign]:
    """Campaigns that the public may see, the latest first."""
    return Campaign.objects.filter(state__in=SHOWN, current_version__isnull=False).select_related(
        "organiser"
    )


def campaign_by_slug(slug: str) -> Campaign | None:
    """A campaign that the public may see."""
    return published().filter(slug=slug).first()


def state_of(campaign: Campaign, now: datetime) -> Phase:
    archived = campaign.state == CampaignState.ARCHIVED
    return phase(campaign.opens_at, campaign.last_second, now, archived=archived)


@lru_cache(maxsize=64)
def notice(version_id: int) -> CampaignDocument:
    """The whole notice of a version. Versions never change, so each process reads one once.

    Raises NoticeVersion.DoesNotExist.
    """
    stored = NoticeVersion.objects.values_list("document", flat=True).get(pk=version_id)
    return CampaignDocument.from_stored(stored)


def nomenclature() -> terms.Nomenclature:
    """The known diplomas, by code. Read for every dossier shown: plain values, no model instances."""
    replaced = defaultdict(set)
    links = Diploma.replaces.through.objects.values_list("from_diploma__code", "to_diploma__code")
    for code, old in links:
        replaced[code].add(old)
    rows = Diploma.objects.values_list("code", "kind", "ects", "scientific", "option_of__code")
    return {
        code: terms.NomenclatureDiploma(
            code=code,
            kind=DiplomaKind(kind),
            ects=ects,
            scientific=scientific,
            option_of=option_of,
            replaces=frozenset(replaced[code]),
        )
        for code, kind, ects, scientific, option_of in rows
    }


def verdicts(
    document: CampaignDocument, facts: terms.CandidateFacts
) -> tuple[terms.ProgrammeVerdict, ...]:
    """What the notice says of a candidate, for each of its programmes."""
    known = nomenclature()
    return tuple(
        eligibility.judge(
            programme_to_judge(document, programme),
            routes_to(document, programme),
            age_rules_of(document, programme),
            facts,
            known,
        )
        for programme in document.programmes
    )


def pieces_of(document: CampaignDocument, facts: DossierFacts) -> tuple[Piece, ...]:
    """What a dossier must hold under that notice."""
    return pieces(requirements(document), facts)
