from datetime import timedelta

import pytest

from admissions.candidate.selectors import following, own_applications
from admissions.dossier.selectors.dossiers import get_dossier, pieces_now, to_read
from admissions.models import Application
from campaigns.models import Campaign, NoticeVersion
from tests.factories import accounts
from tests.factories import admissions as dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = dossiers.SUBMITTED


def told(application, now):
    dossier = get_dossier(ref=application.ref, now=now)
    return [
        (moment.what.value, moment.label.get("en", "")) for moment in following(dossier).progress
    ]


def test_where_a_submitted_dossier_is_comes_from_the_calendar_of_its_programmes():
    application = dossiers.submitted(programmes=("BAT-1",))
    assert told(application, NOW) == [
        ("started", ""),
        ("received", ""),
        ("checked", ""),
        ("results", "Results of the file review"),
        ("milestone", "Remote tests"),
        ("milestone", "Recorded interview and English assessment"),
        ("milestone", "Invitation to the second interview"),
        ("milestone", "Second interviews by video call"),
        ("milestone", "Results of the standard track"),
        ("milestone", "Help in finding a host company"),
        ("milestone", "Start of term"),
    ]


def test_a_draft_only_has_its_deadline():
    application = dossiers.filled()
    dossier = get_dossier(ref=application.ref, now=dossiers.STARTED)
    assert [moment.until for moment in following(dossier).progress] == [None, dossiers.LAST_SECOND]
    assert dossier.deadline.isoformat() == "2022-03-08T23:59:59+01:00"


def test_what_may_be_done_is_said_with_the_reasons_against_it():
    application = dossiers.submitted()
    acts = get_dossier(ref=application.ref, now=NOW).acts
    of_candidate = [
        name for name in acts.__slots__ if name not in {"ask", "declare_complete", "hand_over"}
    ]
    refused = {
        name: [refusal.code for refusal in getattr(acts, name).refusals] for name in of_candidate
    }
    assert refused == {
        "edit": [],
        "choose": [],
        "submit": ["nothing_to_submit"],
        "withdraw": [],
        "reopen": ["dossier_is_submitted"],
        "refuse": [],
        "extend": ["dossier_is_submitted"],
        "correct": [],
        "recompose": [],
    }


def test_each_programme_says_whether_it_may_be_chosen_or_left():
    application = dossiers.submitted()
    rows = {row.code: row for row in get_dossier(ref=application.ref, now=NOW).programmes}
    assert {code for code, row in rows.items() if row.may_choose} == {
        "BAT-1",
        "INFRES-SR-1",
        "INFRES-DL-1",
        "MKX-1",
    }
    assert {code for code, row in rows.items() if row.may_withdraw} == {"BAT-1", "MKX-1"}
    assert [refusal.code for refusal in rows["BAT-2"].may_withdraw.refusals] == [
        "candidacy_is_absent"
    ]


def test_a_dossier_is_read_in_as_many_queries_whatever_it_holds(django_assert_num_queries):
    small, large = (
        dossiers.started(),
        dossiers.submitted(programmes=("BAT-1", "INFRES-SR-1", "INFRES-DL-1")),
    )
    for application, queries in ((small, 8), (large, 9)):
        get_dossier(ref=application.ref, now=NOW)  # the notice is read once per process
        with django_assert_num_queries(queries):
            get_dossier(ref=application.ref, now=NOW)


def test_own_dossiers_are_listed_the_latest_first():
    application = dossiers.started()
    dossiers.started()
    assert list(own_applications(application.person.user)) == [application]
    assert not own_applications(accounts.clerk(application.campaign.organiser))


def test_a_reference_that_is_unknown():
    with pytest.raises(Application.DoesNotExist):
        get_dossier(ref="nope", now=NOW)


def test_a_campaign_without_a_notice_has_no_dossier_to_show():
    application = dossiers.started()
    Campaign.objects.update(current_version=None)
    with pytest.raises(NoticeVersion.DoesNotExist):
        get_dossier(ref=application.ref, now=NOW + timedelta(days=1))


def test_pieces_alone_are_those_of_the_whole_dossier_in_fewer_statements(django_assert_num_queries):
    """Fees, and what the notice says of each programme, are not read."""
    whole = get_dossier(ref=dossiers.submitted(programmes=("BAT-1", "INFRES-SR-1")).ref, now=NOW)
    application = to_read().get(ref=whole.application.ref)
    with django_assert_num_queries(4):
        pieces = pieces_now(application, NOW)
    assert pieces == whole.pieces
