from datetime import UTC, date, datetime

import pytest

from campaigns.conditions.rules.asked import Chosen, DossierFacts, TitleInHand
from campaigns.conditions.rules.terms import CandidateFacts
from campaigns.editing.services.loading import load_campaign
from campaigns.models import Campaign
from campaigns.notice.selectors import (
    campaign_by_slug,
    notice,
    pieces_of,
    published,
    state_of,
    verdicts,
)
from campaigns.vocabulary import CampaignState, DiplomaKind, Phase, TitleStatus
from common.journal import SYSTEM
from tests.campaigns.cases import YEAR_1, YEAR_2, expected, held, verdict
from tests.factories import campaigns
from tests.factories.campaigns import ales_2022_document

NOW = datetime(2022, 2, 10, 12, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.mark.parametrize(
    ("state", "shown"), [("draft", False), ("published", True), ("archived", True)]
)
def test_the_public_sees_what_was_published(ales_2022, state, shown):
    Campaign.objects.update(state=state)
    assert list(published()) == ([ales_2022] if shown else [])
    assert campaign_by_slug("ales-2022") == (ales_2022 if shown else None)


def test_a_draft_file_is_loaded_and_not_published():
    document = ales_2022_document()
    draft = document.model_copy(
        update={"campaign": document.campaign.model_copy(update={"state": CampaignState.DRAFT})}
    )
    campaigns.load_nomenclature()
    load_campaign(document=draft, actor=SYSTEM, now=NOW)
    assert campaign_by_slug("ales-2022") is None


def test_the_latest_campaign_comes_first(ales_2022):
    later = campaigns.open_campaign(on=date(2026, 3, 1))
    assert list(published()) == [later, ales_2022]


@pytest.mark.parametrize(
    ("now", "state", "phase"),
    [
        (datetime(2022, 1, 31, 22, 59, 59, tzinfo=UTC), "published", Phase.UPCOMING),
        (datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC), "published", Phase.OPEN),
        (datetime(2022, 3, 8, 23, 0, 0, tzinfo=UTC), "published", Phase.CLOSED),
        (datetime(2022, 2, 8, 23, 0, 0, tzinfo=UTC), "archived", Phase.ARCHIVED),
    ],
)
def test_state_of_a_campaign(ales_2022, now, state, phase):
    """R-CAL-1."""
    ales_2022.state = state
    assert state_of(ales_2022, now) is phase


def test_a_notice_is_read_once(ales_2022, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = notice(ales_2022.current_version_id)
        again = notice(ales_2022.current_version_id)
    assert first is again


@pytest.mark.parametrize(
    "titles", [[held("DUT-GEII"), held("CPGE-ATS")], [expected(kind="M1")], [], [held("BTS-SN")]]
)
def test_verdicts_from_the_database_are_those_of_the_file(
    ales_2022, titles, django_assert_num_queries
):
    """R-ELI-6: one verdict per programme of the notice, in its order."""
    facts = CandidateFacts(titles=tuple(titles), date_of_birth=date(1991, 5, 4))
    document = notice(ales_2022.current_version_id)
    with django_assert_num_queries(2):
        found = verdicts(document, facts)
    assert found == tuple(verdict(code, *titles, born=date(1991, 5, 4)) for code in YEAR_1 + YEAR_2)


FRENCH_BTS = TitleInHand(key="t1", kind=DiplomaKind.BTS, status=TitleStatus.OBTAINED, country="FR")
MOROCCAN = TitleInHand(key="t2", kind=DiplomaKind.OTHER, status=TitleStatus.EXPECTED, country="MA")
ALWAYS = ["photo", "identity", "cv", "baccalaureate-marks", "previous-marks", "current-marks"]


@pytest.mark.parametrize(
    ("facts", "extra"),
    [
        pytest.param(DossierFacts(), [], id="nothing known"),
        pytest.param(
            DossierFacts(
                nationality="FR",
                programmes=(Chosen("BAT-1", "c1"), Chosen("MKX-2", "c2")),
                titles=(FRENCH_BTS,),
            ),
            [
                ("bts-marks", "t1"),
                ("diploma", "t1"),
                ("motivation", "c1"),
                ("motivation", "c2"),
                ("further-study-opinion", ""),
            ],
            id="a French holder of a BTS, both years",
        ),
        pytest.param(
            DossierFacts(
                nationality="MA",
                grant_holder=True,
                programmes=(Chosen("BAT-2", "c1"),),
                titles=(MOROCCAN,),
            ),
            [
                ("visa", ""),
                ("diploma-to-come", "t2"),
                ("last-marks", "t2"),
                ("foreign-programme", "t2"),
                ("motivation", "c1"),
                ("grant-notice", ""),
            ],
            id="a Moroccan grant-holder whose title is in progress",
        ),
    ],
)
def test_pieces_of_a_dossier(ales_2022, facts, extra):
    """R-APP-3, R-APP-4, R-APP-5."""
    found = pieces_of(notice(ales_2022.current_version_id), facts)
    assert sorted((piece.key, piece.subject_key) for piece in found) == sorted(
        [*((key, "") for key in ALWAYS), *extra]
    )
