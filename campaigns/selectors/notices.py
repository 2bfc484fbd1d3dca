from collections import defaultdict
from functools import lru_cache

from campaigns.document import reading
from campaigns.document.schema import CampaignDocument
from campaigns.models import Diploma, NoticeVersion
from campaigns.rules import documents, eligibility
from campaigns.rules.enums import DiplomaKind


@lru_cache(maxsize=64)
def notice(version_id: int) -> CampaignDocument:
    """The whole notice of a version. Versions never change, so each process reads one once.

    Raises NoticeVersion.DoesNotExist.
    """
    stored = NoticeVersion.objects.values_list("document", flat=True).get(pk=version_id)
    return CampaignDocument.model_validate(stored)


def nomenclature() -> eligibility.Nomenclature:
    """The known diplomas, by code. Read for every dossier shown: plain values, no model instances."""
    replaced = defaultdict(set)
    links = Diploma.replaces.through.objects.values_list("from_diploma__code", "to_diploma__code")
    for code, old in links:
        replaced[code].add(old)
    rows = Diploma.objects.values_list("code", "kind", "ects", "scientific", "option_of__code")
    return {
        code: eligibility.Diploma(
            code=code,
            kind=DiplomaKind(kind),
            ects=ects,
            scientific=scientific,
            option_of=option_of,
            replaces=frozenset(replaced[code]),
        )
        for code, kind, ects, scientific, option_of in rows
    }


def verdicts(document: CampaignDocument, facts: eligibility.Facts) -> tuple[eligibility.ProgrammeVerdict, ...]:
    """What the notice says of a candidate, for each of its programmes."""
    known = nomenclature()
    return tuple(
        eligibility.judge(
            reading.programme_to_judge(document, programme),
            reading.routes_to(document, programme),
            reading.age_rules_of(document, programme),
            facts,
            known,
        )
        for programme in document.programmes
    )


def pieces_of(document: CampaignDocument, facts: documents.DossierFacts) -> tuple[documents.Piece, ...]:
    """What a dossier must hold under that notice."""
    return documents.pieces(reading.requirements(document), facts)
