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
    """The known diplomas, by code."""
    rows = Diploma.objects.select_related("option_of").prefetch_related("replaces")
    return {
        row.code: eligibility.Diploma(
            code=row.code,
            kind=DiplomaKind(row.kind),
            ects=row.ects,
            scientific=row.scientific,
            option_of=row.option_of.code if row.option_of else None,
            replaces=frozenset(old.code for old in row.replaces.all()),
        )
        for row in rows
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
