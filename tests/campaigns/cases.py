"""Candidates as cases, judged under a file (that of 2022 unless said) without a database."""

from datetime import date
from functools import cache
from typing import Any

from campaigns.conditions.rules.eligibility import judge
from campaigns.conditions.rules.terms import (
    CandidateFacts,
    Nomenclature,
    NomenclatureDiploma,
    ProgrammeVerdict,
    StudiedTitle,
)
from campaigns.conditions.selectors import age_rules_of, programme_to_judge, routes_to
from campaigns.document.schema import CampaignDocument
from campaigns.vocabulary import DiplomaKind, TitleStatus
from tests.factories.campaigns import ales_2022_document
from tests.factories.campaigns import nomenclature as rows

YEAR_1 = ["BAT-1", "INFRES-SR-1", "INFRES-DL-1", "MKX-1"]
YEAR_2 = ["BAT-2", "INFRES-SR-2", "MKX-2"]


@cache
def nomenclature() -> Nomenclature:
    return {
        row.code: NomenclatureDiploma(
            code=row.code,
            kind=row.kind,
            ects=row.ects,
            scientific=row.scientific,
            option_of=row.option_of,
            replaces=frozenset(row.replaces),
        )
        for row in rows()
    }


def held(diploma=None, *, kind=None, **facts) -> StudiedTitle:
    return StudiedTitle(
        diploma=diploma, kind=kind and DiplomaKind(kind), status=TitleStatus.OBTAINED, **facts
    )


def expected(diploma=None, *, kind=None, **facts) -> StudiedTitle:
    return StudiedTitle(
        diploma=diploma, kind=kind and DiplomaKind(kind), status=TitleStatus.EXPECTED, **facts
    )


def verdict(
    code: str,
    *titles: StudiedTitle,
    born: date | None = date(2001, 5, 4),
    under: CampaignDocument | None = None,
    **said: Any,
) -> ProgrammeVerdict:
    document = under or ales_2022_document()
    programme = document.programme(code)
    return judge(
        programme_to_judge(document, programme),
        routes_to(document, programme),
        age_rules_of(document, programme),
        CandidateFacts(titles=titles, date_of_birth=born, **said),
        nomenclature(),
    )


def codes(refusals) -> list[str]:
    return [refusal.code for refusal in refusals]
